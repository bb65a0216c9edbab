"""When could we deliver? A new order fitted into a plan in which nothing moves."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np

from ..arrays import Ints
from ..cause import Segment
from ..change import loaded
from ..delay import Delays
from ..explain import chain_of
from ..kernels.group import PLACED
from ..kernels.place import take_back
from ..kernels.plant import END, NONE, WAY, State
from ..kernels.retime import NO_WISH, retime
from ..packing import Packed, packed
from ..placing import refuse_failure
from ..problem import Problem
from ..schedule import Schedule
from ..unschedulable import Unschedulable
from .new_order import NewOrder
from .tables import Tables

_MOST_PLANS = 256


@dataclass(frozen=True, eq=False)
class Promise:
    """The earliest completion that leaves every other operation where it is.

    Attributes
    ----------
    completion
        When the order is done [s].
    is_exact
        Whether all combinations of alternatives, in every order of the routing, were tried.
    operations
        Rows of the order in ``problem``.
    problem, schedule
        With the order in it; ``schedule`` holds, and all other runs start and end as before.
    """

    completion: int
    is_exact: bool
    operations: tuple[int, ...]
    problem: Problem
    schedule: Schedule

    def because(self) -> tuple[Segment, ...]:
        """What the time from now to the completion goes to, in time order, without a gap."""
        return chain_of(Delays(self.problem, self.schedule), self.operations[-1])


def promise(
    problem: Problem,
    schedule: Schedule,
    order: NewOrder,
    *,
    most_plans: int = _MOST_PLANS,
    like: Problem | None = None,
) -> Promise:
    """Find the earliest completion of an order, without moving what is planned.

    Each operation in turn goes into the first gap, on the alternative where it ends first. Then
    other alternatives and other orders of the routing are tried: all of them if there are at most
    ``most_plans``, else one operation changed at a time, from the last one back.

    Parameters
    ----------
    schedule
        A plan that holds in ``problem``.
    like
        A problem that differs little and is asked about more often; None: this one.

    Raises
    ------
    Unschedulable
        If it cannot be done before the horizon.
    """
    tables = Tables(problem)
    _, rows = tables.add_order(order)
    rebuilt = tables.build()
    wider, new = rebuilt.problem, np.array(rows, np.int64)
    known = packed(problem if like is None else like, schedule.maintenance_start)
    pack = packed(wider, schedule.maintenance_start, like=known)
    planned = _widened(wider, schedule, new)
    trial = _Trial(pack, loaded(pack, planned, without=new), new)
    trial.run(np.full(len(new), -1, np.int64), np.arange(len(new)))
    if trial.best is None:
        refuse_failure(pack, trial.failure)
    is_exact = _count(wider, new, most_plans) <= most_plans
    if is_exact:
        for ways, turns in _all_plans(wider, new):
            trial.run(ways, turns)
    else:
        _one_at_a_time(trial, wider, new, most_plans)
    if trial.best is None:
        raise Unschedulable.of(wider, "horizon", rows[-1], -1)
    completion, ways, turns = trial.best
    state = trial.settle(ways, turns)
    return Promise(completion, is_exact, tuple(rows), wider, pack.schedule(state))


class _Trial:
    """Ways and turns of the new operations, tried on one plan."""

    def __init__(self, pack: Packed, state: State, new: Ints) -> None:
        self.pack, self.state, self.new = pack, state, new
        self.best: tuple[int, Ints, Ints] | None = None  # completion, ways, turns
        self.failure = (PLACED, -1, -1)
        self.wanted = np.zeros(len(pack.problem), np.int64)
        self.wanted[new] = 1

    def run(self, ways: Ints, turns: Ints) -> None:
        """Try the new operations on these ways (-1 any), those that may by turns."""
        outcome = self._place(ways, turns)
        if outcome[0] == PLACED:
            completion = int(self.state.bar[self.new[-1], END])
            if self.best is None or completion < self.best[0]:
                self.best = completion, ways.copy(), turns.copy()
        else:
            self.failure = outcome
        for row in self.new[::-1]:
            if self.state.bar[row, WAY] >= 0:
                take_back(self.pack.plant, self.state, int(row))

    def settle(self, ways: Ints, turns: Ints) -> State:
        """Place them as it was best; to keep each better state would copy the whole plan."""
        refuse_failure(self.pack, self._place(ways, turns))
        return self.state

    def _place(self, ways: Ints, turns: Ints) -> tuple[int, int, int]:
        state, key = self.state, np.zeros(len(self.pack.problem))
        state.only_way[self.new] = ways
        state.not_done_before[self.new] = NONE
        key[self.new] = turns
        status, operation, blocker = retime(self.pack.plant, state, key, self.wanted, NO_WISH)
        return status, operation, blocker


def _widened(problem: Problem, schedule: Schedule, new: Ints) -> Schedule:
    first, n = problem.operations.first_alternative, len(new)
    return Schedule.of(
        problem,
        alternative=np.concatenate([schedule.alternative, first[new]]),
        setup_start=np.concatenate([schedule.setup_start, np.full(n, problem.now)]),
        start=np.concatenate([schedule.start, np.full(n, problem.now)]),
        end=np.concatenate([schedule.end, np.full(n, problem.now)]),
        maintenance_start=schedule.maintenance_start,
    )


def _count(problem: Problem, new: Ints, most: int) -> int:
    """How many plans there are, ways times orders of the routing; if more than ``most``, about."""
    ways = prod(len(problem.alternatives_of(int(row))) for row in new)
    orders = sum(1 for _ in itertools.islice(_turns(problem, new), most // ways + 1))
    return int(ways * orders)


def _all_plans(problem: Problem, new: Ints) -> Iterator[tuple[Ints, Ints]]:
    options = [problem.alternatives_of(int(row)) for row in new]
    for turns in _turns(problem, new):
        for ways in itertools.product(*options):
            yield np.array(ways, np.int64), turns


def _turns(problem: Problem, new: Ints) -> Iterator[Ints]:
    """Every order in which each operation comes after its predecessors, as turns."""
    arcs, first = problem.precedence, int(new[0])
    before: list[set[int]] = [
        {int(b) - first for b in arcs.before[arcs.first[row] : arcs.first[row + 1]]}
        for row in new.tolist()
    ]

    done: list[int] = []
    placed: set[int] = set()
    to_try = [iter(range(len(before)))]  # one for each place in the order, not a call: it is long
    while to_try:
        free = (row for row in to_try[-1] if row not in placed and before[row] <= placed)
        row = next(free, None)
        if row is not None:
            done.append(row)
            placed.add(row)
            to_try.append(iter(range(len(before))))
            if len(done) == len(before):
                turns = np.empty(len(done), np.int64)
                turns[done] = np.arange(len(done))
                yield turns
            continue
        to_try.pop()
        if done:
            placed.remove(done.pop())


def _one_at_a_time(trial: _Trial, problem: Problem, new: Ints, most: int) -> None:
    """Hold one operation at a time to each of its ways, the others free; then the next order."""
    tried = 0
    for turns in _turns(problem, new):
        trial.run(np.full(len(new), -1, np.int64), turns)
        for position in range(len(new) - 1, -1, -1):
            for way in problem.alternatives_of(int(new[position])):
                ways = np.full(len(new), -1, np.int64)
                ways[position] = way
                trial.run(ways, turns)
                tried += 1
                if tried >= most:
                    return
