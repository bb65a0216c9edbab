"""Which agreement a line of a call-off is for, where some messages name docks and others do not.

Where a customer's schedules name no dock, there is one agreement of the place, and its just-in-time
calls for docks change the days of it; where they name docks, each dock has one. A second agreement
beside the first would ask the plant for everything twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from obeya.engines.calloffs.lines import in_order
from obeya.engines.calloffs.neutral import Line, Slot
from obeya.modules.calloffs.bridge import KeptLine, by_dock, called_of, place_without_dock
from obeya.modules.calloffs.models import ScheduleAgreement

At = tuple[int, str]  # material, and the place without its dock
Agreements = Sequence[ScheduleAgreement]


@dataclass(frozen=True)
class Meant:
    line: KeptLine
    agreement: ScheduleAgreement | None = None  # None: it has none yet
    #: it may be for one of these, and nothing says for which
    rivals: tuple[ScheduleAgreement, ...] = ()
    #: the dock that the schedule of the agreement names, “” for none; None: no schedule yet
    schedule_dock: str | None = None
    #: of a just-in-time call: what it wants at each dock
    calls: Mapping[str, tuple[Slot, ...]] | None = None
    #: docks whose calls a schedule of their own has replaced
    gone: frozenset[str] = frozenset()


def meant(lines: Sequence[KeptLine], agreements: Agreements, *, on: date) -> list[Meant]:
    """Each line with its agreement; calls for several docks of one agreement become one line.

    With them, what the message changes of agreements that it does not name. ``on``: of its day.
    """
    exact = {(each.material_id, each.ship_to): each for each in agreements}
    there: dict[At, list[ScheduleAgreement]] = {}
    for each in agreements:
        there.setdefault((each.material_id, place_without_dock(each)), []).append(each)
    at_place: dict[At, list[KeptLine]] = {}
    for line in lines:
        at_place.setdefault((line.material_id, line.place), []).append(line)
    found: list[Meant] = []
    for at, beside in at_place.items():
        named = {line.ship_to: exact[line.key] for line in beside if line.key in exact}
        if beside[0].is_whole:
            found += _schedules(beside, there.get(at, []), named, on)
        else:
            found += _calls(beside, there.get(at, []), named)
    return found


def has_docks_of_its_own(agreement: ScheduleAgreement) -> bool:
    """Its schedule names the dock; others there are for other docks."""
    return bool(agreement.dock and agreement.schedule_dock)


def _schedules(
    lines: Sequence[KeptLine],
    there: Agreements,
    named: Mapping[str, ScheduleAgreement],
    on: date,
) -> list[Meant]:
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
    taken = [each.agreement for each in found if each.agreement is not None]
    # by hand, the dock was taken from one of them: its place has none of its own any more
    is_whole_place = any(each and each.schedule_dock and not each.dock for each in taken)
    rest = [each for each in free if each not in taken]
    if not is_whole_place:
        rest = [each for each in rest if not has_docks_of_its_own(each)]
    more = []
    for each in found:
        if each.agreement is not None and each.line.line.dock:
            more += _moved(each, docks, on)
    for agreement in rest:
        if replaced := docks & set(called_of(agreement).docks) - {""}:
            line = _line(agreement, agreement.ship_to, is_whole=False)
            kept = agreement.schedule_dock
            gone = frozenset(replaced)
            more.append(Meant(line, agreement, schedule_dock=kept, calls={}, gone=gone))
        elif "" in docks and agreement.slots:
            # what calls asked there is older than the schedule of the whole place
            more.append(Meant(_line(agreement, agreement.ship_to, is_whole=True), agreement))
    return more


def _moved(told: Meant, docks: set[str], on: date) -> list[Meant]:
    """Calls for other docks, from the agreement that becomes one of a dock: to their own."""
    agreement, place = told.agreement, told.line.place
    moved = []
    for dock, slots in called_of(agreement).docks.items():
        wanted = tuple(slot for slot in slots if (slot.until or slot.due_at.date()) >= on)
        if agreement and dock and dock not in docks and any(slot.quantity for slot in wanted):
            ship_to = "-".join(part for part in (place, dock) if part)
            line = _line(agreement, ship_to, is_whole=False, dock=dock, slots=wanted)
            moved.append(Meant(line, schedule_dock=dock, calls={dock: wanted}))
    return moved


def _line(
    agreement: ScheduleAgreement,
    ship_to: str,
    *,
    is_whole: bool,
    dock: str = "",
    slots: tuple[Slot, ...] = (),
) -> KeptLine:
    """Of an agreement that the message does not name; it says nothing of what was received."""
    line = Line(item=agreement.customer_item, position=0, dock=dock, slots=slots)
    if is_whole:
        line = replace(
            line,
            cumulative_received=agreement.received,
            cumulative_from=agreement.counted_from,
            last_receipt=agreement.last_receipt,
        )
    return KeptLine(agreement.material_id, ship_to, line, is_whole)


def _calls(
    lines: Sequence[KeptLine], there: Agreements, named: Mapping[str, ScheduleAgreement]
) -> list[Meant]:
    are_docks = any(has_docks_of_its_own(each) for each in there)
    of_place = [each for each in there if not has_docks_of_its_own(each)]
    standing = [each for each in of_place if each.schedule_dock is not None]
    found = []
    together: dict[int | None, list[KeptLine]] = {}  # agreement of the place, or none yet
    for line in lines:
        exact = named.get(line.ship_to)
        if are_docks and exact is None:
            rivals = [each for each in of_place if not each.dock] if line.line.dock else there
            if len(there) == 1 and not line.line.dock:
                together.setdefault(there[0].pk, []).append(line)
            else:
                found.append(_of_a_dock(line, tuple(rivals)))
        elif not are_docks and line.line.dock and len(standing) == 1:
            together.setdefault(standing[0].pk, []).append(line)
        elif exact is not None or len(of_place) <= 1:
            only = exact or (of_place[0] if of_place else None)
            together.setdefault(only.pk if only else None, []).append(line)
        elif len(standing) == 1:
            together.setdefault(standing[0].pk, []).append(line)
        else:
            found.append(Meant(line, rivals=tuple(of_place)))
    every = {each.pk: each for each in (*there, *named.values())}
    for pk, beside in together.items():
        found += _called(beside, every[pk] if pk is not None else None)
    return found


def _of_a_dock(line: KeptLine, rivals: tuple[ScheduleAgreement, ...]) -> Meant:
    dock = line.line.dock
    return Meant(line, None, rivals, dock or None, {dock: line.line.slots})


def _called(lines: Sequence[KeptLine], agreement: ScheduleAgreement | None) -> list[Meant]:
    """Calls of one message, and of one agreement."""
    if len({each.line.cumulative_received for each in lines}) > 1:
        return _counted_by_dock(lines, agreement)
    if agreement is not None and _is_mixed(lines, agreement):
        return [_of_a_dock(each, (agreement,)) for each in lines]
    own = agreement.dock if agreement else ""
    calls = by_dock(((each.line.dock, each.line.slots) for each in lines), own)
    line = lines[0] if len(lines) == 1 else _together(lines)
    return [Meant(line, agreement, (), agreement.schedule_dock if agreement else None, calls)]


def _counted_by_dock(lines: Sequence[KeptLine], agreement: ScheduleAgreement | None) -> list[Meant]:
    """Docks that count by themselves what they received have agreements of their own."""
    if agreement is None or not agreement.dock:
        return [_of_a_dock(each, (agreement,) if agreement else ()) for each in lines]
    own = [each for each in lines if each.line.dock in ("", agreement.dock)]
    found = [_of_a_dock(each, ()) for each in lines if each not in own]
    if len(own) > 1:
        return [*found, *(_of_a_dock(each, (agreement,)) for each in own)]
    return [*found, *(_called(own, agreement) if own else ())]


def _is_mixed(lines: Sequence[KeptLine], agreement: ScheduleAgreement) -> bool:
    """A call for a dock on days that were called without one, or the other way round."""
    held = called_of(agreement)
    docks = {each.line.dock or agreement.dock for each in lines}
    others = set(held.docks) - docks
    unclear = {each for each in others if not each or "" in docks}
    return held.wanted_of([slot for each in lines for slot in each.line.slots], unclear)


def _together(lines: Sequence[KeptLine]) -> KeptLine:
    """What a just-in-time call wants at several docks, as the place wants it in all."""
    first = lines[0]
    slots = [slot for each in lines for slot in each.line.slots]
    notes = dict.fromkeys(note for each in lines for note in each.line.notes)
    told = replace(first.line, dock="", slots=in_order(slots, with_zeros=True), notes=tuple(notes))
    return replace(first, ship_to=first.place, line=told)
