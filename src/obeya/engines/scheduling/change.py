"""A change to a schedule, and the mending of it."""

from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from .arrays import Ints, distinct
from .kernels.heap import Keys
from .kernels.holds import broken, fixed_in_conflict
from .kernels.load import load
from .kernels.place import take_back
from .kernels.plant import END, NONE, START, WAIT, WAY, Plant, State
from .kernels.push import settle
from .kernels.retime import NO_WISH, retime
from .packing import Packed
from .placing import refuse_failure, refuse_late_for_fixed, started_state
from .schedule import Schedule
from .unschedulable import MAXIMUM_WAIT, Unschedulable

_loaded: WeakKeyDictionary[Schedule, tuple[Packed, State]] = WeakKeyDictionary()

_MOST_ROUNDS = 3  # of settling before all is placed anew
_FEW_WAITS = 10  # broken ones that are mended in any plan; more in a large one


class Change:
    """What shall be different, and which operations to look at because of it.

    Every operation keeps its machine and starts no earlier than before, unless the change says so.
    """

    def __init__(self, pack: Packed, schedule: Schedule) -> None:
        self.pack, self.schedule = pack, schedule
        self.ways, self.not_before = schedule.alternative.copy(), schedule.start.copy()
        self.key = schedule.start.astype(np.float64)
        self.look_at: Ints = np.zeros(0, np.int64)
        self.doubtful: Ints = np.zeros(len(schedule), np.int64)
        self.new: Ints = np.zeros(0, np.int64)  # have no bar yet: fill gaps, push nobody
        self.dropped = -1
        self.broken_waits: list[tuple[int, int]] = []  # that facts have broken: before, after
        self.is_trusted = True  # the schedule holds in this very problem

    def drop(self, operation: int, machine: int, start: int) -> None:
        """Wish an operation to a machine and a time, before all that starts then or later."""
        problem, group_of = self.pack.problem, self.pack.plant.group_of
        ways = problem.alternatives_of(operation)
        self.ways[operation] = next(
            way for way in ways if problem.alternatives.machine[way] == machine
        )
        tied = group_of == group_of[operation]
        self.not_before[tied] = problem.now
        self.not_before[operation] = start
        self.key[operation] = start - 0.5
        self.dropped = operation
        arcs = problem.precedence
        touched = self.schedule.machine == self.schedule.machine[operation]
        touched[arcs.after[arcs.before == operation]] = True
        touched[operation] = True
        self.look_at = np.flatnonzero(touched)

    def doubt_all(self) -> None:
        """Look at every operation; none may start before the problem's ``now``."""
        everything = np.ones(len(self.schedule), np.int64)
        self.doubt(everything, self.pack.problem.now, look_at=np.arange(len(self.schedule)))

    def doubt(self, doubtful: Ints, now: int, *, look_at: Ints) -> None:
        """Look at some operations; none may start before ``now`` [s].

        Parameters
        ----------
        doubtful : shape (N,)
            1 for bars that calendar, line or pools may no longer hold.
        look_at
            Operations that may no longer hold for another reason.
        """
        self.not_before = np.maximum(self.schedule.start, now)
        self.doubtful, self.is_trusted = doubtful, False
        self.look_at = distinct(np.flatnonzero(doubtful), look_at)

    def add(self, new: Ints, key: float) -> None:
        """Have rows that the schedule holds no bar of: they fill gaps, and push only successors.

        If all must be placed anew, ``key`` says before which starts they go.
        """
        self.new = distinct(self.new, new)
        self.ways[new], self.key[new] = -1, key
        self.not_before[new] = self.pack.problem.now

    def settled(self) -> Schedule:
        """The mended plan: by the affected operations only, or else by all of them anew.

        Raises
        ------
        Unschedulable
            If the plan cannot be mended.
        """
        plant, state = self.pack.plant, self._loaded_state()
        excused = fixed_in_conflict(plant, state)  # facts that were there before
        if self.dropped >= 0 and state.bar[self.dropped, WAY] >= 0:
            take_back(plant, state, self.dropped)
        missing = np.flatnonzero(state.bar[:, WAY] < 0)
        look_at = distinct(self._to_look_at(state), missing)
        look_at = look_at[~np.isin(look_at, self.new)]
        settled = self._settle(state, self.key, look_at)
        if settled and len(self.new):
            settled = self._place_new(state)
        if settled and self._mended(state, excused):
            return self._finished(state)
        self.broken_waits = [] if self.is_trusted else self._waits_broken_by_facts(state)
        if self.broken_waits:
            before, after = self.broken_waits[0]
            raise Unschedulable.of(self.pack.problem, MAXIMUM_WAIT, after, before)
        return self.anew()

    def _mended(self, state: State, excused: Ints) -> bool:
        """Settle what does not hold until all does; False if that comes to no end."""
        for _ in range(_MOST_ROUNDS):
            wrong = np.flatnonzero(broken(self.pack.plant, state, excused))
            if not len(wrong):
                return True
            if self.pack.problem.fixed[wrong].any():
                return False
            if not self._settle(state, self._key_with_new(state), wrong):
                return False
        return False

    def _to_look_at(self, state: State) -> Ints:
        """Those to look at, and those beside and behind facts that end later than planned."""
        problem, plan = self.pack.problem, self.schedule
        late = problem.fixed & (state.bar[:, END] > plan.end)
        if not late.any():
            return self.look_at
        beside = (plan.setup_start < state.bar[late, END].max()) & (plan.end > plan.end[late].min())
        arcs = problem.precedence
        behind = arcs.after[late[arcs.before]]
        return distinct(self.look_at, behind, np.flatnonzero(beside))

    def _waits_broken_by_facts(self, state: State) -> list[tuple[int, int]]:
        """Pairs (before, after) where after can no longer come soon enough after a fixed one."""
        arcs, fixed = self.pack.problem.precedence, self.pack.problem.fixed
        late = self._waits_too_long(state) & fixed[arcs.before]
        late &= (state.bar[arcs.after, WAY] >= 0) & ~fixed[arcs.after]
        return list(zip(arcs.before[late].tolist(), arcs.after[late].tolist(), strict=True))

    def _waits_too_long(self, state: State) -> NDArray[np.bool_]:
        """Shape (E,): arcs whose maximum wait is broken."""
        arcs, bar = self.pack.problem.precedence, state.bar
        late = bar[arcs.after, START] > bar[arcs.before, END] + arcs.maximum_wait
        return np.asarray(late & (arcs.maximum_wait >= 0), dtype=bool)

    def _settle(self, state: State, key: Keys, look_at: Ints) -> bool:
        most_steps = 20 * len(self.schedule) + 1000
        return settle(self.pack.plant, state, key, look_at, most_steps)

    def _place_new(self, state: State) -> bool:
        """Put the new rows into gaps, then push what must come after them."""
        wanted = np.zeros(len(self.schedule), np.int64)
        wanted[self.new] = 1
        refuse_failure(self.pack, retime(self.pack.plant, state, self.key, wanted, NO_WISH))
        state.only_way[self.new] = state.bar[self.new, WAY]
        arcs = self.pack.problem.precedence
        after = distinct(arcs.after[wanted[arcs.before] == 1])
        return self._settle(state, self._key_with_new(state), after)

    def _key_with_new(self, state: State) -> Keys:
        """New rows go by the start that they have found."""
        key = self.key.copy()
        key[self.new] = state.bar[self.new, START]
        return key

    def in_turn(self) -> Schedule:
        """Place every operation again in the order of the old starts, then mend maximum waits.

        `anew` places what a maximum wait ties together at the turn of its first operation. The last
        one then holds its old place against those whose turn comes before: who is late by minutes
        finds his gap too small, and goes behind. Where many waits are broken, mending them pushes
        more than that: then it is done as by `anew`.

        Raises
        ------
        Unschedulable
            If the plan cannot be made so.
        """
        plant, state = self.pack.plant, self._with_wishes(started_state(self.pack))
        if (plant.arc[:, WAIT] < 0).all():
            return self.anew()
        self._place_all(each_alone(plant), state)
        few = int(self._waits_too_long(state).sum()) <= _FEW_WAITS + len(self.schedule) // 100
        if few and self._mended(state, fixed_in_conflict(plant, state)):
            return self._finished(state)
        return self.anew()

    def anew(self) -> Schedule:
        """Place every operation again, in the order of the old starts."""
        state = self._with_wishes(started_state(self.pack))
        self._place_all(self.pack.plant, state)
        return self._finished(state)

    def _place_all(self, plant: Plant, state: State) -> None:
        wanted = np.ones(len(self.schedule), dtype=np.int64)
        refuse_failure(self.pack, retime(plant, state, self.key, wanted, NO_WISH))

    def _with_wishes(self, state: State) -> State:
        state.only_way[:] = self.ways
        state.not_before[:] = self.not_before
        state.not_done_before[:] = NONE
        return state

    def _loaded_state(self) -> State:
        """The old plan on its lines and in its pools; kept, for the next drop on the board."""
        if not self.is_trusted:
            return self._with_wishes(self._load())
        pack, state = _loaded.get(self.schedule, (None, None))
        if state is None or pack is not self.pack:
            state = self._load()
            _loaded[self.schedule] = (self.pack, state)
        return self._with_wishes(State(*(array.copy() for array in state)))

    def _load(self) -> State:
        return loaded(self.pack, self.schedule, without=self.new, doubtful=self.doubtful)

    def _finished(self, state: State) -> Schedule:
        refuse_late_for_fixed(self.pack, state)
        schedule = self.pack.schedule(state)
        _loaded[schedule] = (self.pack, state)
        return schedule


def loaded(
    pack: Packed, schedule: Schedule, *, without: Ints, doubtful: Ints | None = None
) -> State:
    """A schedule on its lines and in its pools, but for some rows; see the kernel `load`."""
    state = pack.empty_state()
    bars = np.column_stack(
        [schedule.alternative, schedule.setup_start, schedule.start, schedule.end]
    )
    bars[without, WAY] = -1
    order = np.lexsort((schedule.end, schedule.start))
    doubt = np.zeros(len(schedule), np.int64) if doubtful is None else doubtful
    load(pack.plant, state, bars, order, doubt)
    return state


def each_alone(plant: Plant) -> Plant:
    """The plant without maximum waits: none of its operations is tied to another."""
    arc, alone = plant.arc.copy(), np.arange(len(plant.op) + 1, dtype=np.int64)
    arc[:, WAIT] = -1
    return plant._replace(
        arc=arc, group_of=alone[:-1].copy(), group=alone, member=alone[:-1].copy()
    )
