"""A problem packed for the kernels, and the empty plan to start from."""

from collections import OrderedDict
from itertools import pairwise
from threading import Lock

import numpy as np

from .arrays import Ints
from .kernels import plant as columns
from .kernels.plant import NONE, Plant, State
from .kernels.topology import groups, topological
from .problem import Problem
from .schedule import Schedule
from .working_hours import Known, working_hours

_MOST = 8  # packs kept, of all problems and their maintenance times; the oldest goes first
_kept: "OrderedDict[tuple[Problem, bytes], Packed]" = OrderedDict()
_lock = Lock()


class Packed:
    """A plant for the kernels, with its operations in topological order.

    ``like`` is the pack of a problem that differs little, such as the plant before a breakdown:
    the working hours that both have are computed once.
    """

    def __init__(
        self, problem: Problem, maintenance_start: Ints, *, like: "Packed | None" = None
    ) -> None:
        self.problem, self.maintenance_start = problem, maintenance_start
        known: Known = like.known if like else {}
        of_way, of_machine, span, calendar, used = working_hours(problem, maintenance_start, known)
        self.known: Known = used
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
            span=span,
            calendar=calendar,
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
        self._steps = np.zeros((len(room), 2), np.int64)
        for pool, first in enumerate(self._pool[:-1]):
            moment, level = _capacity_steps(self.problem, pool)
            self._steps[pool, columns.EARLY] = len(moment)
            self._moment[first : first + len(moment)] = moment
            self._level[first : first + len(level)] = level

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


def packed(problem: Problem, maintenance_start: Ints, *, like: Packed | None = None) -> Packed:
    """Pack a problem, or give the pack made before.

    Parameters
    ----------
    like
        The pack of a problem that differs little; what its calendars have in common is shared.
    """
    key = (problem, maintenance_start.tobytes())
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    pack = Packed(problem, maintenance_start, like=like)
    with _lock:
        pack = _kept.setdefault(key, pack)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return pack


def left_of_pool(state: State, pool: int) -> tuple[Ints, Ints]:
    """Moments from which a pool has so much left, and how much."""
    first, end = state.pool[pool], state.pool[pool + 1]
    early, late = first + state.steps[pool, columns.EARLY], end - state.steps[pool, columns.LATE]
    rows = np.r_[first:early, late:end]
    return state.moment[rows], state.level[rows]


def _packed_columns(*arrays: Ints) -> Ints:
    return np.ascontiguousarray(np.column_stack(arrays), dtype=np.int64)


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


def _capacity_steps(problem: Problem, pool: int) -> tuple[Ints, Ints]:
    """Moments from which a pool has so many: the step function of its capacity."""
    pools = problem.pools
    rows = slice(pools.first[pool], pools.first[pool + 1])
    start, end = pools.start[rows], pools.end[rows]
    moment = np.concatenate([[NONE], np.column_stack([start, end]).reshape(-1)])
    level = np.zeros(len(moment), np.int64)
    level[1::2] = pools.capacity[rows]
    kept = np.ones(len(moment), bool)
    kept[2:-1:2] = end[:-1] < start[1:]  # else the next step begins there
    moment, level = moment[kept], level[kept]
    differs = np.concatenate([[True], level[1:] != level[:-1]])
    return moment[differs], level[differs]


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
    by_calendar = np.argsort(plant.way[:, columns.CALENDAR], kind="stable")
    bounds = np.searchsorted(
        plant.way[by_calendar, columns.CALENDAR], np.arange(len(plant.calendar))
    )
    work = a.run + setup
    for c, (low, high) in enumerate(pairwise(bounds.tolist())):
        if low == high:
            continue
        span = plant.span[plant.calendar[c] : plant.calendar[c + 1]]
        shortest = np.cumsum(np.sort(span[:, 1] - span[:, 0]))
        mine = by_calendar[low:high]
        pieces[mine] = np.searchsorted(shortest, work[mine]) + 2
    room = 2 * np.diff(pools.first) + 8
    setter = problem.machines.setter[a.machine]
    for pool, counted in ((a.crew, pieces), (setter, pieces), (a.tool, np.ones_like(pieces))):
        used = pool >= 0
        np.add.at(room, pool[used], 4 * counted[used])
    return [int(n) for n in room]
