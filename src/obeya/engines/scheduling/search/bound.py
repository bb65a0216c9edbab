"""Lateness that no schedule avoids: each order alone in the plant."""

from dataclasses import replace

import numpy as np

from ..arrays import Ints, frozen_ints
from ..maintenance_plan import plan_maintenance
from ..objective import ON_TIME_FIRST
from ..packing import Packed
from ..problem import Maintenance, Problem
from .kernels.alone import ends_alone
from .layout import Layout
from .prices import Prices


def alone_completion(problem: Problem) -> Ints:
    """Earliest completion of each order if it had the plant to itself. shape (J,) [s]

    Every operation takes its quickest alternative, needs no setup, tool or free crew, and waits
    for its predecessors, its release, its shifts, and maintenance that cannot move. Orders with
    nothing left to do get ``now``.
    """
    last = problem.orders.last_operation
    return frozen_ints(np.append(_alone(problem)[:, 1], problem.now)[last])


def alone_start(problem: Problem) -> Ints:
    """Earliest start of each operation if its order had the plant to itself. shape (N,) [s]"""
    return frozen_ints(_alone(problem)[:, 0])


def _alone(problem: Problem) -> Ints:
    """Earliest start and end of each operation, as in `alone_completion`. shape (N, 2) [s]"""
    jobs = problem.maintenance
    rigid = jobs.latest - jobs.earliest == jobs.duration
    columns = (jobs.machine, jobs.duration, jobs.earliest, jobs.latest)
    rigid_jobs = Maintenance(*(frozen_ints(column[rigid]) for column in columns))
    alone = replace(problem, maintenance=rigid_jobs)
    pack = Packed(alone, plan_maintenance(alone))
    layout = Layout(pack, Prices(alone, ON_TIME_FIRST))
    times = np.zeros((len(problem), 2), np.int32)
    fixed = problem.operations
    rows = np.flatnonzero(problem.fixed)
    times[rows, 0] = fixed.fixed_start[rows] - layout.origin
    order = pack.topological
    ends_alone(layout.plant, times, order)
    return times.astype(np.int64) + layout.origin


def tardiness_bound(problem: Problem) -> int:
    """A lower bound on the weighted tardiness of any schedule [weight s]."""
    late = np.maximum(alone_completion(problem) - problem.orders.due, 0)
    is_open = problem.orders.last_operation >= 0
    return int((late * problem.orders.weight)[is_open].sum())
