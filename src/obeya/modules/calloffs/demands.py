"""What agreements ask of the plant: their schedules, less what is on the way, as demands."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from obeya.engines.calloffs.compare import net_of_transit
from obeya.engines.calloffs.neutral import Slot, Zone
from obeya.modules.calloffs.bridge import accepted_line, due_moment, explained_by, slots_of
from obeya.modules.calloffs.models import DeliveryMove, ScheduleAgreement
from obeya.modules.orders.public import DemandRow, demand_rows, save_demands
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site

MOVES = Mapping[int, Sequence[DeliveryMove]]


def moves_of(agreements: Sequence[ScheduleAgreement]) -> dict[int, list[DeliveryMove]]:
    """The ledger of each agreement in the order of its deliveries, in one query."""
    found: dict[int, list[DeliveryMove]] = {each.pk: [] for each in agreements}
    for move in DeliveryMove.objects.filter(agreement__in=agreements).order_by("at", "pk"):
        found[move.agreement_id].append(move)
    return found


def plan_again(site: Site, agreements: Sequence[ScheduleAgreement], *, by: Actor) -> None:
    """Make the demands of these agreements say what is wanted still.

    A demand whose slot is on the way is shipped; one whose slot is gone was received (its day is
    over by the customer's own calendar) or is cancelled.
    """
    moves = moves_of(agreements)
    wanted: dict[str, DemandRow] = {}
    called: dict[str, date] = {}  # every slot of the schedules → the day of its call-off
    issued = {}
    for each in agreements:
        issued[each.code] = each.issued_on
        schedule = slots_of(each.slots)
        called |= {_code(each, slot): slot.due_at.date() for slot in schedule}
        for slot in net_of_transit(schedule, on_the_way(each, moves[each.pk], site)):
            wanted[_code(each, slot)] = _row(each, slot)
    rows = list(wanted.values())
    for old in demand_rows(site=site, order_codes=list(issued), by=by):
        if old.code in wanted or old.status != "open":
            continue
        day = issued[old.order_code]
        over = day is not None and old.due_at.date() < day
        status = "shipped" if old.code in called else "closed" if over else "cancelled"
        rows.append(_with_status(old, status))
    if rows:
        save_demands(site=site, rows=rows, by=by)


def on_the_way(agreement: ScheduleAgreement, moves: Sequence[DeliveryMove], site: Site) -> Decimal:
    """What has left and is not in the customer's cumulative quantity yet."""
    explained = explained_by(agreement, accepted_line(agreement), moves, site)
    if explained is not None:
        return explained.on_the_way
    since = agreement.issued_on
    left = [
        each.quantity
        for each in moves
        if each.kind == DeliveryMove.Kind.SHIPPED
        and (since is None or each.at.astimezone(site.zone).date() >= since)
    ]
    return sum(left, Decimal(0))


def _code(agreement: ScheduleAgreement, slot: Slot) -> str:
    """One for each moment of the schedule, so that a changed quantity changes a demand."""
    moment = f"{slot.due_at:%Y%m%d}" if slot.is_whole_day else f"{slot.due_at:%Y%m%dT%H%M}"
    span = f"-{slot.until:%m%d}" if slot.until else ""
    return f"{agreement.code}/{moment}{span}"


def _row(agreement: ScheduleAgreement, slot: Slot) -> DemandRow:
    return DemandRow(
        code=_code(agreement, slot),
        material=agreement.material.code,
        quantity=slot.quantity,
        due_at=due_moment(slot),
        customer=agreement.customer.code,
        order_code=agreement.code,
        kind="forecast" if slot.zone is Zone.FORECAST else "call_off",
    )


def _with_status(row: DemandRow, status: str) -> DemandRow:
    values = {**vars(row), "status": status}
    return DemandRow(**values)
