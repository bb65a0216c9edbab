"""What a machine begins next: in the order of the plan, with its material and its setter there."""

from collections.abc import Mapping

from obeya_demo_plant import crew
from obeya_demo_plant.ageing import Ageing
from obeya_demo_plant.queue import Queue
from obeya_demo_plant.seen import Sight
from obeya_demo_plant.state import Job, Machine, State
from obeya_demo_plant.stores import Stores

REPORT_S = 4 * 3600.0  # somebody counts the boxes


class Beginning:
    """Of the jobs of one plant."""

    def __init__(
        self, state: State, sight: Sight, queue: Queue, ageing: Ageing, stores: Stores
    ) -> None:
        self.state, self.queue, self.ageing, self.stores = state, queue, ageing, stores
        self.truth, self.zone = ageing.truth, sight.zone
        self._lots: Mapping[str, int] = {place.code: place.places for place in sight.places}

    def look_for_work(self, machine: Machine, at: int) -> bool:
        """Whether something is begun; if not, the machine knows when to look again."""
        machine.waits = False
        lots = self._lots[machine.code]
        jobs, machine.wakes = self.queue.find(machine.code, lots, at, self.stores.pieces)
        if not jobs:
            return False
        step = self._step(machine, jobs[0])
        is_set_up = jobs[0].is_set_up or not self.truth.needs_setter(
            self.ageing.place(machine), step
        )
        if not is_set_up:
            if crew.busy(self.state.machines.values()) >= crew.on_shift(at, self.zone):
                machine.waits, machine.wakes = True, crew.next_shift(at, self.zone)
                return False
            machine.has_setter = True
        for job in jobs:
            job.status = "running"
            job.pieces = job.made + self.stores.pieces(job)
        self._set_up(machine, jobs, step)
        return True

    def let_setter_go(self, machine: Machine, at: int) -> None:
        """He goes to whoever waits."""
        if machine.has_setter:
            machine.has_setter = False
            for other in self.state.machines.values():
                if other.waits:
                    other.wakes = min(other.wakes, at)

    def run(self, machine: Machine) -> None:
        """The first piece is good: from now on they come."""
        center, jobs = self.ageing.center(machine), [self.state.jobs[code] for code in machine.jobs]
        first = jobs[0]
        if not first.pace:
            number = self.ageing.turn(machine, "pace")
            first.pace = self.truth.pace(self.ageing.place(machine), center, number)
        lots = machine.lots.get(first.material, 0)
        learning = self.truth.learning(machine.code, first.material, lots)
        factor = self.truth.time_factor(first.material, first.operation)
        machine.phase = "run"
        machine.piece_s = first.run_s * factor * first.pace * learning
        machine.left_s = 0.0
        if first.fixed_s or machine.piece_s <= 0:  # a batch is as long as its recipe
            machine.piece_s = 0.0
            machine.left_s = max(1.0, max(job.fixed_s for job in jobs) * first.pace)
            return
        if not first.is_set_up:
            spoiled = self.truth.setup_scrap(machine.code, center, first.pieces, first.code)
            first.made += min(spoiled, first.pieces - first.made)
            first.scrap_to_report += min(spoiled, first.pieces)
        first.is_set_up = True

    def _step(self, machine: Machine, job: Job) -> str:
        if machine.part == job.material:
            return "part"
        return "family" if machine.family == job.family else "other"

    def _set_up(self, machine: Machine, jobs: list[Job], step: str) -> None:
        first, center = jobs[0], self.ageing.center(machine)
        machine.jobs = [job.code for job in jobs]
        machine.phase, machine.left_s = "setup", 0.0
        if not first.is_set_up:
            number = self.ageing.turn(machine, "setup")
            machine.left_s = self.truth.setup_s(self.ageing.place(machine), center, step, number)
        machine.part, machine.family = first.material, first.family or machine.family
        machine.part_done, machine.report_s = 0.0, REPORT_S
