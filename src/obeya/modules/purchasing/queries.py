"""What the pages of purchasing show, and the rows as they stand."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When

from obeya.modules.purchasing.rows import PurchaseRow
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site
from obeya.plant.work.models import SupplyOrder
from obeya.plant.work.open_and_done import SUPPLY

Kind = SupplyOrder.Kind
OPEN = SUPPLY.open


@query(permission="purchasing.view")
def purchase_rows(
    *, site: Site, by: Actor, numbers: Sequence[str] | None = None
) -> list[PurchaseRow]:
    """What is still to come; one query."""
    found = (
        SupplyOrder.objects.at(site)
        .filter(kind=Kind.BUY, status__in=OPEN)
        .select_related("material", "supplier")
        .order_by("due_at", "id")
    )
    if numbers is not None:
        found = found.filter(number__in=numbers)
    return [
        PurchaseRow(
            number=each.number or "",
            material=each.material.code,
            quantity=each.quantity,
            due_at=each.due_at.astimezone(site.zone).replace(tzinfo=None),
            supplier=each.supplier.code if each.supplier else "",
        )
        for each in found
    ]


@query(permission="purchasing.view")
def purchases(*, site: Site, by: Actor) -> QuerySet[SupplyOrder]:
    """Ordered lines, not the planner's proposals."""
    found = SupplyOrder.objects.at(site).filter(kind=Kind.BUY, number__isnull=False)
    return found.select_related("site", "material__unit", "supplier")


@query(permission="purchasing.view")
def purchase_list(*, site: Site, now: datetime, by: Actor) -> QuerySet[SupplyOrder]:
    """With `is_late`: still open after its promise."""
    late = Q(status__in=OPEN, due_at__lt=now)
    late_or_not = Case(When(late, then=True), default=False)
    return purchases(site=site, by=by).annotate(is_late=late_or_not)
