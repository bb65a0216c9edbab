"""Why an operation may not be dropped where somebody wants it."""

from dataclasses import dataclass
from enum import StrEnum

from .problem import END_TO_START, Problem
from .schedule import Schedule


class Reason(StrEnum):
    """The rule that a drop breaks."""

    FIXED = "fixed"
    """The operation is frozen or has started."""
    NOT_ELIGIBLE = "not_eligible"
    """The machine is none of its alternatives."""
    IN_THE_PAST = "in_the_past"
    RELEASE = "release"
    """Its material is not there yet."""
    PREDECESSOR = "predecessor"
    """``blocker`` ends, or has got far enough, only later."""
    MAXIMUM_WAIT = "maximum_wait"
    """It would come too late after ``blocker``."""
    OFF_SHIFT = "off_shift"
    """It cannot stop, and the shift ends before it does."""
    FIXED_SUCCESSOR = "fixed_successor"
    """It, or one that it pushes, would end too late for ``blocker``, which is fixed."""
    HORIZON = "horizon"
    """It, or one that it pushes, would end after the horizon."""


@dataclass(frozen=True)
class DropRefusal:
    """Why, and what would do instead.

    Attributes
    ----------
    earliest
        The first start that this rule allows [s], or None if no time would do.
    blocker
        The operation that stands in the way, or -1.
    """

    reason: Reason
    message: str
    earliest: int | None = None
    blocker: int = -1


def refuse_drop(
    problem: Problem, schedule: Schedule, operation: int, *, machine: int, start: int
) -> DropRefusal | None:
    """What speaks against a drop whatever the other operations do; None if nothing does."""
    name = problem.name("operations", operation)
    if problem.fixed[operation]:
        return DropRefusal(Reason.FIXED, f"{name} is frozen or has started.")
    ways = problem.alternatives_of(operation)
    if machine not in {int(problem.alternatives.machine[way]) for way in ways}:
        where = problem.name("machines", machine)
        return DropRefusal(Reason.NOT_ELIGIBLE, f"{name} cannot be done on {where}.")
    if start < problem.now:
        return DropRefusal(Reason.IN_THE_PAST, "That time has passed.", problem.now)
    released = int(problem.operations.release[operation])
    if start < released:
        return DropRefusal(Reason.RELEASE, f"{name} has no material yet.", released)
    return _predecessors(problem, schedule, operation, start) or _off_shift(
        problem, schedule, operation, machine, start
    )


def _predecessors(
    problem: Problem, schedule: Schedule, operation: int, start: int
) -> DropRefusal | None:
    arcs = problem.precedence
    latest, blocker = start, -1
    for row in range(int(arcs.first[operation]), int(arcs.first[operation + 1])):
        before, lag = int(arcs.before[row]), int(arcs.lag[row])
        after_end = arcs.kind[row] == END_TO_START
        ready = int(schedule.end[before] if after_end else schedule.start[before]) + lag
        if ready > latest:
            latest, blocker = ready, before
    if blocker >= 0:
        text = f"{problem.name('operations', blocker)} comes first."
        return DropRefusal(Reason.PREDECESSOR, text, latest, blocker)
    for row in range(int(arcs.first[operation]), int(arcs.first[operation + 1])):
        before, wait = int(arcs.before[row]), int(arcs.maximum_wait[row])
        if 0 <= wait < start - schedule.end[before]:
            text = f"It may wait at most {wait} s after {problem.name('operations', before)}."
            ready = int(schedule.end[before] + arcs.lag[row])
            return DropRefusal(Reason.MAXIMUM_WAIT, text, ready, before)
    return None


def _off_shift(
    problem: Problem, schedule: Schedule, operation: int, machine: int, start: int
) -> DropRefusal | None:
    """Refuse a run that cannot stop where the shift is too short for it."""
    if problem.operations.resumable[operation] and problem.machines.resumable[machine]:
        return None
    runs = [
        int(problem.alternatives.run[way])
        for way in problem.alternatives_of(operation)
        if problem.alternatives.machine[way] == machine
    ]
    shifts = problem.calendars.intervals(int(problem.machines.calendar[machine]))
    fits = (max(start, begin) for begin, end in shifts if max(start, begin) + runs[0] <= end)
    earliest = next(fits, None)
    if earliest == start:
        return None
    text = f"{problem.name('operations', operation)} cannot stop, and the shift is too short there."
    return DropRefusal(Reason.OFF_SHIFT, text, earliest)
