"""Which agreement a line of a call-off is for, where a dock is named now and was not before.

Customers begin to name docks, stop to, or name them in their just-in-time calls alone. A second
agreement beside the first would ask the plant for everything twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from obeya.engines.calloffs.lines import in_order
from obeya.modules.calloffs.bridge import KeptLine, place_without_dock
from obeya.modules.calloffs.models import ScheduleAgreement

At = tuple[int, str]  # material, and the place without its dock


@dataclass(frozen=True)
class Meant:
    line: KeptLine
    agreement: ScheduleAgreement | None = None  # None: it has none yet
    #: it may be for one of these, and nothing says for which
    rivals: tuple[ScheduleAgreement, ...] = ()


def meant(lines: Sequence[KeptLine], agreements: Sequence[ScheduleAgreement]) -> list[Meant]:
    """Each line with its agreement; calls for several docks of one agreement become one line."""
    exact = {(each.material_id, each.ship_to): each for each in agreements}
    there: dict[At, list[ScheduleAgreement]] = {}
    for each in agreements:
        there.setdefault((each.material_id, place_without_dock(each)), []).append(each)
    named = {line.key for line in lines}
    found = [Meant(line, exact[line.key]) for line in lines if line.key in exact]
    unnamed: dict[At, list[KeptLine]] = {}  # that have no agreement of just their place and dock
    for line in lines:
        if line.key not in exact:
            unnamed.setdefault((line.material_id, line.place), []).append(line)
    for at, beside in unnamed.items():
        at_place = there.get(at, [])
        free = [each for each in at_place if (each.material_id, each.ship_to) not in named]
        found += _beside(beside, free, is_only=len(at_place) == 1)
    return found


def _beside(
    lines: Sequence[KeptLine], free: Sequence[ScheduleAgreement], *, is_only: bool
) -> list[Meant]:
    """Lines at one place, beside those of its agreements that no line of the message names."""
    of_place = [each for each in free if not each.dock]
    of_docks = [each for each in free if each.dock]
    docked = [each for each in lines if each.line.dock]
    found = [
        _chosen(each, of_docks, is_clear=is_only and not docked)
        for each in lines
        if not each.line.dock
    ]
    if of_place and is_only and len(docked) > 1 and _are_calls(docked):
        return [*found, Meant(_together(docked), of_place[0])]
    is_clear = is_only and len(docked) == 1
    return [*found, *(_chosen(each, of_place, is_clear=is_clear) for each in docked)]


def _chosen(line: KeptLine, near: Sequence[ScheduleAgreement], *, is_clear: bool) -> Meant:
    if not near:
        return Meant(line)
    return Meant(line, near[0]) if is_clear else Meant(line, rivals=tuple(near))


def _are_calls(lines: Sequence[KeptLine]) -> bool:
    """Of one schedule: where docks count by themselves what they received, they are not."""
    counted = [each for each in lines if each.line.cumulative_received is not None]
    return not counted and not any(each.is_whole for each in lines)


def _together(lines: Sequence[KeptLine]) -> KeptLine:
    """What a just-in-time call wants at several docks, as the place wants it in all."""
    first = lines[0]
    slots = [slot for each in lines for slot in each.line.slots]
    notes = dict.fromkeys(note for each in lines for note in each.line.notes)
    told = replace(first.line, dock="", slots=in_order(slots, with_zeros=True), notes=tuple(notes))
    return replace(first, ship_to=first.place, line=told)
