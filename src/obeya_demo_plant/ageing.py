"""How a machine's parts age, and what that does to its pieces."""

import math
from collections.abc import Sequence

from obeya_demo_plant.seen import Place
from obeya_demo_plant.state import Job, Machine
from obeya_demo_plant.truth import MODES, Center, Truth

BURN_IN = 20  # lives before the first look: a plant is not new on its first morning
MIDDLING = 0.55  # wear of the tool where none is ever changed


class Ageing:
    """Of the machines of one plant."""

    def __init__(self, places: Sequence[Place], truth: Truth) -> None:
        self.truth = truth
        self._centers = {place.code: truth.center(place.center) for place in places}

    def center(self, machine: Machine) -> Center:
        return self._centers[machine.code]

    def draw(self, machine: Machine, kind: str) -> int:
        """How often this machine has asked for this kind of luck; from now on once more."""
        number = machine.drawn.get(kind, 0)
        machine.drawn[kind] = number + 1
        return number

    def renew(self, machine: Machine, mode: str, number: int) -> None:
        """The next life of what has stopped the machine."""
        center = self.center(machine)
        machine.to_go_s[mode] = self.truth.life_s(machine.code, center, mode, number)

    def first_seen(self, place: Place, now: int) -> Machine:
        """Each of its parts is somewhere in its life."""
        machine = Machine(place.code, family=place.family, at=now, wakes=now)
        center = self.center(machine)
        for mode in MODES:
            mean_s = center.life_s(mode)
            if mean_s == math.inf:
                continue
            old_s = mean_s * BURN_IN * (1 + self.truth.chance.uniform(place.code, mode, "age"))
            number = 0
            while old_s >= 0:
                old_s -= self.truth.life_s(place.code, center, mode, number)
                number += 1
            machine.to_go_s[mode], machine.drawn[mode] = -old_s, number
        return machine

    def judge(self, machine: Machine, job: Job, pieces: int) -> None:
        """How many of these are scrap: the more worn the tool, the more."""
        center = self.center(machine)
        mean_s = center.life_s("tool")
        left_s = max(0.0, machine.to_go_s.get("tool", math.inf))
        wear = MIDDLING if mean_s == math.inf else max(0.0, 1 - left_s / mean_s)
        number = self.draw(machine, "scrap")
        scrap = self.truth.scrap(machine.code, center, wear, pieces, number)
        job.made += pieces
        job.good += pieces - scrap
        job.scrap_to_report += scrap
