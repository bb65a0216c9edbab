"""Where work is done: the machines and what they may do, their hours, and the coater's truck."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from obeya.kestrel.making import tools
from obeya.kestrel.parts import Part
from obeya.kestrel.past.hours import Hours, hours_of, instant
from obeya.kestrel.places import copies_of
from obeya.kestrel.routings import E_COAT_DAYS, Step
from obeya.kestrel.setups import FULL, OTHER, SAME_PART, minutes
from obeya.kestrel.work_centers import CENTERS, WORK_CENTERS

FURNACE_CLASSES = {"CARBURISING", "TEMPERING", "BAKE OVENS"}
TRUCK_DAYS, TRUCK_AT = (1, 3), time(10)  # Tuesday and Thursday
BACK_AT = time(9)
COATER_SIGMA_DAYS = 1.2


@dataclass(frozen=True)
class Machine:
    """One machine with what it is set up for at first."""

    code: str
    kind: str  # code of the machine that it is a copy of
    center: str
    classes: tuple[str, ...]
    family: str

    @property
    def is_furnace(self) -> bool:
        return bool(FURNACE_CLASSES & set(self.classes))


class Places:
    """The plant's machines and hours, from a first day to a last one."""

    def __init__(self, copies: int, zone: ZoneInfo, first: date, last: date) -> None:
        self.zone = zone
        self.machines = [
            Machine(code, machine.code, center.code, machine.classes, machine.family)
            for center in WORK_CENTERS
            for machine in center.machines
            for code in copies_of(machine.code, copies)
        ]
        of_calendar = {
            calendar: hours_of(calendar, zone, first, last)
            for calendar in {center.calendar for center in WORK_CENTERS}
        }
        self.hours: Mapping[str, Hours] = {
            center.code: of_calendar[center.calendar] for center in WORK_CENTERS
        }
        self.tools = {row["code"]: int(row["quantity"]) for row in tools(copies)}

    def can(self, machine: Machine, step: Step, part: Part) -> bool:
        """As the routing and its alternates say."""
        if self.is_usual(machine, step, part):
            return not (machine.kind == "PRESS-63" and part.kind == "BR" and part.number >= 3)
        if part.kind == "PS":
            return machine.kind == "TURN-5" and step.number == 20
        if part.kind == "OP":
            return machine.kind == "CELL-5" and step.number == 10
        return part.kind == "BT" and part.number <= 4 and machine.kind == "CELL-6"

    def is_usual(self, machine: Machine, step: Step, part: Part) -> bool:
        return not step.machines or step.machines in machine.classes

    def setup_min(self, center: str, old: str, new: str) -> int:
        return setup_min(center, old, new)

    def next_truck(self, at: int) -> int:
        """When the coater's truck leaves."""
        day = self._day(at)
        while day.weekday() not in TRUCK_DAYS or instant(self.zone, day, TRUCK_AT) < at:
            day += timedelta(days=1)
        return instant(self.zone, day, TRUCK_AT)

    def back_from_outside(self, left: int, rng: np.random.Generator) -> int:
        """After the coater's days, on a working day."""
        took = max(2.0, float(rng.normal(E_COAT_DAYS - 0.9, COATER_SIGMA_DAYS)))
        day = self._day(left) + timedelta(days=round(took))
        while day.weekday() > 4:
            day += timedelta(days=1)
        return instant(self.zone, day, BACK_AT)

    def shipping_from(self, at: int) -> int:
        """When the next truck to customers is loaded: Monday to Friday, six to eight."""
        local = datetime.fromtimestamp(at, self.zone)
        day = local.date()
        if day.weekday() < 5 and time(6) <= local.time() <= time(19):
            return at + 3_000
        if local.time() > time(19) or day.weekday() > 4:
            day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        return instant(self.zone, day, time(6, 50))

    def _day(self, at: int) -> date:
        return datetime.fromtimestamp(at, self.zone).date()


@cache
def setup_min(center: str, old: str, new: str) -> int:
    """What the setup matrix says."""
    if not new or center not in OTHER:
        return int(CENTERS[center].setup_min)
    if old == new:
        return SAME_PART[center]
    if not old:
        return OTHER[center]
    return minutes(center, old, new) if center in FULL or center == "HEAT" else OTHER[center]


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
