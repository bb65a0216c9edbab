"""The verbs of purchasing."""

from collections.abc import Mapping, Sequence

from obeya.modules.purchasing.events import PurchaseOrdersSaved
from obeya.modules.purchasing.rows import PurchaseRow
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, in_one_query
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Material, Party, Site
from obeya.plant.resources.wall_clock import instant
from obeya.plant.work.models import SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders, open_supply_orders

Kind, Status = SupplyOrder.Kind, SupplyOrder.Status
OPEN = (Status.FIRM, Status.RELEASED, Status.STARTED)


@action(permission="purchasing.edit")
def save_purchase_orders(*, site: Site, rows: Sequence[PurchaseRow], by: Actor) -> Saved:
    """Lines that suppliers owe this site, by number: firm from the start, or cancelled."""
    check = RowCheck(rows)
    check.filled("number", "material")
    check.above_zero("quantity")
    materials = check.known("material", Material.objects.all(), what="material")
    suppliers = check.known("supplier", Party.objects.filter(is_supplier=True), what="supplier")
    there = in_one_query(SupplyOrder.objects.at(site), "number", [row.number for row in rows])
    _check_open(check, there)
    check.refuse()

    now = clock.now()
    wanted = [
        {
            "site_id": site.pk,
            "number": row.number,
            "kind": Kind.BUY,
            "material_id": materials[row.material].pk,
            "quantity": row.quantity,
            "due_at": row.due_at if row.due_at.tzinfo else instant(site.zone, row.due_at),
            "supplier_id": suppliers[row.supplier].pk if row.supplier else None,
        }
        | ({} if row.number in there else {"status": Status.FIRM})
        for row in rows
    ]
    orders = upsert(
        SupplyOrder.objects.at(site),
        wanted,
        key=("number",),
        insert=lambda made: open_supply_orders(made, at=now, by=by),
    )
    gone = [
        each
        for each, row in zip(orders.objects, rows, strict=True)
        if row.is_cancelled and each.status != Status.CANCELLED
    ]
    if gone:
        move_supply_orders(gone, Status.CANCELLED, at=now, by=by)
    cancelled = {each.pk for each in gone}
    new, changed = orders.told(cancelled)
    differing = {*new, *changed}
    publish(
        PurchaseOrdersSaved(
            new, changed, sorted({o.material_id for o in orders.objects if o.pk in differing})
        ),
        site=site,
        changes=orders.changes,
    )
    return orders.saved(cancelled)


def _check_open(check: RowCheck[PurchaseRow], there: Mapping[str, SupplyOrder]) -> None:
    for index, row in enumerate(check.rows):
        order = there.get(row.number)
        if order is None:
            continue
        if order.kind != Kind.BUY:
            rule = f"{row.number} is an order to {order.get_kind_display()}, not to buy"
            check.add(index, "number", rule, "Choose another number.")
        elif order.status == Status.CANCELLED and row.is_cancelled:
            continue
        elif order.status not in OPEN:
            rule = f"{row.number} is {order.get_status_display()} already"
            check.add(index, "number", rule, "Enter what is still to come under a new number.")
