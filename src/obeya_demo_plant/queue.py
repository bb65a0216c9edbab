"""Which job is next: the published plan in its order, as far as it can be done."""

from collections import defaultdict, deque
from collections.abc import Callable, Set
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from obeya_demo_plant.hours import ALWAYS
from obeya_demo_plant.seen import Order
from obeya_demo_plant.state import Job, Outside, State
from obeya_demo_plant.truth import Truth

EARLY_S = 8 * 3600  # nobody begins more than a shift before the plan says so
SAME_BATCH_S = 600
DAY_S = 86_400
TRUCK_DAYS, TRUCK_HOUR = (1, 3), 9  # Tuesday and Thursday
OUTSIDE_DAYS, OUTSIDE_SIGMA = 5.0, 0.24
READY = ("ready", "interrupted")
BEGUN = ("running", "interrupted")
DONE = ("completed", "closed", "cancelled")


class Queue:
    """The jobs of the plan, by machine and by order."""

    def __init__(self, state: State, truth: Truth) -> None:
        self.state, self.truth = state, truth
        self._sort()

    def adopt(self, orders: list[Order]) -> list[str]:
        """Make the jobs what the list says; returns those that others changed."""
        changed, told = [], {each.order for each in orders if each.status not in DONE}
        in_work = self._in_work()
        begun: set[str] = set()
        for seen in orders:
            job = self.state.jobs.get(seen.code)
            if job is None:
                if seen.order not in told:
                    continue  # done before the plant of truth came
                job = self.state.jobs[seen.code] = _new(seen)
                if seen.status in BEGUN:
                    begun.add(seen.code)
            elif (expected := in_work.get(job.code, job.status)) != seen.status or (
                expected in READY and job.equipment != seen.equipment
            ):
                changed.append(seen.code)
                job.is_set_up = job.is_set_up and job.equipment == seen.equipment
                job.status, job.equipment = seen.status, seen.equipment
            job.planned = seen.planned
        self._sort()
        for code in told:
            self._pour(self._of_order[code], begun)
        self._send_outside(self.state.now)
        return changed

    def find(
        self, machine: str, places: int, at: int, material: Callable[[Job], int]
    ) -> tuple[list[Job], int]:
        """The jobs to begin now, or none and when to look again.

        ``material``: for how many pieces of a job it is there.
        """
        queue = self._of_machine[machine]
        while queue and queue[0].status in DONE:
            queue.popleft()
        waiting = (job for job in queue if job.status in READY and job.pieces > job.made)
        soon = takewhile(lambda job: job.planned - EARLY_S <= at, waiting)
        first = next((job for job in soon if material(job)), None)
        if first is None:
            later = (job.planned - EARLY_S for job in queue if job.planned - EARLY_S > at)
            return [], next(later, ALWAYS)
        batch = [first]
        if first.fixed_s and places > 1:
            others = (job for job in queue if job.planned >= first.planned and job is not first)
            together = takewhile(lambda job: job.planned - first.planned < SAME_BATCH_S, others)
            batch += [
                job
                for job in together
                if job.status in READY
                and job.pieces > job.made
                and job.family == first.family
                and material(job)
            ]
        return batch[:places], ALWAYS

    def behind_s(self, machine: str, at: int) -> int | None:
        """Since when its next job should have begun; nothing if it has none, below 0 if early."""
        waiting = (job for job in self._of_machine[machine] if job.status in READY)
        first = next(waiting, None)
        return at - first.planned if first else None

    def after(self, job: Job, at: int) -> list[str]:
        """The job is complete: the next of its order gets its good pieces. Machines to wake."""
        self._pour(self._of_order[job.order])
        self._send_outside(at)
        follower = next(
            (each for each in self._of_order[job.order] if each.operation > job.operation), None
        )
        return [follower.equipment] if follower and follower.equipment else []

    def next_outside(self) -> tuple[int, Outside | None]:
        if not self.state.outside:
            return ALWAYS, None
        lot = min(self.state.outside, key=lambda each: (_due(each), each.job))
        return _due(lot), lot

    def _in_work(self) -> dict[str, str]:
        """What the books should say of the jobs that somebody has begun."""
        found: dict[str, str] = {}
        for machine in self.state.machines.values():
            found |= dict.fromkeys(machine.jobs, "running" if machine.is_on else "interrupted")
        for lot in self.state.outside:
            found[lot.job] = "running" if lot.has_left else "ready"
        return found

    def _sort(self) -> None:
        self._of_machine: dict[str, deque[Job]] = defaultdict(deque)  # in the order of the plan
        self._of_order: dict[str, list[Job]] = defaultdict(list)
        for job in sorted(self.state.jobs.values(), key=lambda each: (each.planned, each.code)):
            self._of_machine[job.equipment].append(job)
        for job in sorted(self.state.jobs.values(), key=lambda each: each.operation):
            self._of_order[job.order].append(job)

    def _pour(self, steps: list[Job], begun: Set[str] = frozenset()) -> None:
        """What a step has to work on: all for the first, then what the step before passed on.

        ``begun``: jobs that others had begun before we came; they got no more than that either.
        """
        pieces = steps[0].quantity if steps else 0
        for job in steps:
            if job.status in READY and not job.made:
                job.pieces = pieces
            elif job.code in begun:
                job.pieces = max(pieces, job.made + 1)
            if job.status not in DONE:
                break
            pieces = job.good

    def _send_outside(self, at: int) -> None:
        known = {lot.job for lot in self.state.outside}
        for job in self._of_machine[""]:
            if job.status == "running" and job.code not in known:  # it left before we came
                days = self.truth.chance.between(0, OUTSIDE_DAYS, job.code, "back")
                self.state.outside.append(Outside(job.code, at, at + int(days * DAY_S), True))
            elif job.status in READY and job.pieces > job.made:
                job.status = "running"
                leaves = _next_truck(at)
                days = self.truth.chance.lognormal(OUTSIDE_DAYS, OUTSIDE_SIGMA, job.code, "outside")
                self.state.outside.append(Outside(job.code, leaves, leaves + int(days * DAY_S)))


def _new(seen: Order) -> Job:
    job = Job(
        code=seen.code,
        order=seen.order,
        operation=seen.operation,
        status=seen.status,
        equipment=seen.equipment,
        material=seen.material,
        family=seen.family,
        run_s=seen.run_s,
        fixed_s=seen.fixed_s,
        quantity=seen.quantity,
        planned=seen.planned,
        made=seen.made,
        good=seen.good,
        reported=seen.made,
    )
    if seen.status in BEGUN:
        job.pieces = max(seen.quantity, seen.made + 1)
    return job


def _due(lot: Outside) -> int:
    return lot.returns if lot.has_left else lot.leaves


def _next_truck(at: int) -> int:
    day = datetime.fromtimestamp(at, UTC).replace(hour=TRUCK_HOUR, minute=0, second=0)
    while day.weekday() not in TRUCK_DAYS or day.timestamp() <= at:
        day += timedelta(days=1)
    return int(day.timestamp())
