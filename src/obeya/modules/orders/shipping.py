"""Goods go out: a line that a customer waits for leaves the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from obeya.modules.orders.events import DemandsShipped
from obeya.modules.orders.rows import ShipmentRow
from obeya.plant.ledgers import stock
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import RowCheck, rows_of
from obeya.plant.log.publishing import Change, publish
from obeya.plant.resources.models import Equipment, MaterialAtSite, MaterialLot, Site
from obeya.plant.resources.sites import CUSTOMER, virtual_place
from obeya.plant.resources.wall_clock import instant
from obeya.plant.work.models import Demand

Status = Demand.Status


@action(permission="orders.ship")
def ship_demands(*, site: Site, rows: Sequence[ShipmentRow], by: Actor) -> list[Demand]:
    """Send lines to their customers: out of the material's storage, and the line is shipped.

    What is missing of a line is not sent any more under its code.
    """
    check = RowCheck(rows)
    check.filled("code")
    check.above_zero("quantity")
    now = clock.now()
    moments = [_moment(site, row.shipped_at, now) for row in rows]
    for index, at in enumerate(moments):
        if at > now:
            check.add(index, "shipped_at", "has not left yet", "Book it when it leaves.")
    lines = check.known("code", Demand.objects.at(site), what="order line")
    locked = Demand.objects.filter(pk__in=[each.pk for each in lines.values()]).order_by("pk")
    locked = locked.select_for_update(of=("self",)).select_related("material__unit")
    demands = {each.code: each for each in locked}
    kept = MaterialAtSite.objects.at(site).exclude(storage=None).select_related("storage")
    materials = {each.material_id for each in demands.values()}
    homes = {
        each.material_id: each.storage
        for each in rows_of(kept, "material_id", materials)
        if each.storage
    }
    lots = {
        (each.material_id, each.code): each
        for each in rows_of(MaterialLot.objects.all(), "code", {r.lot for r in rows if r.lot})
    }
    _check_open(check, demands, homes, lots)
    check.refuse()

    wanted = [demands[row.code] for row in rows]
    customer = virtual_place(site, CUSTOMER)
    moves = [
        stock.Move(
            material=demand.material,
            quantity=row.quantity,
            from_location=homes[demand.material_id],
            to_location=customer,
            lot=lots.get((demand.material_id, row.lot)),
            at=at,
            document=row.code,
        )
        for row, demand, at in zip(rows, wanted, moments, strict=True)
    ]
    posted = stock.post(moves=moves, by=by) if moves else []
    Demand.objects.filter(pk__in=[each.pk for each in wanted]).update(status=Status.SHIPPED)
    publish(
        DemandsShipped(
            [each.pk for each in wanted], [each.pk for each in posted], sorted(materials)
        ),
        at=max(moments, default=now),
        site=site,
        changes=[
            Change(Demand._meta.label, each.pk, {"status": [each.status, Status.SHIPPED]})
            for each in wanted
        ],
    )
    for each in wanted:
        each.status = Status.SHIPPED
    return wanted


def _moment(site: Site, at: datetime | None, now: datetime) -> datetime:
    """A time without a zone is the site's; none, or what is no time at all, is now."""
    if not isinstance(at, datetime):
        return now
    return at if at.tzinfo else instant(site.zone, at)


def _check_open(
    check: RowCheck[ShipmentRow],
    demands: Mapping[str, Demand],
    homes: Mapping[int, Equipment],
    lots: Mapping[tuple[int, str], MaterialLot],
) -> None:
    for index, row in enumerate(check.rows):
        demand = demands.get(row.code)
        if demand is None:
            continue
        if demand.status != Status.OPEN:
            rule = f"{row.code} is {demand.get_status_display()} already"
            check.add(index, "code", rule, "Ship a line that is still open.")
        if demand.kind not in (Demand.Kind.ORDER_LINE, Demand.Kind.CALL_OFF):
            rule = f"{row.code} is {demand.get_kind_display()}, not an order"
            check.add(index, "code", rule, "Ship the order line or the call-off.")
        if demand.material_id not in homes:
            rule = f"{demand.material} has no storage"
            check.add(index, "code", rule, "Say on the material where it is kept.")
        if row.lot and (demand.material_id, row.lot) not in lots:
            rule = f"{demand.material} has no lot {row.lot}"
            check.add(index, "lot", rule, "Correct the number of the lot.")
        if demand.material.is_lot_tracked and not row.lot:
            check.add(index, "lot", f"{demand.material} is kept by lot", "Name the lot.")
