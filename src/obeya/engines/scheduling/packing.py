"""A problem packed for the kernels, and the empty plan to start from."""

from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np

from .arrays import Ints
from .kernels import plant as columns
from .kernels.plant import NONE, Plant, State
from .kernels.topology import groups, topological
from .problem import Problem
from .schedule import Schedule
from .working_time import Spans, intersect, join, without, worked_before

_packed: WeakKeyDictionary[Problem, dict[bytes, "Packed"]] = WeakKeyDictionary()
_KEPT = 4  # plans of one problem with different maintenance times


class Packed:
    """A plant for the kernels, with its operations in topological order."""

    def __init__(self, problem: Problem, maintenance_start: Ints) -> None:
        self.problem, self.maintenance_start = problem, maintenance_start
        of_way, of_machine, spans = _calendars(problem, maintenance_start)
        worked = np.concatenate([np.zeros(0, np.int64), *(worked_before(row) for row in spans)])
        op, following = _operations(problem), _following(problem)
        arcs = problem.precedence
        arc = _packed_columns(
            arcs.before, arcs.after, arcs.kind, arcs.lag, arcs.end_lag, arcs.maximum_wait
        )
        self.topological = topological(op, arc, following)
        group_of, group, member = _groups(problem, self.topological)
        setups = problem.setups
        self.plant = Plant(
            op=op,
            way=_ways(problem, of_way),
            arc=arc,
            following=following,
            machine=_machines(problem, of_machine),
            matrix=_packed_columns(setups.first[:-1], setups.families),
            setup=setups.seconds.copy(),
            span=_packed_columns(*np.concatenate([np.zeros((0, 2), np.int64), *spans]).T, worked),
            calendar=np.cumsum([0, *(len(row) for row in spans)], dtype=np.int64),
            group_of=group_of,
            group=group,
            member=member,
            clock=np.array([problem.now, problem.horizon], dtype=np.int64),
        )
        self._fill_pools(_pool_room(problem, self.plant))

    def empty_state(self) -> State:
        """A plan in which nothing is placed yet."""
        problem, n = self.problem, len(self.problem)
        bar = np.zeros((n, 5), np.int64)
        bar[:, columns.WAY] = -1
        return State(
            bar=bar,
            line=np.zeros(len(problem.alternatives), np.int64),
            length=np.zeros(len(problem.machines), np.int64),
            pool=self._pool,
            steps=self._steps.copy(),
            moment=self._moment.copy(),
            level=self._level.copy(),
            not_before=np.full(n, NONE, np.int64),
            not_done_before=np.full(n, NONE, np.int64),
            only_way=np.full(n, -1, np.int64),
        )

    def _fill_pools(self, room: list[int]) -> None:
        """Lay out the free capacity of each pool over time."""
        self._pool = np.cumsum([0, *room], dtype=np.int64)
        self._moment = np.zeros(self._pool[-1], np.int64)
        self._level = np.zeros(self._pool[-1], np.int64)
        self._steps = np.zeros(len(room), np.int64)
        for pool, first in enumerate(self._pool[:-1]):
            row = _capacity_steps(self.problem, pool)
            self._steps[pool] = len(row)
            self._moment[first : first + len(row)] = row[:, 0]
            self._level[first : first + len(row)] = row[:, 1]

    def schedule(self, state: State) -> Schedule:
        """The complete plan as a schedule."""
        bar = state.bar
        return Schedule.of(
            self.problem,
            alternative=bar[:, columns.WAY],
            setup_start=bar[:, columns.SETUP_START],
            start=bar[:, columns.START],
            end=bar[:, columns.END],
            maintenance_start=self.maintenance_start,
        )


def packed(problem: Problem, maintenance_start: Ints) -> Packed:
    """Pack a problem, or give the pack made before."""
    kept = _packed.setdefault(problem, {})
    key = maintenance_start.tobytes()
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = Packed(problem, maintenance_start)
    return kept[key]


def _packed_columns(*arrays: Ints) -> Ints:
    return np.ascontiguousarray(np.column_stack(arrays), dtype=np.int64)


def _calendars(problem: Problem, maintenance_start: Ints) -> tuple[Ints, Ints, list[Spans]]:
    """Calendar of each alternative and of each machine: shifts less maintenance, with the crew."""
    jobs, machines, ways = problem.maintenance, problem.machines, problem.alternatives
    cut = np.zeros(len(machines), dtype=bool)
    cut[jobs.machine] = True
    spans: list[Spans] = []
    known: dict[tuple[int, int, int, int], int] = {}
    calendars = problem.calendars
    shifts = [
        np.column_stack([calendars.start[first:last], calendars.end[first:last]])
        for first, last in pairwise(calendars.first.tolist())
    ]
    present: dict[tuple[int, int], Spans] = {}

    def calendar_of(machine: int, crew: int, heads: int) -> int:
        own = machine if cut[machine] else -1
        key = (int(machines.calendar[machine]), own, crew, heads)
        if key not in known:
            if crew >= 0:
                if (crew, heads) not in present:
                    present[crew, heads] = _presence(problem, crew, heads)
                row = intersect(spans[calendar_of(machine, -1, 0)], present[crew, heads])
            else:
                row = shifts[key[0]]
                if own >= 0:
                    mine = np.flatnonzero(jobs.machine == own)
                    begins = maintenance_start[mine]
                    row = without(row, np.column_stack([begins, begins + jobs.duration[mine]]))
            known[key] = len(spans)
            spans.append(row)
        return known[key]

    of_machine = [calendar_of(machine, -1, 0) for machine in range(len(machines))]
    heads = np.where(ways.crew >= 0, ways.heads, 0)
    triples = np.column_stack([ways.machine, ways.crew, heads])
    distinct, inverse = np.unique(triples, axis=0, return_inverse=True)
    of_distinct = np.array([calendar_of(*triple) for triple in distinct.tolist()], dtype=np.int64)
    of_way = of_distinct[inverse.reshape(-1)] if len(ways) else np.zeros(0, np.int64)
    return of_way, np.array(of_machine, dtype=np.int64), spans


