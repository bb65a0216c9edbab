"""Schedules: which agreement each replaces, and what they end of calls in agreements beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from obeya.engines.calloffs.neutral import Line
from obeya.modules.calloffs.bridge import KeptLine, accepted_line, called_of, with_dock
from obeya.modules.calloffs.docks.meant import Agreements, Meant, has_docks_of_its_own
from obeya.modules.calloffs.models import ScheduleAgreement


def schedules_meant(
    lines: Sequence[KeptLine],
    there: Agreements,
    named: Mapping[str, ScheduleAgreement],
    on: date,
) -> list[Meant]:
    """Of one material at one place."""
    free = [each for each in there if each not in named.values()]
    docked = [each for each in lines if each.line.dock and each.ship_to not in named]
    found = []
    for line in lines:
        if (agreement := named.get(line.ship_to)) is not None:
            found.append(Meant(line, agreement, schedule_dock=line.line.dock))
            continue
        if line.line.dock:
            # one of the place, with a dock for its notices, may be it
            rivals = [each for each in free if not each.dock or each.schedule_dock == ""]
            is_clear = len(there) == len(docked) == len(rivals) == 1 and not rivals[0].dock
        else:
            rivals = [each for each in free if each.dock]
            is_clear = len(there) == len(rivals) == 1 and not docked
        agreement = rivals[0] if is_clear else None
        unclear = () if is_clear else tuple(rivals)
        found.append(Meant(line, agreement, unclear, line.line.dock))
    return found + _beside(found, free, on)


def _beside(found: Sequence[Meant], free: Agreements, on: date) -> list[Meant]:
    """What schedules end, or move, of earlier calls in agreements that they do not name."""
    if any(each.rivals for each in found):
        return []
    docks = {each.line.line.dock for each in found}
    more = []
    for each in found:
        if each.agreement is not None and each.line.line.dock:
            more += _moved(each.agreement, each.line.place, docks, on)
    for agreement in _ended(found, free):
        if replaced := docks & set(called_of(agreement).docks) - {""}:
            line = _unnamed(agreement, agreement.ship_to)
            kept, gone = agreement.schedule_dock, frozenset(replaced)
            more.append(Meant(line, agreement, schedule_dock=kept, calls={}, gone=gone))
        elif "" in docks and agreement.slots:
            # what calls asked there is older than the schedule of the whole place
            more.append(Meant(_nothing_wanted(agreement), agreement))
    return more


def _ended(found: Sequence[Meant], free: Agreements) -> Agreements:
    """Those of the place that no schedule is for, and in which calls may stand that it ends."""
    taken = [each.agreement for each in found if each.agreement is not None]
    rest = [each for each in free if each not in taken]
    # by hand, the dock was taken from one of them: its place has none of its own any more
    if any(each.schedule_dock and not each.dock for each in taken):
        return rest
    return [each for each in rest if not has_docks_of_its_own(each)]


def _moved(agreement: ScheduleAgreement, place: str, docks: set[str], on: date) -> list[Meant]:
    """Calls for other docks, from the agreement that becomes one of a dock: to their own."""
    moved = []
    for dock, slots in called_of(agreement).docks.items():
        wanted = tuple(slot for slot in slots if slot.ends_on >= on)
        if dock and dock not in docks and any(slot.quantity for slot in wanted):
            line = _unnamed(agreement, with_dock(place, dock), dock)
            moved.append(Meant(line, schedule_dock=dock, calls={dock: wanted}))
    return moved


def _unnamed(agreement: ScheduleAgreement, ship_to: str, dock: str = "") -> KeptLine:
    """As a call of which the message says nothing, nor of what was received."""
    line = Line(item=agreement.customer_item, position=0, dock=dock)
    return KeptLine(agreement.material_id, ship_to, line, is_whole=False)


def _nothing_wanted(agreement: ScheduleAgreement) -> KeptLine:
    """As a schedule of nothing; what was received stays as it was told."""
    line = replace(accepted_line(agreement), slots=())
    return KeptLine(agreement.material_id, agreement.ship_to, line, is_whole=True)
