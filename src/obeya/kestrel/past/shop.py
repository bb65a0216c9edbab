"""The shop in time: orders queue at work centers, machines take the most urgent, stock follows."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from obeya.kestrel.past.furnaces import Furnaces
from obeya.kestrel.past.hours import Hours
from obeya.kestrel.past.places import Machine, Places
from obeya.kestrel.past.records import Job, Order
from obeya.kestrel.past.truth import SETTERS, Truth
from obeya.kestrel.past.wear import Done, Wear
from obeya.kestrel.routings import family_of, standard_s, tool_of

MOVE_S = 600  # between two operations
PATIENCE_S = {"GRIND": 2_200, "GEAR": 300, "PRESS": 200}  # a minute of setup, in urgency
USUAL_PATIENCE_S = 600
SLOWER = 1.06  # on a machine that is only second choice


@dataclass
class State:
    """A machine now."""

    machine: Machine
    wear: Wear
    family: str
    is_busy: bool = False


@dataclass
class Shop:
    """Runs from event to event; what it calls back is the planner's and the store's business."""

    places: Places
    truths: Mapping[str, Truth]
    factors: Mapping[tuple[str, int], float]
    rng: np.random.Generator
    may_begin: Callable[[Order], bool] = lambda order: True  # whether its components are there
    on_begin: Callable[[Order], None] = lambda order: None
    on_made: Callable[[Order, int], None] = lambda order, at: None
    events: list[tuple[int, int, Callable[[int], None]]] = field(default_factory=list)
    queues: dict[str, list[Order]] = field(default_factory=lambda: defaultdict(list))
    tools: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.count = 0
        self.states: dict[str, list[State]] = defaultdict(list)
        for machine in self.places.machines:
            luck = np.random.default_rng(self.rng.integers(1 << 62))
            wear = Wear(self.truths[machine.center], luck)
            self.states[machine.center].append(State(machine, wear, machine.family))
        self.furnaces = Furnaces(self)

    def later(self, at: int, what: Callable[[int], None]) -> None:
        self.count += 1
        heapq.heappush(self.events, (at, self.count, what))

    def run(self, until: int) -> None:
        while self.events and self.events[0][0] <= until:
            at, _, what = heapq.heappop(self.events)
            what(at)

    def hours(self, center: str) -> Hours:
        return self.places.hours[center]

    # -- orders arrive ------------------------------------------------------------------------

    def arrive(self, order: Order, at: int) -> None:
        """At the queue of its next operation, or outside, or in the store."""
        if order.is_done:
            self.on_made(order, at)
            return
        step = order.job.step
        if not step.center:
            self._go_outside(order, at)
            return
        if step.fixed_min:
            self.queues[step.center].append(order)
            self.furnaces.look(step.center, at)
            return
        for ready in self.furnaces.in_pairs(order, at):
            self.queues[step.center].append(ready)
        self.look(step.center, at)

    def look(self, center: str, at: int) -> None:
        """Give work to whatever machine of the center is free."""
        for state in self.states[center]:
            if not state.is_busy and not state.machine.is_furnace:
                self._next(state, at)

    def _next(self, state: State, at: int) -> None:
        center = state.machine.center
        best: tuple[float, Order] | None = None
        for order in self.queues[center]:
            job = order.job
            if job.step.fixed_min or not self.places.can(state.machine, job.step, order.part):
                continue
            tool = tool_of(job.step, order.part)
            if tool and self.tools[tool] >= self.places.tools[tool]:
                continue
            family = family_of(job.step, order.part)
            setup = self.places.setup_min(center, state.family, family)
            score = job.planned[1] + PATIENCE_S.get(center, USUAL_PATIENCE_S) * setup
            if not self.places.is_usual(state.machine, job.step, order.part):
                score += 8 * 3600
            if (best is None or score < best[0]) and (order.at or self.may_begin(order)):
                best = score, order
        if best is not None:
            self._begin(state, best[1], at)

    def _begin(self, state: State, order: Order, at: int) -> None:
        job, step, center = order.job, order.job.step, state.machine.center
        self.queues[center].remove(order)
        if not order.at:
            self.on_begin(order)
        tool, family = tool_of(step, order.part), family_of(step, order.part)
        if tool:
            self.tools[tool] += 1
        setup = self.places.setup_min(center, state.family, family)
        each = float(standard_s(step, order.part)) * self.factors.get(
            (order.part.code, step.number), 1.0
        )
        if not self.places.is_usual(state.machine, step, order.part):
            each *= SLOWER
        each *= self.truths[center].slow
        done = state.wear.work(int(setup * 60 * SETTERS.get(center, 1.0)), order.pieces * each)
        worked = self.hours(center).worked(at)
        self.occupy(state, [order], worked, done, family=family)
        first_s = self.truths[center].setup_scrap_s if setup else 0.0
        self._spoil(order, center, done.drifted_s / each, first_s / each)
        ends = job.ended or at

        def finish(now: int) -> None:
            self.tools[tool] -= 1
            state.is_busy = False
            self.leave(order, now)
            self._next(state, now)
            if tool:
                self.look(center, now)

        self.later(ends, finish)

    def occupy(
        self, state: State, orders: list[Order], worked: int, done: Done, *, family: str
    ) -> None:
        """The machine is taken from now on, working time after working time."""
        hours = self.hours(state.machine.center)
        state.is_busy, state.family = True, family or state.family
        for order in orders:
            job = order.job
            job.machine = state.machine.code
            job.begun_worked, job.segments = worked, done.segments
            job.began = hours.begin(worked)
            job.ended = hours.end(worked + done.seconds)

    def _spoil(self, order: Order, center: str, drifted: float, first: float) -> None:
        """Pieces that are lost: by drift, in the setup, and one by one."""
        truth, job, left = self.truths[center], order.job, order.pieces
        lost = {"SIZE DRIFT": round(drifted), "SETUP PIECE": int(self.rng.poisson(first))}
        for cause, chance in truth.lost.items():
            lost[cause] = int(self.rng.binomial(left, chance))
        for cause, pieces in lost.items():
            taken = min(pieces, left - 1)
            if taken > 0:
                job.scrap[cause] = taken
                left -= taken
        job.good = left

    def spoil_batch(self, order: Order, center: str) -> None:
        self._spoil(order, center, 0.0, 0.0)

    def leave(self, order: Order, at: int) -> None:
        """The operation is done: on to the next one."""
        job = order.job
        order.pieces = job.good
        order.at += 1
        if order.at < len(order.jobs):
            self.later(at + MOVE_S, lambda now: self.arrive(order, now))
        else:
            self.arrive(order, at)

    def _go_outside(self, order: Order, at: int) -> None:
        leaves = self.places.next_truck(at)
        back = self.places.back_from_outside(leaves, self.rng)
        job: Job = order.job
        job.began, job.ended, job.good = leaves, back, order.pieces

        def come(now: int) -> None:
            self.leave(order, now)

        self.later(back, come)
