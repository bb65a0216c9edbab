"""The problem as it is now, and a first plan for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints, frozen_ints
from ..change import Change
from ..packing import packed
from ..problem import Maintenance, Problem
from ..schedule import Schedule
from ..unschedulable import FIXED, MAXIMUM_WAIT, Unschedulable
from .disruption import Disruption, RushOrder
from .happened import Happened
from .tables import Rebuilt

Mask = NDArray[np.bool_]

_MOST_CONCESSIONS = 64


@dataclass(frozen=True, eq=False)
class Situation:
    """What is left to decide after disruptions.

    Attributes
    ----------
    problem
        With what has begun, and the frozen zone as far as it could be kept, fixed; what is done
        is left out, unless something still waits for it.
    planned
        The plan that reality has overtaken, on the rows of ``problem``; new rows stand where
        ``first`` has them. It need not hold.
    first
        Every operation on its machine and in its turn, moved right as far as it must; new ones in
        gaps. It holds.
    origin : shape (N,)
        The row of each operation in the old problem, -1 if it is new.
    thawed
        Operations of the frozen zone that the disruptions made impossible.
    waived
        Pairs (before, after) whose maximum wait reality has broken.
    orders_before
        Number of orders of the old problem; those of ``problem`` beyond them are new.
    """

    problem: Problem
    planned: Schedule
    first: Schedule
    origin: Ints
    thawed: tuple[int, ...]
    waived: tuple[tuple[int, int], ...]
    orders_before: int

    @property
    def unfrozen(self) -> Mask:
        """Shape (N,): operations of the old plan that may be moved."""
        return np.asarray((self.origin >= 0) & ~self.problem.fixed, dtype=bool)


def apply(
    problem: Problem,
    schedule: Schedule,
    disruptions: Sequence[Disruption],
    *,
    now: int,
    frozen_until: int | None = None,
    decide: Callable[[Happened], None] | None = None,
) -> Situation:
    """Let time pass and disruptions happen, and mend the plan by moving right only.

    Parameters
    ----------
    schedule
        A plan that holds in ``problem``.
    now
        Not before the ``now`` of the problem [s]. What should have begun has, unless a breakdown
        that began before now kept it from it.
    frozen_until
        What starts before this time [s] keeps machine and time, unless that has become impossible.
    decide
        What somebody decides besides, such as overtime; gets the tables before they are built.

    Raises
    ------
    Unschedulable
        If there is no plan before the horizon.
    """
    if now < problem.now:
        raise ValueError("Expected now not to lie before the now of the problem.")
    happened = Happened(problem, schedule, now)
    for disruption in sorted(disruptions, key=lambda d: isinstance(d, RushOrder)):
        happened.take(disruption)
    happened.settle_progress(disruptions)
    if decide is not None:
        decide(happened)
    for _ in range(_MOST_CONCESSIONS):
        rebuilt = happened.build()
        start = happened.schedule_in(rebuilt)
        change = _change(happened, rebuilt, start)
        try:
            first = change.settled()
        except Unschedulable as failure:
            if not _concede(happened, rebuilt, failure, change.broken_waits):
                raise
            continue
        freed = [happened.unpin(row) for row in _in_the_way(rebuilt, start, first)]
        if any(freed):
            continue
        return _frozen(happened, rebuilt, start, first, frozen_until)
    raise Unschedulable.of(rebuilt.problem, FIXED, 0, 0)


def _change(happened: Happened, rebuilt: Rebuilt, start: Schedule) -> Change:
    """What may no longer hold, to be moved right as far as it must."""
    like = packed(happened.problem, happened.schedule.maintenance_start)
    pack = packed(rebuilt.problem, start.maintenance_start, like=like)
    change = Change(pack, start)
    change.doubt(
        happened.in_new_rows(rebuilt, happened.doubtful).astype(np.int64),
        happened.now,
        look_at=np.flatnonzero(happened.in_new_rows(rebuilt, happened.look_at)),
    )
    for rows, key in happened.added:
        change.add(rebuilt.operation_of[rows], key)
    return change


def _in_the_way(rebuilt: Rebuilt, start: Schedule, first: Schedule) -> list[int]:
    """Pinned operations that what has begun, and takes longer, runs into; rows of the tables."""
    o = rebuilt.problem.operations
    longer = np.flatnonzero((o.remaining > 0) & (first.end > start.end))
    pinned = np.flatnonzero((o.fixed_alternative >= 0) & (o.remaining < 0))
    meets = first.machine[pinned, None] == first.machine[longer]
    meets &= first.end[longer] > first.setup_start[pinned, None]
    meets &= first.start[longer] <= first.start[pinned, None]
    row_of = np.flatnonzero(rebuilt.operation_of >= 0)
    return [int(row) for row in row_of[pinned[meets.any(axis=1)]]]


def _concede(
    happened: Happened,
    rebuilt: Rebuilt,
    failure: Unschedulable,
    broken_waits: list[tuple[int, int]],
) -> bool:
    """Give up what reality has made impossible: a pinned time, or maximum waits."""
    row_of = np.flatnonzero(rebuilt.operation_of >= 0)
    if failure.reason == FIXED:
        return happened.unpin(int(row_of[failure.blocker]))
    if failure.reason != MAXIMUM_WAIT:
        return False
    pairs = broken_waits or [(failure.blocker, failure.operation)]
    waived = [happened.waive(int(row_of[i]), int(row_of[j])) for i, j in pairs]
    return all(waived)


def _frozen(
    happened: Happened,
    rebuilt: Rebuilt,
    start: Schedule,
    first: Schedule,
    frozen_until: int | None,
) -> Situation:
    """Fix those of the frozen zone that kept their place."""
    problem, origin = rebuilt.problem, happened.origin(rebuilt)
    until = happened.now if frozen_until is None else frozen_until
    in_zone = (origin >= 0) & ~problem.fixed
    in_zone &= start.start < until
    kept = (first.alternative == start.alternative) & (first.start == start.start)
    kept &= first.end <= start.end  # sooner where overtime was decided
    fixed = in_zone & kept
    if fixed.any():
        o = problem.operations
        operations = replace(
            o,
            fixed_alternative=frozen_ints(np.where(fixed, start.alternative, o.fixed_alternative)),
            fixed_start=frozen_ints(np.where(fixed, start.start, o.fixed_start)),
        )
        problem = replace(problem, operations=operations)
    problem = replace(problem, maintenance=_frozen_maintenance(problem, first, until))
    new = origin < 0
    end = np.where(new, first.end, start.end)
    _promise_as_before(happened, problem, new, end)
    planned = Schedule.of(
        problem,
        alternative=np.where(new, first.alternative, start.alternative),
        setup_start=np.where(new, first.setup_start, start.setup_start),
        start=np.where(new, first.start, start.start),
        end=end,
        maintenance_start=start.maintenance_start,
    )
    machine = first.machine.copy()
    machine[~new] = happened.schedule.machine[origin[~new]]
    planned = replace(planned, machine=frozen_ints(machine))  # its way may be gone
    thawed = np.flatnonzero(in_zone & ~kept)
    return Situation(
        problem,
        planned,
        first,
        frozen_ints(origin),
        tuple(thawed.tolist()),
        happened.waived_in(rebuilt),
        len(happened.problem.orders.due),
    )


def _frozen_maintenance(problem: Problem, first: Schedule, until: int) -> Maintenance:
    """Jobs of the frozen zone stay, and no other comes into it."""
    jobs, starts = problem.maintenance, first.maintenance_start
    stays = starts < until
    earliest = np.where(stays, starts, np.maximum(jobs.earliest, until))
    latest = np.where(stays, starts + jobs.duration, jobs.latest)
    return replace(jobs, earliest=frozen_ints(earliest), latest=frozen_ints(latest))


def _promise_as_before(happened: Happened, problem: Problem, new: Mask, end: Ints) -> None:
    """An order that a new operation completes was planned to be done when the old one was."""
    old_last = happened.problem.orders.last_operation
    last = problem.orders.last_operation[: len(old_last)]
    orders = np.flatnonzero((old_last >= 0) & (last >= 0))
    orders = orders[new[last[orders]]]
    end[last[orders]] = happened.schedule.end[old_last[orders]]