def _presence(problem: Problem, crew: int, heads: int) -> Spans:
    pools = problem.pools
    steps = slice(pools.first[crew], pools.first[crew + 1])
    rows = np.column_stack([pools.start[steps], pools.end[steps]])
    return join(rows[pools.capacity[steps] >= heads])


def _operations(problem: Problem) -> Ints:
    o, arcs = problem.operations, problem.precedence
    by_before = np.sort(arcs.before)
    following = np.searchsorted(by_before, np.arange(len(o) + 1))
    return _packed_columns(
        o.release,
        o.recipe,
        o.size,
        o.first_alternative[:-1],
        o.first_alternative[1:],
        arcs.first[:-1],
        arcs.first[1:],
        following[:-1],
        following[1:],
        o.fixed_alternative,
        o.fixed_start,
        o.remaining,
    )


def _following(problem: Problem) -> Ints:
    return np.argsort(problem.precedence.before, kind="stable").astype(np.int64)


def _ways(problem: Problem, calendar: Ints) -> Ints:
    a = problem.alternatives
    may_stop = problem.operations.resumable[a.operation] & problem.machines.resumable[a.machine]
    return _packed_columns(
        a.machine, a.run, a.family, a.crew, a.heads, a.tool, calendar, may_stop, a.operation
    )


def _machines(problem: Problem, calendar: Ints) -> Ints:
    m = problem.machines
    lines = np.bincount(problem.alternatives.machine, minlength=len(m))
    return _packed_columns(
        m.setup_matrix, m.initial_family, m.places, m.setter, np.cumsum(lines) - lines, calendar
    )


def _groups(problem: Problem, order: Ints) -> tuple[Ints, Ints, Ints]:
    arcs, fixed = problem.precedence, problem.fixed
    tied = (arcs.maximum_wait >= 0) & ~fixed[arcs.before] & ~fixed[arcs.after]
    group_of = groups(len(problem), arcs.before.copy(), arcs.after.copy(), tied.astype(np.int64))
    position = np.empty(len(order), np.int64)
    position[order] = np.arange(len(order))
    member = np.lexsort((position, group_of)).astype(np.int64)
    sizes = np.bincount(group_of, minlength=int(group_of.max() + 1) if len(group_of) else 0)
    return group_of, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), member


def _capacity_steps(problem: Problem, pool: int) -> Ints:
    """Moments from which a pool has so many: the step function of its capacity. shape (n, 2)"""
    pools = problem.pools
    rows = slice(pools.first[pool], pools.first[pool + 1])
    start, end = pools.start[rows], pools.end[rows]
    moments = np.column_stack([start, end]).reshape(-1)
    levels = np.column_stack([pools.capacity[rows], np.zeros_like(start)]).reshape(-1)
    in_force = np.append(moments[1:] > moments[:-1], True)  # the last said of a moment counts
    moments = np.concatenate([[NONE], moments[in_force]])
    levels = np.concatenate([[0], levels[in_force]])
    kept = np.concatenate([[True], levels[1:] != levels[:-1]])
    return np.column_stack([moments[kept], levels[kept]]).astype(np.int64)


def _pool_room(problem: Problem, plant: Plant) -> list[int]:
    """Moments that each pool can come to have: two for each piece of work that can use it.

    Work of w seconds is cut into at most one piece more than the shortest intervals of its
    calendar that add up to w.
    """
    a, pools = problem.alternatives, problem.pools
    setups = problem.setups
    longest = [
        int(setups.seconds[setups.first[s] : setups.first[s + 1]].max(initial=0))
        for s in range(len(setups))
    ]
    setup = np.array([*longest, 0], dtype=np.int64)[problem.machines.setup_matrix[a.machine]]
    pieces = np.empty(len(a), np.int64)
    calendar = plant.way[:, columns.CALENDAR]
    for c in np.unique(calendar):
        span = plant.span[plant.calendar[c] : plant.calendar[c + 1]]
        shortest = np.cumsum(np.sort(span[:, 1] - span[:, 0]))
        mine = calendar == c
        pieces[mine] = np.searchsorted(shortest, a.run[mine] + setup[mine]) + 2
    room = 2 * np.diff(pools.first) + 8
    setter = problem.machines.setter[a.machine]
    for pool, counted in ((a.crew, pieces), (setter, pieces), (a.tool, np.ones_like(pieces))):
        used = pool >= 0
        np.add.at(room, pool[used], 4 * counted[used])
    return [int(n) for n in room]
