"""One operation is moved, or time has passed: what happens to the rest of the schedule."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .arrays import Ints
from .dispatch import refuse_failure, refuse_late_for_fixed, started_state
from .drop import DropRefusal, Reason, refuse_drop
from .kernels.plant import WAY, State
from .kernels.push import all_hold, fixed_in_conflict, load, settle
from .kernels.retime import retime
from .packing import Packed, packed
from .problem import Problem
from .schedule import Schedule
from .unschedulable import FIXED, HORIZON, MAXIMUM_WAIT, NO_CALENDAR, Unschedulable


class Verdict(StrEnum):
    """What became of a drop."""

    ACCEPTED = "accepted"
    """It stands where it was dropped and nothing else moved."""
    REPAIRED = "repaired"
    """It was snapped to the next time that works, or others were pushed to the right."""


@dataclass(frozen=True)
class Moved:
    """The new schedule.

    Attributes
    ----------
    moved
        Other operations whose machine, start or end changed, in time order.
    start
        When the run of the dropped operation starts [s].
    """

    verdict: Verdict
    schedule: Schedule
    moved: tuple[int, ...]
    start: int


def move(
    problem: Problem, schedule: Schedule, operation: int, *, machine: int, start: int
) -> Moved | DropRefusal:
    """Put an operation on a machine at a time, and re-time what that touches.

    What started earlier keeps its place, so a drop onto a running operation snaps to its end. What
    comes later keeps its machine and its turn, and moves right only as far as it must. Of
    operations tied to the dropped one by a maximum wait those that follow may move left with it.

    Parameters
    ----------
    start
        Wanted start of the run, without setup [s].

    Returns
    -------
    A schedule that holds every constraint, or why there is none. ``schedule`` stays as it is.
    """
    if refusal := refuse_drop(problem, schedule, operation, machine=machine, start=start):
        return refusal
    pack = packed(problem, schedule.maintenance_start)
    change = _Change(pack, schedule)
    change.drop(operation, machine, start)
    try:
        state = change.settled()
    except Unschedulable as failure:
        return _refusal(failure)
    return _moved(schedule, pack.schedule(state), operation, start)


def right_shift(problem: Problem, schedule: Schedule, *, now: int) -> Schedule:
    """Re-time a schedule that reality has overtaken.

    Every operation keeps its machine and its turn and moves right as far as it must, never left.
    Give the problem as it is now: with the breakdown, the late release, the started operations.

    Parameters
    ----------
    now
        Nothing that has not started starts before this time [s].

    Raises
    ------
    Unschedulable
        If an operation has nowhere to go.
    """
    pack = packed(problem, schedule.maintenance_start)
    change = _Change(pack, schedule)
    change.not_before = np.maximum(schedule.start, now)
    change.look_at = np.arange(len(problem))
    return pack.schedule(change.settled())


class _Change:
    """A change to a schedule, and the mending of it."""

    def __init__(self, pack: Packed, schedule: Schedule) -> None:
        self.pack, self.schedule = pack, schedule
        self.ways, self.not_before = schedule.alternative.copy(), schedule.start.copy()
        self.key = schedule.start.astype(np.float64)
        self.look_at: Ints = np.zeros(0, np.int64)
        self.lifted = np.zeros(len(schedule), dtype=bool)

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
        self.lifted[operation] = True
        arcs = problem.precedence
        freed = self.schedule.machine == self.schedule.machine[operation]
        freed[arcs.after[arcs.before == operation]] = True
        freed[operation] = True
        self.look_at = np.flatnonzero(freed)

    def settled(self) -> State:
        """The mended plan: by the affected operations only, or else by all of them anew.

        Raises
        ------
        Unschedulable
            If the plan cannot be mended.
        """
        plant, schedule = self.pack.plant, self.schedule
        state = self._wishes(self.pack.empty_state())
        columns = (schedule.alternative, schedule.setup_start, schedule.start, schedule.end)
        order = np.argsort(self.key, kind="stable")
        load(plant, state, np.column_stack(columns), order[~self.lifted[order]])
        excused = fixed_in_conflict(plant, state)  # facts that were there before
        missing = np.flatnonzero(state.bar[:, WAY] < 0)
        look_at = np.union1d(self.look_at, missing)
        most_steps = 20 * len(schedule) + 1000
        settled = settle(plant, state, self.key, look_at, most_steps)
        if settled and all_hold(plant, state, excused):
            refuse_late_for_fixed(self.pack, state)
            return state
        return self._anew()

    def _wishes(self, state: State) -> State:
        state.only_way[:] = self.ways
        state.not_before[:] = self.not_before
        return state

    def _anew(self) -> State:
        """Place every operation in the order of the old starts."""
        state = self._wishes(started_state(self.pack))
        wanted = np.ones(len(self.schedule), dtype=np.int64)
        refuse_failure(self.pack, retime(self.pack.plant, state, self.key, wanted))
        refuse_late_for_fixed(self.pack, state)
        return state


def _moved(old: Schedule, new: Schedule, operation: int, wanted: int) -> Moved:
    changed = (old.start != new.start) | (old.end != new.end) | (old.alternative != new.alternative)
    changed[operation] = False
    others = np.flatnonzero(changed)
    others = others[np.argsort(new.start[others], kind="stable")]
    start = int(new.start[operation])
    exact = start == wanted and not len(others)
    verdict = Verdict.ACCEPTED if exact else Verdict.REPAIRED
    return Moved(verdict, new, tuple(others.tolist()), start)


def _refusal(failure: Unschedulable) -> DropRefusal:
    reason = {
        FIXED: Reason.FIXED_SUCCESSOR,
        MAXIMUM_WAIT: Reason.MAXIMUM_WAIT,
        HORIZON: Reason.HORIZON,
        NO_CALENDAR: Reason.OFF_SHIFT,
    }[failure.reason]
    return DropRefusal(reason, str(failure), blocker=failure.blocker)
