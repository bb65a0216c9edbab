"""What the pages of orders show, and the rows as they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.http import Http404

from obeya.modules.orders.chain import supply_chain
from obeya.modules.orders.rows import DemandRow
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand

MOST_ROWS = 20


@query(permission="orders.view")
def demand_rows(
    *,
    site: Site,
    by: Actor,
    codes: Sequence[str] | None = None,
    order_codes: Sequence[str] | None = None,
) -> list[DemandRow]:
    """The rows that would make the demands as they stand; one query."""
    found = Demand.objects.at(site).order_by("due_at", "id")
    if codes is not None:
        found = found.filter(code__in=codes)
    if order_codes is not None:
        found = found.filter(order_code__in=order_codes)
    zone = site.zone
    columns = found.values_list(
        "code", "material__code", "quantity", "due_at", "customer__code", "order_code", "kind",
        "weight", "status", "extra",
    )  # fmt: skip
    return [
        DemandRow(
            code=code,
            material=material,
            quantity=quantity,
            due_at=due_at.astimezone(zone).replace(tzinfo=None),
            customer=customer or "",
            order_code=order_code,
            kind=kind,
            weight=weight,
            status=status,
            extra=extra,
        )
        for (
            code, material, quantity, due_at, customer, order_code, kind, weight, status, extra,
        ) in columns
    ]  # fmt: skip


@query(permission="orders.view")
def demands(*, site: Site, by: Actor) -> QuerySet[Demand]:
    return Demand.objects.at(site).select_related("site", "material__unit", "customer")


@query(permission="orders.view")
def demand_list(*, site: Site, now: datetime, by: Actor) -> QuerySet[Demand]:
    """With `is_overdue`: open, and due before now."""
    overdue = Q(status=Demand.Status.OPEN, due_at__lt=now)
    overdue_or_not = Case(When(overdue, then=True), default=False)
    return demands(site=site, by=by).annotate(is_overdue=overdue_or_not)


@query(permission="orders.view")
def demand_page(*, site: Site, code: str, now: datetime, by: Actor) -> dict[str, Any]:
    """One line and what supplies it, down to stock and purchases, as the newest plan pegs it."""
    found = demand_list(site=site, now=now, by=by).select_related("material__unit")
    demand = found.filter(code=code).first()
    if demand is None:
        raise Http404(f"There is no order line {code} at {site}.")
    chain = supply_chain(demand)
    ends = [each["at"] for each in chain if each["at"] is not None]
    return {
        "demand": demand,
        "chain": chain,
        "available_at": max(ends, default=None),
        "beside": list(
            demand_list(site=site, now=now, by=by)
            .filter(order_code=demand.order_code)
            .exclude(order_code="")
            .exclude(pk=demand.pk)
            .order_by("code")[:MOST_ROWS]
        ),
    }
