"""One operation is moved, or time has passed: what happens to the rest of the schedule."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .change import Change
from .drop import DropRefusal, Reason, refuse_drop
from .packing import packed
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
    change = Change(packed(problem, schedule.maintenance_start), schedule)
    change.drop(operation, machine, start)
    try:
        mended = change.settled()
    except Unschedulable as failure:
        return _refusal(failure)
    return _moved(schedule, mended, operation, start)


def right_shift(problem: Problem, schedule: Schedule) -> Schedule:
    """Re-time a schedule that reality has overtaken.

    Every operation keeps its machine and moves right as far as it must, never left. Give the
    problem as it is now: its ``now``, the breakdown, the late release, the started operations.

    It is tried in two ways, and the one that moves less stands. Pushing keeps every turn; but who
    comes late to a crew or tool waits until the others leave it free, in a full plant for days.
    Placing all again in the order of the old starts gives the crew to whose turn it was.

    Raises
    ------
    Unschedulable
        If an operation has nowhere to go.
    """
    change = Change(packed(problem, schedule.maintenance_start), schedule)
    change.doubt_all()
    pushed = change.settled()
    if np.array_equal(pushed.start, schedule.start):
        return pushed
    try:
        placed = change.in_turn()
    except Unschedulable:
        return pushed
    return placed if placed.end.sum() < pushed.end.sum() else pushed


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
