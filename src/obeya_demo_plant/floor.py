"""What happens next, machine by machine; whoever sees it taps it in.

A machine lives in the working time of its calendar. Setting up and running wear it; it stops for a
tool, for want of hands, or because it breaks. Nothing here knows a load or an OEE: they come out.
"""

import math
from collections.abc import Mapping

from obeya_demo_plant.ageing import Ageing
from obeya_demo_plant.beginning import REPORT_S, Beginning
from obeya_demo_plant.fitters import Fitters
from obeya_demo_plant.hours import ALWAYS, NEVER, Hours
from obeya_demo_plant.queue import Queue
from obeya_demo_plant.seen import Order, Place, Sight
from obeya_demo_plant.state import Job, Machine, Outside, State
from obeya_demo_plant.stores import Stores
from obeya_demo_plant.telling import Telling
from obeya_demo_plant.truth import Truth

DAY_S = 86_400


class Floor:
    """The machines of one plant and what they do."""

    def __init__(self, state: State, sight: Sight, truth: Truth) -> None:
        self.state, self.truth, self.sight = state, truth, sight
        self.places: Mapping[str, Place] = {place.code: place for place in sight.places}
        self.telling = Telling(state)
        self.queue = Queue(state, truth)
        self.ageing = Ageing(sight.places, truth, state.turns)
        self.stores = Stores(state)
        self.stores.know(state.jobs.values())
        self.beginning = Beginning(state, sight, self.queue, self.ageing, self.stores)
        self.fitters = Fitters(state.machines, self.queue, self._hours, sight.zone)
        for place in sight.places:
            if place.code not in state.machines:
                state.machines[place.code] = self.ageing.first_seen(place, state.now)

    def adopt(self, orders: list[Order]) -> None:
        """Take the published plan as it is: also what others did to it meanwhile."""
        for code in self.queue.adopt(orders):
            self._lay_down(code)
        self.stores.know(self.state.jobs.values())
        batches: dict[str, list[Job]] = {}
        for order in orders:
            machine = self.state.machines.get(order.equipment)
            if order.status == "running" and machine and machine.phase == "idle":
                batches.setdefault(order.equipment, []).append(self.state.jobs[order.code])
        for code, jobs in batches.items():
            self._take_over(self.state.machines[code], jobs)
        self.look_again()

    def look_again(self) -> None:
        """Whoever has nothing to do looks whether there is something now."""
        for machine in self.state.machines.values():
            if machine.phase == "idle":
                machine.wakes = min(machine.wakes, self.state.now)

    def advance(self, until: int) -> None:
        """Let everything happen that happens up to ``until``, in the order of time."""
        while True:
            at, code = min(
                ((self._next(machine), code) for code, machine in self.state.machines.items()),
                default=(ALWAYS, ""),
            )
            outside_at, lot = self.queue.next_outside()
            if min(at, outside_at) > until:
                break
            if lot is not None and outside_at <= at:
                self._move_outside(lot, outside_at)
            else:
                self._happen(self.state.machines[code], at)
        self.state.now = until

    def _next(self, machine: Machine) -> int:
        if machine.phase in ("idle", "called"):
            return machine.wakes
        hours = self._hours(machine)
        opening = hours.opening(machine.at)
        if opening > machine.at or (not machine.is_on and machine.phase != "repair"):
            return opening
        return min(hours.after(machine.at, self._until_change(machine)), hours.closing(machine.at))

    def _until_change(self, machine: Machine) -> float:
        if machine.phase in ("pause", "unnoticed", "repair"):
            return machine.left_s
        soonest = min(machine.to_go_s.values(), default=math.inf)
        if machine.phase == "setup":
            return min(machine.left_s, soonest)
        return min(self._to_finish(machine), machine.report_s, soonest)

    def _to_finish(self, machine: Machine) -> float:
        if machine.left_s:
            return machine.left_s  # a batch
        job = self.state.jobs[machine.jobs[0]]
        return max(0.0, (job.pieces - job.made - machine.part_done) * machine.piece_s)

    def _happen(self, machine: Machine, at: int) -> None:
        hours = self._hours(machine)
        if machine.phase == "idle":
            machine.at = at
            self._look_for_work(machine, at)
            return
        if machine.phase == "called":
            machine.wakes = hours.opening(at)
            self.fitters.send(at)
            return
        self._live(machine, hours.worked(machine.at, at))
        machine.at = at
        if hours.opening(at) > at:
            self._go_home(machine, at)
        elif not machine.is_on and machine.phase != "repair":
            self._come_in(machine, at)
        elif self._until_change(machine) <= 0:
            self._change(machine, at)

    def _live(self, machine: Machine, worked_s: float) -> None:
        """Let working time pass."""
        if machine.phase in ("pause", "unnoticed", "repair"):
            machine.left_s -= worked_s
            return
        for mode in machine.to_go_s:
            machine.to_go_s[mode] -= worked_s
        if machine.phase == "setup" or machine.left_s:
            machine.left_s = max(0.0, machine.left_s - worked_s)
        elif machine.piece_s:
            machine.part_done += worked_s / machine.piece_s
            self._count(machine)
        if machine.phase == "run":
            machine.report_s -= worked_s

    def _change(self, machine: Machine, at: int) -> None:
        if machine.phase in ("pause", "unnoticed", "repair"):
            self._end_of_phase(machine, at)
            return
        mode = min(machine.to_go_s, key=machine.to_go_s.__getitem__, default="")
        if mode and machine.to_go_s[mode] <= 0:
            self._stop(machine, mode)
        elif machine.phase == "setup":
            self.beginning.let_setter_go(machine, at)
            self.beginning.run(machine)
        elif self._to_finish(machine) <= 0:
            self._finish(machine, at)
        else:
            self._report(machine, at)

    def _end_of_phase(self, machine: Machine, at: int) -> None:
        if machine.phase == "unnoticed":
            self._report(machine, at)
            number, place = self.ageing.turn(machine, "repair"), self.ageing.place(machine)
            cause, center = (
                self.truth.cause(place, machine.mode, number),
                self.ageing.center(machine),
            )
            self.telling.down(machine.code, cause, at)
            machine.is_on = False
            machine.left_s = self.truth.repair_s(place, center, cause, number)
            machine.phase = "repair"
            if self.truth.needs_fitter(place, cause):
                machine.phase, machine.called = "called", at
                self.fitters.send(at)
            return
        if machine.phase == "repair":
            self.fitters.leave(machine, at)
            self.telling.up(machine.code, at)
            machine.phase, machine.left_s = machine.resume
            machine.wakes = at
            self._switch_on(machine, at)
            return
        machine.phase, machine.left_s = machine.resume

    def _stop(self, machine: Machine, mode: str) -> None:
        """What wore out, broke or is missing stops the machine; its next life begins."""
        self.ageing.renew(machine, mode)
        machine.resume = machine.phase, machine.left_s
        place = self.ageing.place(machine)
        if mode in ("tool", "wait"):
            machine.phase = "pause"
            machine.left_s = self.truth.pause_s(place, mode, self.ageing.turn(machine, mode))
            return
        machine.phase, machine.mode = "unnoticed", mode
        number = self.ageing.turn(machine, "detection")
        machine.left_s = self.truth.detection_s(place, self.ageing.center(machine), number)

    def _look_for_work(self, machine: Machine, at: int) -> None:
        opening = self._hours(machine).opening(at)
        if opening > at:
            machine.wakes = opening
        elif self.beginning.look_for_work(machine, at):
            self._come_in(machine, at)

    def _count(self, machine: Machine) -> None:
        whole = int(machine.part_done + 1e-9)
        if not whole:
            return
        job = self.state.jobs[machine.jobs[0]]
        whole = min(whole, job.pieces - job.made)
        machine.part_done = max(0.0, machine.part_done - whole)
        self.ageing.judge(machine, job, whole)

    def _report(self, machine: Machine, at: int) -> None:
        machine.report_s = REPORT_S
        for code in machine.jobs:
            job = self.state.jobs[code]
            self.stores.take(job, job.made - job.reported)
            self.telling.made(job, at)

    def _finish(self, machine: Machine, at: int) -> None:
        for code in machine.jobs:
            job = self.state.jobs[code]
            if job.made < job.pieces:
                self.ageing.judge(machine, job, job.pieces - job.made)
        self._report(machine, at)
        self.telling.completed(machine.jobs, at)
        for code in machine.jobs:
            job = self.state.jobs[code]
            machine.lots[job.material] = machine.lots.get(job.material, 0) + 1
            self._pass_on(job, at)
        machine.jobs, machine.is_on, machine.phase, machine.wakes = [], False, "idle", at

    def _pass_on(self, job: Job, at: int) -> None:
        job.status = "completed"
        for code in self.queue.after(job, at):
            waiting = self.state.machines.get(code)
            if waiting and waiting.phase == "idle":
                waiting.wakes = min(waiting.wakes, at)

    def _go_home(self, machine: Machine, at: int) -> None:
        if machine.is_on:
            self._report(machine, at)
            self.telling.interrupted(machine.jobs, at)
            machine.is_on = False
        if machine.has_fitter:
            machine.phase, machine.wakes = "called", self._hours(machine).opening(at)
            self.fitters.leave(machine, at)

    def _come_in(self, machine: Machine, at: int) -> None:
        self._switch_on(machine, at)
        day = at // DAY_S
        if day != machine.day and machine.phase in ("setup", "run"):
            machine.day = day
            missing_s = self.truth.missing_s(machine.code, day)
            if missing_s:
                machine.resume = machine.phase, machine.left_s
                machine.phase, machine.left_s = "pause", missing_s

    def _switch_on(self, machine: Machine, at: int) -> None:
        if machine.jobs and not machine.is_on and self._hours(machine).opening(at) <= at:
            self.telling.started(machine.jobs, at)
            machine.is_on = True

    def _move_outside(self, lot: Outside, at: int) -> None:
        job = self.state.jobs[lot.job]
        if not lot.has_left:
            lot.has_left = True
            self.telling.started([job.code], at)
            return
        self.state.outside.remove(lot)
        job.made = job.good = job.pieces
        self.telling.made(job, at)
        self.telling.completed([job.code], at)
        self._pass_on(job, at)

    def _take_over(self, machine: Machine, jobs: list[Job]) -> None:
        """What runs already when the plant of truth comes, in a furnace two lots: go on with it."""
        for job in jobs:
            job.is_set_up = True
        machine.at, machine.is_on = self.state.now, True
        machine.jobs, machine.part = [job.code for job in jobs], jobs[0].material
        machine.family = jobs[0].family
        machine.report_s = REPORT_S
        self.beginning.run(machine)

    def _lay_down(self, code: str) -> None:
        """Somebody else stopped, finished or moved this job: whoever works on it lets go."""
        for machine in self.state.machines.values():
            if code in machine.jobs:
                machine.jobs.remove(code)
                if not machine.jobs and machine.phase not in ("called", "repair"):
                    machine.phase, machine.is_on = "idle", False
                if not machine.jobs:
                    machine.resume = "idle", 0.0
                    self.beginning.let_setter_go(machine, self.state.now)

    def _hours(self, machine: Machine) -> Hours:
        return self.sight.hours.get(self.places[machine.code].calendar, NEVER)
