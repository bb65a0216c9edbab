"""Goods come in: a line that a supplier owes us becomes stock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from obeya.modules.purchasing.events import PurchasesReceived
from obeya.modules.purchasing.rows import ReceiptRow
from obeya.plant.ledgers import stock
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.resources.models import Equipment, MaterialAtSite, MaterialLot, Site
from obeya.plant.resources.sites import SUPPLIER, virtual_place
from obeya.plant.resources.wall_clock import instant
from obeya.plant.work.models import SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders

Status = SupplyOrder.Status
LotKey = tuple[int, str]  # material, code


@action(permission="purchasing.receive")
def receive_purchases(*, site: Site, rows: Sequence[ReceiptRow], by: Actor) -> list[SupplyOrder]:
    """Book what suppliers brought: into the material's storage, and the line is complete.

    What is missing of a line will not come any more under its number.
    """
    check = RowCheck(rows)
    check.filled("number")
    check.above_zero("quantity")
    now = clock.now()
    moments = [_moment(site, row.received_at, now) for row in rows]
    for index, at in enumerate(moments):
        if at > now:
            check.add(index, "received_at", "has not come yet", "Book it when it is there.")
    buys = SupplyOrder.objects.at(site).filter(kind=SupplyOrder.Kind.BUY)
    lines = check.known("number", buys, what="purchase line", by="number")
    locked = buys.filter(pk__in=[each.pk for each in lines.values()]).order_by("pk")
    locked = locked.select_for_update(of=("self",)).select_related("material__unit")
    orders = {each.number: each for each in locked}
    homes = _homes(site, orders.values())
    _check_open(check, orders, homes)
    check.refuse()

    wanted = [orders[row.number] for row in rows]
    lots = _lots(rows, wanted, moments)
    outside = virtual_place(site, SUPPLIER)
    moves = [
        stock.Move(
            material=order.material,
            quantity=row.quantity,
            from_location=outside,
            to_location=homes[order.material_id],
            lot=lots.get((order.material_id, row.lot)),
            at=at,
            document=row.number,
        )
        for row, order, at in zip(rows, wanted, moments, strict=True)
    ]
    posted = stock.post(moves=moves, by=by) if moves else []
    at = max(moments, default=now)
    firm = [i for i, order in enumerate(wanted) if order.status == Status.FIRM]
    move_supply_orders(
        [wanted[i] for i in firm],
        Status.RELEASED,
        at=at,
        moments=[moments[i] for i in firm],
        by=by,
    )
    done = move_supply_orders(wanted, Status.COMPLETED, at=at, moments=moments, by=by)
    publish(
        PurchasesReceived(
            [order.pk for order in done],
            [each.pk for each in posted],
            sorted({order.material_id for order in done}),
        ),
        at=at,
        site=site,
    )
    return done


def _moment(site: Site, at: datetime | None, now: datetime) -> datetime:
    """A time without a zone is the site's; none, or what is no time at all, is now."""
    if not isinstance(at, datetime):
        return now
    return at if at.tzinfo else instant(site.zone, at)


def _check_open(
    check: RowCheck[ReceiptRow],
    orders: Mapping[str | None, SupplyOrder],
    homes: Mapping[int, Equipment],
) -> None:
    for index, row in enumerate(check.rows):
        order = orders.get(row.number)
        if order is None:
            continue
        if order.status not in (Status.FIRM, Status.RELEASED):
            rule = f"{row.number} is {order.get_status_display()} already"
            check.add(index, "number", rule, "Book it under a line that is still open.")
        if order.material.is_lot_tracked and not row.lot:
            remedy = "Write the number of the lot that stands on the goods."
            check.add(index, "lot", f"{order.material} is kept by lot", remedy)
        if row.lot and not order.material.is_lot_tracked:
            remedy = "Leave the lot empty, or have the material kept by lot."
            check.add(index, "lot", f"{order.material} is not kept by lot", remedy)
        if order.material_id not in homes:
            rule = f"{order.material} has no storage"
            check.add(index, "number", rule, "Say on the material where it is kept.")


def _homes(site: Site, orders: Collection[SupplyOrder]) -> Mapping[int, Equipment]:
    """Where each material is kept."""
    kept = MaterialAtSite.objects.at(site).exclude(storage=None).select_related("storage")
    found = rows_of(kept, "material_id", {order.material_id for order in orders})
    return {each.material_id: each.storage for each in found if each.storage}


def _lots(
    rows: Sequence[ReceiptRow], orders: Sequence[SupplyOrder], moments: Sequence[datetime]
) -> dict[LotKey, MaterialLot]:
    """Those that are named; a new one is made when it comes."""
    named: dict[LotKey, tuple[SupplyOrder, datetime]] = {}
    for row, order, at in zip(rows, orders, moments, strict=True):
        if row.lot:
            named.setdefault((order.material_id, row.lot), (order, at))
    found = rows_of(MaterialLot.objects.all(), "code", [code for _, code in named])
    known = {(each.material_id, each.code): each for each in found}
    new = [
        MaterialLot(material_id=key[0], code=key[1], made_at=at, supplier_id=order.supplier_id)
        for key, (order, at) in named.items()
        if key not in known
    ]
    return known | {(each.material_id, each.code): each for each in insert_many(new, ids=True)}
