"""A problem in which more operations keep their place."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from obeya.engines.scheduling import Problem, Schedule


def held(problem: Problem, schedule: Schedule, operations: Collection[int]) -> Problem:
    """The same problem with ``operations`` fixed where the schedule has them.

    What the problem itself fixes stays as it is.
    """
    rows = np.array(sorted(operations), dtype=np.int64)
    rows = rows[~problem.fixed[rows]]
    if not len(rows):
        return problem
    way = problem.operations.fixed_alternative.copy()
    start = problem.operations.fixed_start.copy()
    way[rows], start[rows] = schedule.alternative[rows], schedule.start[rows]
    for column in (way, start):
        column.setflags(write=False)
    fixed = replace(problem.operations, fixed_alternative=way, fixed_start=start)
    return replace(problem, operations=fixed)
