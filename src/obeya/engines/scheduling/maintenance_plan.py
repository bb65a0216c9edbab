"""When each maintenance job is done."""

from bisect import bisect_left, bisect_right

from .arrays import Ints, frozen_ints
from .problem import Problem
from .unschedulable import Unschedulable

Span = tuple[int, int]


def plan_maintenance(problem: Problem) -> Ints:
    """Choose a start for each maintenance job: where it takes the least working time.

    Jobs with the least play choose first. Off-shift time is free; between equals the earlier time
    wins. A job keeps off the others on its machine, and if it can, off fixed operations: first of
    all off the starts of frozen ones, and off those that cannot stop for it. None with a choice is
    put before now, but for one that should have begun: it has its latest start.

    Returns
    -------
    shape (K,), starts [s]

    Raises
    ------
    Unschedulable
        If the windows of one machine are too narrow for its jobs.
    """
    jobs = problem.maintenance
    play = (jobs.latest - jobs.earliest - jobs.duration).tolist()
    starts = [0] * len(jobs)
    taken: dict[int, list[Span]] = {}
    runs, kept_clear = _fixed_runs(problem)
    shifts = [problem.calendars.intervals(calendar) for calendar in range(len(problem.calendars))]
    for row in sorted(range(len(jobs)), key=lambda k: (play[k], int(jobs.earliest[k]))):
        machine, duration = int(jobs.machine[row]), int(jobs.duration[row])
        others = taken.setdefault(machine, [])
        busy, clear = runs.get(machine, []), kept_clear.get(machine, [])
        earliest, latest = int(jobs.earliest[row]), int(jobs.latest[row]) - duration
        earliest = max(earliest, min(problem.now, latest))
        window = _between(
            shifts[int(problem.machines.calendar[machine])], earliest, int(jobs.latest[row])
        )
        costs = [
            (
                _met(clear, start, duration),
                _shared(busy, start, duration),
                _shared(window, start, duration),
                start,
            )
            for start in _candidates(window + others + busy, earliest, latest, duration)
            if play[row] == 0 or not _shared(others, start, duration)
        ]
        if not costs:
            raise Unschedulable.maintenance(problem, row)
        starts[row] = min(costs)[-1]
        others.append((starts[row], starts[row] + duration))
    return frozen_ints(starts)


def _between(spans: list[Span], begin: int, finish: int) -> list[Span]:
    """The sorted intervals that touch a window."""
    first = bisect_left(spans, begin, key=lambda span: span[1])
    return spans[first : bisect_right(spans, finish, key=lambda span: span[0])]


def _candidates(spans: list[Span], earliest: int, latest: int, duration: int) -> set[int]:
    """Starts that touch an end of the window or of an interval."""
    touching = {start - duration for start, _ in spans} | {end for _, end in spans}
    return {start for start in touching if earliest <= start <= latest} | {earliest, latest}


def _shared(spans: list[Span], start: int, duration: int) -> int:
    end = start + duration
    return sum(max(0, min(finish, end) - max(begin, start)) for begin, finish in spans)


def _met(spans: list[Span], start: int, duration: int) -> int:
    """How many of some spans a job meets."""
    return sum(begin < start + duration and start < finish for begin, finish in spans)


def _fixed_runs(problem: Problem) -> tuple[dict[int, list[Span]], dict[int, list[Span]]]:
    """Per machine the runs of what is fixed, and of those of what is frozen what a job spoils.

    That is the first second of a run that can stop for it, else all of it.
    """
    operations, ways = problem.operations, problem.alternatives
    runs: dict[int, list[Span]] = {}
    kept_clear: dict[int, list[Span]] = {}
    for i in problem.fixed.nonzero()[0]:
        way = operations.fixed_alternative[i]
        machine = int(ways.machine[way])
        start, remaining = int(operations.fixed_start[i]), int(operations.remaining[i])
        end = problem.now + remaining if remaining >= 0 else start + int(ways.run[way])
        runs.setdefault(machine, []).append((start, end))
        if remaining < 0:
            stops = operations.resumable[i] and problem.machines.resumable[machine]
            clear = (start, start + 1 if stops else max(start + 1, end))
            kept_clear.setdefault(machine, []).append(clear)
    return runs, kept_clear
