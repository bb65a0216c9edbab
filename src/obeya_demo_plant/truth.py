"""What is true of the plant and stands in no system: losses, wear, and the real times."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from obeya_demo_plant import shapes
from obeya_demo_plant.chance import BRONZE, SILVER, Chance

HOUR_S, MINUTE_S = 3600.0, 60.0
ELECTRICAL = 0.26  # of breakdowns come without wear
WEAR_SHAPE = (1.8, 3.0)  # Weibull, of what wears; each machine has its own
TOOL_SHAPE = 3.0
REPAIR_SIGMA = 0.9
DETECTION_MIN, DETECTION_OF_REPAIR = 5.0, 0.15  # at most this part of a repair
NO_FITTERS_AT = ("ASSY", "TEST")  # the people of the cell help themselves
THEIR_OWN = ("FIXTURE", "LOADER")  # causes that setters and operators put right
WAY_MIN = 5.0  # of a fitter, with what he needs
QUEUE_MIN = 10.0  # that a machine of Kestrel waits for one on average: part of its repair time
QUEUE_AT_NIGHT_MIN = 14.0  # where people work at night, too, when there is one fitter
AT_NIGHT = ("TURN", "MILL", "GRIND", "HEAT")
TOOL_CHANGE_MIN, WAIT_MIN = 12.0, 15.0  # means of one
SETUP_SIGMA = 0.25
SETUP_SCRAP = 0.19  # of all scrap are pieces of setting up
PACE_SIGMA = 0.05
LEARNING = 0.06  # slower at the first lot of a part on a machine, a quarter of it at the second
KNOWN_LOTS = 20  # that a machine's people have made of a part before the first look, at most
ABSENT = 0.064  # sick or not come, of a shift
REPLACED_MIN = 35.0
STANDARD_MEDIAN, STANDARD_SIGMA = 1.05, 0.15
STANDARD_WRONG = 0.05  # of routing rows are off by far
STANDARD_SLIP = 0.3  # of those, by a slipped digit
MODES = ("mechanical", "electrical", "tool", "wait")
CAUSES = {  # of breakdowns that wear brings, with their share; codes that a plant may have
    "SPINDLE": 22, "HYDRAULIC": 18, "FIXTURE": 14, "LOADER": 20,
}  # fmt: skip


@dataclass(frozen=True)
class Center:
    """The losses of one work center, as its people would tell them."""

    setup_min: Mapping[str, float]  # a step each, with the release of the first piece
    mtbf_h: float
    mttr_h: float
    tool: float  # of time, tool changes and adjusting
    wait: float  # of time, for hands, quality, a truck
    slow: float  # of running time, slow running and minor stops
    scrap: float  # of pieces

    @property
    def down(self) -> float:
        """Of time."""
        return self.mttr_h / (self.mtbf_h + self.mttr_h)

    @cached_property
    def busy(self) -> float:
        """Of time, setting up and running."""
        return 1 - self.down - self.tool - self.wait

    def life_s(self, mode: str) -> float:
        """Mean busy seconds from one stop of a kind to the next."""
        if mode == "tool":
            return self._every(TOOL_CHANGE_MIN * MINUTE_S, self.tool)
        if mode == "wait":
            return self._every(WAIT_MIN * MINUTE_S, self.wait)
        part = ELECTRICAL if mode == "electrical" else 1 - ELECTRICAL
        return self._every(self.mttr_h * HOUR_S, self.down) / part

    @property
    def detection_s(self) -> float:
        return min(DETECTION_MIN * MINUTE_S, DETECTION_OF_REPAIR * self.mttr_h * HOUR_S)

    @property
    def repair_s(self) -> float:
        """From noticed to running; finding out comes before it."""
        return self.mttr_h * HOUR_S - self.detection_s

    def _every(self, lasts_s: float, share: float) -> float:
        return lasts_s * self.busy / share if share else math.inf


SETTERS_AT = ("TURN", "MILL", "GEAR", "PRESS", "GRIND")  # elsewhere the operators set up
STEPS = ("part", "family", "other")  # what was there before: the same part, its family, another


def _center(part: float, family: float, other: float, *losses: float) -> Center:
    mtbf, mttr, tool, wait, slow, scrap = losses
    setup = dict(zip(STEPS, (part, family, other), strict=True))
    return Center(setup, mtbf, mttr, tool / 100, wait / 100, slow / 100, scrap / 100)


#: Setups by the matrix of the specification: a part again 5 to 10 minutes, its family 20 to 35,
#: another 55 to 85, a chuck, wheel or hob 95 to 140, a coil 12 to 18, a die 70 to 100, a recipe
#: again 5, a colour 40; on machine tools and presses 15 to 45 more until the first piece is
#: released, soonest for a part again. How often each comes is the plan's doing.
CENTERS = {
    "SAW": _center(5, 10, 13, 60, 1.2, 3, 5, 8, 0.4),
    "TURN": _center(22.5, 57.5, 110, 38, 1.4, 4.5, 7, 10, 1.8),
    "MILL": _center(22.5, 57.5, 100, 38, 1.8, 4.5, 6, 9, 2.2),
    "GEAR": _center(22.5, 57.5, 155, 50, 1.8, 4.5, 6, 8, 1.5),
    "PRESS": _center(45, 45, 115, 20, 1.3, 4, 7, 13, 1.2),
    "WELD": _center(10, 20, 47, 14, 0.75, 3, 6, 11, 2.0),
    "HEAT": _center(5, 5, 38, 140, 5.8, 0, 3, 2, 0.6),
    "GRIND": _center(22.5, 57.5, 125, 33, 1.55, 4.5, 7, 11, 2.8),
    "WASH": _center(0, 0, 0, 80, 2.4, 0, 3, 5, 0),
    "PLATE": _center(5, 6, 40, 60, 2.8, 1.5, 5, 6, 1.5),
    "ASSY": _center(14, 20, 27, 5, 0.32, 0, 6, 10, 1.2),
    "TEST": _center(4, 5, 6, 12, 0.5, 0, 5, 8, 1.0),
}
ANY_CENTER = _center(25, 40, 70, 40, 1.5, 3, 6, 9, 1.5)  # of a plant that is not Kestrel


def queue_s(place: str) -> float:
    """The mean wait for a fitter, which the specification counts as repair."""
    return MINUTE_S * (QUEUE_AT_NIGHT_MIN if place in AT_NIGHT else QUEUE_MIN)


@dataclass(frozen=True)
class Truth:
    """The answers of one plant, by its seed."""

    chance: Chance

    def center(self, code: str) -> Center:
        return CENTERS.get(code, ANY_CENTER)

    def time_factor(self, material: str, operation: int) -> float:
        """True over standard time of a routing row: off by a little, a few by far.

        A standard that was ten times too short would be found on its first day; the slips that
        live on are those that promise too much time.
        """
        name = ("standard", material, operation)
        factor = STANDARD_MEDIAN * math.exp(STANDARD_SIGMA * self.chance.normal(*name))
        if self.chance.uniform(*name, "wrong") >= STANDARD_WRONG:
            return factor
        if self.chance.uniform(*name, "slip") < STANDARD_SLIP:
            return factor / 10
        off = self.chance.between(1.5, 3.0, *name, "off")
        return factor * off if self.chance.uniform(*name, "longer") < 0.5 else factor / off

    def life_s(self, machine: str, center: Center, mode: str, number: int) -> float:
        """Busy seconds until this machine stops in this way for the ``number``th time."""
        at = self.chance.in_turn(number, machine, mode)
        return shapes.weibull(self.shape(machine, mode), center.life_s(mode), at)

    def first_life_s(self, machine: str, center: Center, mode: str, at: float) -> float:
        """What is left of the life that is under way at the first look."""
        return shapes.weibull_left(self.shape(machine, mode), center.life_s(mode), at)

    def shape(self, machine: str, mode: str) -> float:
        """Weibull shape: 1 comes out of the blue, more comes with age."""
        if mode == "mechanical":
            return self.chance.between(*WEAR_SHAPE, machine, "shape")
        return TOOL_SHAPE if mode == "tool" else 1.0

    def needs_fitter(self, place: str, cause: str) -> bool:
        return place not in NO_FITTERS_AT and cause not in THEIR_OWN

    def repair_s(self, place: str, center: Center, cause: str, number: int) -> float:
        """Of the ``number``th breakdown of a work center ``place``; so are those that follow.

        With the way of whoever comes, without the time until he is free.
        """
        at = self.chance.in_turn(number, place, "repair", step=SILVER)
        if not self.needs_fitter(place, cause):
            return shapes.lognormal(center.repair_s, REPAIR_SIGMA, at)
        way_s = shapes.exponential(
            WAY_MIN * MINUTE_S, self.chance.in_turn(number, place, "way", step=BRONZE)
        )
        work_s = center.repair_s - queue_s(place) - WAY_MIN * MINUTE_S
        return way_s + shapes.lognormal(work_s, REPAIR_SIGMA, at)

    def detection_s(self, place: str, center: Center, number: int) -> float:
        at = self.chance.in_turn(number, place, "detection", step=BRONZE)
        return shapes.exponential(center.detection_s, at)

    def pause_s(self, place: str, mode: str, number: int) -> float:
        """For a tool, or for hands."""
        mean_s = MINUTE_S * (TOOL_CHANGE_MIN if mode == "tool" else WAIT_MIN)
        at = self.chance.in_turn(number, place, mode, "lasts", step=SILVER)
        return shapes.exponential(mean_s, at)

    def cause(self, machine: str, mode: str, number: int) -> str:
        """Code of the reason that the fitter names."""
        if mode == "electrical":
            return "SENSOR"
        codes = list(CAUSES)
        bounds = list(accumulate(CAUSES.values()))
        sought = self.chance.uniform(machine, "cause", number) * bounds[-1]
        return codes[bisect_right(bounds, sought)]

    def needs_setter(self, place: str, step: str) -> bool:
        """The same part again is set up by whoever works there."""
        return place in SETTERS_AT and step != "part"

    def setup_s(self, place: str, center: Center, step: str, number: int) -> float:
        mean_s = center.setup_min[step] * MINUTE_S
        at = self.chance.in_turn(number, place, "setup")
        return shapes.lognormal(mean_s, SETUP_SIGMA, at) if mean_s else 0.0

    def pace(self, place: str, center: Center, number: int) -> float:
        """How many times the ideal time the ``number``th lot of the work center takes."""
        at = self.chance.in_turn(number, place, "pace", step=SILVER)
        return shapes.lognormal(1 / (1 - center.slow), PACE_SIGMA, at)

    def learning(self, machine: str, part: str, lots_seen: int) -> float:
        """How many times as long as those take who have done it often."""
        known = int(self.chance.uniform(machine, part, "known") * (KNOWN_LOTS + 1))
        return 1 + LEARNING / (1 + known + lots_seen) ** 2

    def scrap(self, machine: str, center: Center, wear: float, pieces: int, number: int) -> int:
        """Of pieces made while the tool was worn ``wear`` of its mean life."""
        likely = center.scrap * (1 - SETUP_SCRAP) * (0.45 + wear)
        return min(pieces, self.chance.poisson(likely * pieces, machine, "scrap", number))

    def setup_scrap(self, machine: str, center: Center, pieces: int, job: str) -> int:
        likely = center.scrap * SETUP_SCRAP * pieces
        return min(pieces, self.chance.poisson(likely, machine, "setup scrap", job))

    def missing_s(self, machine: str, day: int) -> float:
        """Until somebody else stands there, when who should has not come; mostly nothing."""
        if self.chance.uniform(machine, "absent", day) >= ABSENT:
            return 0.0
        return self.chance.exponential(REPLACED_MIN * MINUTE_S, machine, "replaced", day)
