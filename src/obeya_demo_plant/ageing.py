"""How a machine's parts age, and what that does to its pieces."""

import math
from collections import defaultdict
from collections.abc import MutableMapping, Sequence

from obeya_demo_plant.seen import Place
from obeya_demo_plant.state import Job, Machine
from obeya_demo_plant.truth import MODES, Center, Truth

MIDDLING = 0.55  # wear of the tool where none is ever changed


class Ageing:
    """Of the machines of one plant."""

    def __init__(
        self, places: Sequence[Place], truth: Truth, turns: MutableMapping[str, int]
    ) -> None:
        """``turns``: how often each work center has asked for each kind of luck."""
        self.truth, self.turns = truth, turns
        self._places = {place.code: place for place in places}
        self._mates = defaultdict(list)
        for place in places:
            self._mates[place.center].append(place.code)

    def center(self, machine: Machine) -> Center:
        return self.truth.center(self.place(machine))

    def place(self, machine: Machine) -> str:
        """Code of its work center."""
        return self._places[machine.code].center

    def draw(self, machine: Machine, kind: str) -> int:
        """How often this machine has asked for this kind of luck; from now on once more."""
        number = machine.drawn.get(kind, 0)
        machine.drawn[kind] = number + 1
        return number

    def turn(self, machine: Machine, kind: str) -> int:
        """The same of its work center: its people and fitters meet one case after the other."""
        name = f"{self.place(machine)} {kind}"
        number = self.turns.get(name, 0)
        self.turns[name] = number + 1
        return number

    def renew(self, machine: Machine, mode: str) -> None:
        """The next life of what has stopped the machine."""
        number = self.draw(machine, mode)
        center = self.center(machine)
        machine.to_go_s[mode] = self.truth.life_s(machine.code, center, mode, number)

    def first_seen(self, place: Place, now: int) -> Machine:
        """Each of its parts is somewhere in its life, those of one work center far apart."""
        machine = Machine(place.code, family=place.family, at=now, wakes=now)
        center, mates = self.center(machine), self._mates[place.center]
        for mode in MODES:
            if center.life_s(mode) < math.inf:
                at = self.truth.chance.one_each(
                    mates.index(place.code), len(mates), place.center, mode, "age"
                )
                machine.to_go_s[mode] = self.truth.first_life_s(place.code, center, mode, at)
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
