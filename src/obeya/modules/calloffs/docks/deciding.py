"""All lines of a message, place by place."""

from collections.abc import Sequence
from datetime import date

from obeya.modules.calloffs.bridge import KeptLine, place_without_dock
from obeya.modules.calloffs.docks.calls import calls_meant
from obeya.modules.calloffs.docks.meant import Agreements, Meant
from obeya.modules.calloffs.docks.schedules import schedules_meant
from obeya.modules.calloffs.models import ScheduleAgreement

At = tuple[int, str]  # material, and the place without its dock


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
            found += schedules_meant(beside, there.get(at, []), named, on)
        else:
            found += calls_meant(beside, there.get(at, []), named)
    return found
