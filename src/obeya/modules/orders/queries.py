"""What the pages of orders show, and the rows as they stand."""

from collections.abc import Sequence

from obeya.modules.orders.rows import DemandRow
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand


@query(permission="orders.view")
def demand_rows(*, site: Site, by: Actor, codes: Sequence[str] | None = None) -> list[DemandRow]:
    """The rows that would make the demands as they stand; one query."""
    found = Demand.objects.at(site).select_related("material", "customer").order_by("due_at", "id")
    if codes is not None:
        found = found.filter(code__in=codes)
    return [
        DemandRow(
            code=each.code,
            material=each.material.code,
            quantity=each.quantity,
            due_at=each.due_at.astimezone(site.zone).replace(tzinfo=None),
            customer=each.customer.code if each.customer else "",
            order_code=each.order_code,
            kind=each.kind,
            weight=each.weight,
            status=each.status,
            extra=each.extra,
        )
        for each in found
    ]
