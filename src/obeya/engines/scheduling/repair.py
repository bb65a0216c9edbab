"""One operation is moved, or time has passed: what happens to the rest of the schedule."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .arrays import Ints
from .dispatch import refuse_failure, refuse_late_for_fixed, started_state
from .drop import DropRefusal, Reason, refuse_drop
from .kernels.plant import START, State
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
    way = next(
        way
        for way in problem.alternatives_of(operation)
        if problem.alternatives.machine[way] == machine
    )
    pack = packed(problem, schedule.maintenance_start)
    ways, not_before = schedule.alternative.copy(), schedule.start.copy()
    ways[operation], not_before[operation] = way, start
    key = schedule.start.astype(np.float64)
    key[operation] = start - 0.5  # before what started at the same time
    try:
        state = _retimed(pack, ways, not_before, key)
        if int(state.bar[operation, START]) > start:
            state = _with_its_group(pack, operation, ways, not_before, key) or state
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
    not_before = np.maximum(schedule.start, now)
    key = schedule.start.astype(np.float64)
    return pack.schedule(_retimed(pack, schedule.alternative, not_before, key))


def _retimed(
    pack: Packed, ways: Ints, not_before: Ints, key: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> State:
    """Place all operations in the order of a key, each on its way, none before its bound."""
    state = started_state(pack)
    state.only_way[:] = ways
    state.not_before[:] = not_before
    wanted = np.ones(len(pack.problem), dtype=np.int64)
    refuse_failure(pack, retime(pack.plant, state, key, wanted))
    refuse_late_for_fixed(pack, state)
    return state


def _with_its_group(
    pack: Packed,
    operation: int,
    ways: Ints,
    not_before: Ints,
    key: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> State | None:
    """Let the operations tied to the dropped one move left with it, if that brings it nearer."""
    tied = pack.plant.group_of == pack.plant.group_of[operation]
    tied[operation] = False
    if not tied.any():
        return None
    state = _retimed(pack, ways, np.where(tied, pack.problem.now, not_before), key)
    return state if state.bar[operation, START] < not_before.max(initial=0) else None


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
