"""Plans of lines."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Ints, frozen_ints
from .flow_line import Aim, FlowLine
from .no_wait import start_delays


@dataclass(frozen=True, eq=False)
class LinePlan:
    """The order of jobs on a line without passing.

    Attributes
    ----------
    order : shape (J,)
        Jobs as they come.
    start : shape (J, S)
        When each job starts on each stage, as early as the order allows.
    value
        The aim.
    """

    order: Ints
    start: Ints
    value: int


@dataclass(frozen=True, eq=False)
class HybridPlan:
    """When each job starts at each stage, and on which of its machines; both shape (J, S).

    Machines count from 0 through the whole line, stage by stage.
    """

    start: Ints
    machine: Ints
    makespan: int


def line_plan(line: FlowLine, order: Ints) -> LinePlan:
    """Start all jobs as early as their order allows."""
    start = _starts_without_waiting(line, order) if line.no_wait else _starts(line, order)
    end = start[:, -1] + line.durations[:, -1]
    if line.aim is Aim.MAKESPAN:
        value = int(end.max())
    else:
        value = int((line.weight_or_one * np.maximum(end - line.due_or_zero, 0)).sum())
    return LinePlan(frozen_ints(order), frozen_ints(start), value)


def _starts(line: FlowLine, order: Ints) -> Ints:
    start, setups = np.zeros_like(line.durations), line.setups_from
    free, before = [0] * line.stages, line.jobs
    for job in order.tolist():
        end = 0
        for stage, run in enumerate(line.durations[job].tolist()):
            ready = free[stage] + (0 if setups is None else int(setups[stage, before, job]))
            start[job, stage] = max(end, ready)
            end = free[stage] = int(start[job, stage]) + run
        before = job
    return start


def _starts_without_waiting(line: FlowLine, order: Ints) -> Ints:
    delay = start_delays(line)[np.concatenate([[line.jobs], order[:-1]]), order]
    ahead = line.durations.cumsum(axis=1) - line.durations
    start = np.zeros_like(line.durations)
    start[order] = np.cumsum(delay)[:, None] + ahead[order]
    return start
