"""Production orders as they stand."""

from collections.abc import Sequence

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery, Value

from obeya.modules.planning.models import PlanRun
from obeya.modules.planning.ordering import left_of
from obeya.modules.planning.rows import ProductionOrderRow
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import MaterialAtSite, Site
from obeya.plant.work.models import SupplyOrder


@query(permission="planning.view")
def production_order_rows(
    *, site: Site, by: Actor, numbers: Sequence[str] | None = None
) -> list[ProductionOrderRow]:
    """What is decided and still to be made, with what is left of it."""
    found = (
        SupplyOrder.objects.at(site)
        .binding()
        .filter(kind="make")
        .select_related("material")
        .order_by("due_at", "id")
    )
    if numbers is not None:
        found = found.filter(number__in=numbers)
    orders = list(found)
    left = left_of(site, orders)
    return [
        ProductionOrderRow(
            number=each.number or "",
            material=each.material.code,
            quantity=left[each.pk],
            due_at=each.due_at.astimezone(site.zone).replace(tzinfo=None),
            status="firm" if each.status == SupplyOrder.Status.FIRM else "released",
        )
        for each in orders
        if left[each.pk]
    ]


@query(permission="planning.view")
def production_orders(*, site: Site, by: Actor) -> QuerySet[SupplyOrder]:
    """Orders to make that have a number, not the proposals of a run."""
    found = SupplyOrder.objects.at(site).filter(kind="make", number__isnull=False)
    return found.select_related("site", "material")


@query(permission="planning.view")
def purchase_proposals(*, site: Site, by: Actor) -> QuerySet[SupplyOrder]:
    """What the newest plan would buy and nobody has ordered yet, with how it is usually bought.

    `as_of`: when the plan looked; what was ordered since is proposed still.
    """
    newest = PlanRun.objects.newest(site)
    here = MaterialAtSite.objects.at(site).filter(material=OuterRef("material"))
    return (
        SupplyOrder.objects.at(site)
        .proposed_by(newest.run_id if newest else 0)
        .filter(kind=SupplyOrder.Kind.BUY)
        .select_related("site", "material__unit")
        .annotate(
            usual_supplier=Subquery(here.values("supplier__code")[:1]),
            lead_time_s=Subquery(here.values("lead_time_s")[:1]),
            as_of=Value(newest.as_of if newest else None, DateTimeField()),
        )
    )
