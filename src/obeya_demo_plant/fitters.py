"""Fitters: few, and a machine that has broken down waits for one."""

from collections.abc import Callable, Mapping
from datetime import tzinfo

from obeya_demo_plant import crew
from obeya_demo_plant.hours import Hours
from obeya_demo_plant.queue import Queue
from obeya_demo_plant.state import Machine


class Fitters:
    """Of one plant."""

    def __init__(
        self,
        machines: Mapping[str, Machine],
        queue: Queue,
        hours: Callable[[Machine], Hours],
        zone: tzinfo,
    ) -> None:
        self.machines, self.queue, self.hours, self.zone = machines, queue, hours, zone

    def free(self, at: int) -> int:
        busy = sum(each.has_fitter for each in self.machines.values())
        return crew.fitters_on_shift(at, self.zone) - busy

    def send(self, at: int) -> None:
        """Whoever is free goes to the machine that is furthest behind the plan.

        Where nothing is behind, to the one that has waited longest. Who still waits then looks
        again when the shift changes; a fitter who gets free comes by himself.
        """
        waiting = [
            each
            for each in self.machines.values()
            if each.phase == "called" and self.hours(each).opening(at) <= at
        ]
        waiting.sort(key=lambda each: (-self._behind_s(each, at), each.called, each.code))
        for machine in waiting[: max(0, self.free(at))]:
            machine.phase, machine.has_fitter, machine.at = "repair", True, at
        for machine in waiting:
            if machine.phase == "called":
                machine.wakes = crew.next_shift(at, self.zone)

    def leave(self, machine: Machine, at: int) -> None:
        """He has done, or the people of the machine go home; then he goes to whoever waits."""
        if machine.has_fitter:
            machine.has_fitter = False
            self.send(at)

    def _behind_s(self, machine: Machine, at: int) -> int:
        behind = self.queue.behind_s(machine.code, at)
        return max(0, behind) if behind is not None else 0
