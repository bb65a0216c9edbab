"""Just-in-time calls: which agreement they change, and which docks are called together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from obeya.modules.calloffs.bridge import KeptLine, by_dock, called_of
from obeya.modules.calloffs.docks.meant import Agreements, Meant, has_docks_of_its_own
from obeya.modules.calloffs.models import ScheduleAgreement


def calls_meant(
    lines: Sequence[KeptLine], there: Agreements, named: Mapping[str, ScheduleAgreement]
) -> list[Meant]:
    """Of one material at one place."""
    are_docks = any(has_docks_of_its_own(each) for each in there)
    found = []
    together: dict[int | None, list[KeptLine]] = {}  # agreement, or none yet
    for line in lines:
        exact = named.get(line.ship_to)
        if are_docks and line.line.dock and exact is None:
            found.append(_of_a_dock(line, [each for each in there if not each.dock]))
            continue
        may_be = _may_be(line, there, exact, are_docks=are_docks)
        if len(may_be) <= 1:
            together.setdefault(may_be[0].pk if may_be else None, []).append(line)
        else:
            found.append(_of_a_dock(line, may_be) if are_docks else Meant(line, rivals=may_be))
    every = {each.pk: each for each in (*there, *named.values())}
    for pk, beside in together.items():
        found += _called(beside, every[pk] if pk is not None else None)
    return found


def _may_be(
    line: KeptLine, there: Agreements, exact: ScheduleAgreement | None, *, are_docks: bool
) -> Agreements:
    """The one with the schedule of the place goes before one that has that dock alone."""
    standing = [each for each in there if each.schedule_dock is not None]
    is_of_place = len(standing) == 1 and not are_docks
    if exact is not None and not (is_of_place and line.line.dock):
        return [exact]
    return standing if is_of_place else there


def _of_a_dock(line: KeptLine, rivals: Agreements) -> Meant:
    dock = line.line.dock
    return Meant(line, None, rivals, dock or None, {dock: line.line.slots})


def _called(lines: Sequence[KeptLine], agreement: ScheduleAgreement | None) -> list[Meant]:
    """Calls of one message, and of one agreement."""
    if len({each.line.cumulative_received for each in lines}) > 1:
        return _counted_by_dock(lines, agreement)
    if agreement is not None and _is_mixed(lines, agreement):
        return [_of_a_dock(each, [agreement]) for each in lines]
    own = agreement.dock if agreement else ""
    calls = by_dock(((each.line.dock, each.line.slots) for each in lines), own)
    line = lines[0] if len(lines) == 1 else _together(lines)
    return [Meant(line, agreement, (), agreement.schedule_dock if agreement else None, calls)]


def _counted_by_dock(lines: Sequence[KeptLine], agreement: ScheduleAgreement | None) -> list[Meant]:
    """Docks that count by themselves what they received have agreements of their own."""
    if agreement is None or not agreement.dock:
        return [_of_a_dock(each, [agreement] if agreement else []) for each in lines]
    own = [each for each in lines if each.line.dock in ("", agreement.dock)]
    found = [_of_a_dock(each, []) for each in lines if each not in own]
    if len(own) > 1:
        return [*found, *(_of_a_dock(each, [agreement]) for each in own)]
    return [*found, *(_called(own, agreement) if own else ())]


def _is_mixed(lines: Sequence[KeptLine], agreement: ScheduleAgreement) -> bool:
    """A call for a dock on days that were called without one, or the other way round."""
    held = called_of(agreement)
    docks = {each.line.dock or agreement.dock for each in lines}
    others = set(held.docks) - docks
    unclear = {each for each in others if not each or "" in docks}
    return held.wanted_of([slot for each in lines for slot in each.line.slots], unclear)


def _together(lines: Sequence[KeptLine]) -> KeptLine:
    """What is said of several docks, as of their place."""
    first = lines[0]
    notes = dict.fromkeys(note for each in lines for note in each.line.notes)
    return replace(
        first, ship_to=first.place, line=replace(first.line, dock="", slots=(), notes=tuple(notes))
    )
