"""What no plan of a line can beat."""

from collections.abc import Callable
from typing import Final

import numpy as np

from ..arrays import Ints
from .flow_line import Aim, FlowLine
from .hybrid_line import HybridLine
from .kernels.energy import is_too_short
from .no_wait import distances, shortest_assignment

_WORK: Final = 300_000_000  # looks at an operation to give up one length: a second at most


def least_of_line(line: FlowLine, *, trip: int | None = None) -> int:
    """A lower bound of the aim of a line without passing.

    Parameters
    ----------
    trip
        The bound of `no_wait.shortest_assignment`, where it is known already.
    """
    if line.aim is not Aim.MAKESPAN:
        return _least_cost(line)
    bound = max(_longest_job(line.durations), *_busy_stages(line))
    if line.no_wait:
        bound = max(bound, shortest_assignment(distances(line))[0] if trip is None else trip)
    return bound


def least_of_hybrid(line: HybridLine, *, should_stop: Callable[[], bool] | None = None) -> int:
    """A lower bound of the makespan: no plan is so short that the work of a stage does not fit.

    From the simple bound upward, a length is given up as long as the windows that it leaves to
    the operations cannot hold them (Hidri & Haouari 2011, Applied Mathematics and Computation
    217:8248-8263, bound hybrid lines by energy like this, stage by stage).

    Parameters
    ----------
    should_stop
        Asked before each length, a second at most; True ends it with what is proved so far.
    """
    run = np.ascontiguousarray(line.durations.T, dtype=np.int32)
    machines = line.machines.astype(np.int32)

    def too_short(length: int) -> bool:
        if should_stop is not None and should_stop():
            return False
        return is_too_short(run, machines, length, _WORK)

    bound, step = _simple_least_of_hybrid(line), 1
    while too_short(bound + step - 1):
        bound, step = bound + step, 2 * step
    while step > 1:
        step //= 2
        if too_short(bound + step - 1):
            bound += step
    return bound


def _simple_least_of_hybrid(line: HybridLine) -> int:
    """The longest job, and each stage with its machines full.

    A machine of a stage cannot start before a job can have come to it, nor end the line before
    its last job has gone through the rest; the machines of a stage count the smallest of both
    once each (Santos, Hunsucker & Deal 1995, Computers & Industrial Engineering 28:337-342).
    """
    before, behind = _before(line.durations), _behind(line.durations)
    bound = _longest_job(line.durations)
    for stage, machines in enumerate(line.machines.tolist()):
        used = min(machines, line.jobs)
        ends = np.sort(before[:, stage])[:used].sum() + np.sort(behind[:, stage])[:used].sum()
        bound = max(bound, -(-int(ends + line.durations[:, stage].sum()) // used))
    return bound


def _busy_stages(line: FlowLine) -> list[int]:
    """Per stage: the first job comes, all run, each but one after its shortest setup, one goes."""
    before, behind = _before(line.durations).min(axis=0), _behind(line.durations).min(axis=0)
    bounds: Ints = before + line.durations.sum(axis=0) + _setups_at_least(line) + behind
    return [int(bound) for bound in bounds]


def _setups_at_least(line: FlowLine) -> Ints:
    """Shape (S,): setups between jobs that each stage cannot avoid."""
    if line.setups is None or line.jobs < 2:
        return np.zeros(line.stages, dtype=np.int64)
    cost = line.setups.copy()
    cost[:, np.arange(line.jobs), np.arange(line.jobs)] = np.iinfo(np.int64).max
    shortest = cost.min(axis=1)  # before each job, whoever is ahead
    least: Ints = shortest.sum(axis=1) - shortest.max(axis=1)  # one job has none ahead
    return least


def _least_cost(line: FlowLine) -> int:
    """Jobs as early as if each stage in turn ran them alone, shortest first, and due likewise.

    On each stage the k-th job is done no sooner than the k shortest take. Where all weigh the
    same, ends and due dates cost least when both are in order. Else each job counts alone.
    """
    durations, due, weight = line.durations, np.array(line.due_or_zero), line.weight_or_one
    lightest = int(weight.min())
    alone = int((weight * np.maximum(durations.sum(axis=1) - due, 0)).sum())
    before, behind = _before(durations).min(axis=0), _behind(durations).min(axis=0)
    ends = before + np.cumsum(np.sort(durations, axis=0), axis=0) + behind
    late = np.maximum(ends - np.sort(due)[:, None], 0).sum(axis=0)
    return max(alone, lightest * int(late.max()))


def _longest_job(durations: Ints) -> int:
    return int(durations.sum(axis=1).max())


def _before(durations: Ints) -> Ints:
    """Shape (J, S): what a job runs before each stage."""
    before: Ints = durations.cumsum(axis=1) - durations
    return before


def _behind(durations: Ints) -> Ints:
    """Shape (J, S): what a job has still to run after each stage."""
    behind: Ints = durations.sum(axis=1)[:, None] - durations.cumsum(axis=1)
    return behind
