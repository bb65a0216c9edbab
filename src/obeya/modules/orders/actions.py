"""The verbs of orders: the only writers of what is wanted."""

from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.orders.events import DemandsSaved
from obeya.modules.orders.rows import DemandRow
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Material, Party, Site
from obeya.plant.resources.wall_clock import instant
from obeya.plant.work.models import Demand


@action(permission="orders.edit")
def save_demands(*, site: Site, rows: Sequence[DemandRow], by: Actor) -> Saved:
    """Order lines, call-offs, forecasts … of the site, by their code."""
    check = RowCheck(rows)
    check.filled("code", "material")
    check.above_zero("quantity")
    check.at_least(0, "weight")
    materials = check.known("material", Material.objects.all(), what="material")
    customers = check.known("customer", Party.objects.filter(is_customer=True), what="customer")
    check.refuse()

    wanted = [_values(site, row, materials, customers) for row in rows]
    demands = upsert(Demand.objects.at(site), wanted, key=("code",))
    new, changed = demands.told()
    differing = {*new, *changed}
    publish(
        DemandsSaved(
            new, changed, sorted({d.material_id for d in demands.objects if d.pk in differing})
        ),
        site=site,
        changes=demands.changes,
    )
    return demands.saved()


def _values(
    site: Site,
    row: DemandRow,
    materials: Mapping[str, Material],
    customers: Mapping[str, Party],
) -> dict[str, Any]:
    due_at = row.due_at if row.due_at.tzinfo else instant(site.zone, row.due_at)
    return {
        "site_id": site.pk,
        "code": row.code,
        "kind": row.kind,
        "material_id": materials[row.material].pk,
        "quantity": row.quantity,
        "due_at": due_at,
        "weight": row.weight,
        "customer_id": customers[row.customer].pk if row.customer else None,
        "status": row.status,
        "order_code": row.order_code,
        "extra": dict(row.extra),
    }
