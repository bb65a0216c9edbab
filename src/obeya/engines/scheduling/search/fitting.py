"""What a search refuses to go on from: it reads a plan as it stands, and moves nothing fixed."""

import numpy as np

from ..kernels import plant as columns
from ..packing import packed
from ..placing import started_state
from ..problem import Problem
from ..schedule import Schedule


def refuse_unfit_start(problem: Problem, start: Schedule) -> None:
    """Refuse a plan of another problem, or one in which something fixed is elsewhere.

    Whether it holds all else is for the checker to say, which takes longer.

    Raises
    ------
    ValueError
        With the first operation that is wrong, if there is one.
    """
    _refuse_foreign(problem, start)
    _refuse_moved(problem, start)


def _refuse_foreign(problem: Problem, start: Schedule) -> None:
    """A plan with other rows than the problem would be read beyond its end."""
    rows = (start.alternative, start.machine, start.setup_start, start.start, start.end)
    ways = problem.operations.first_alternative
    if (
        any(column.shape != (len(problem),) for column in rows)
        or start.maintenance_start.shape != (len(problem.maintenance),)
        or (start.alternative < ways[:-1]).any()
        or (start.alternative >= ways[1:]).any()
        or (start.machine != problem.alternatives.machine[start.alternative]).any()
    ):
        raise ValueError("The start is a plan of another problem. Expected one of this problem.")


def _refuse_moved(problem: Problem, start: Schedule) -> None:
    """No move would bring back what is frozen or has started: all plans would break its rule."""
    fixed = np.flatnonzero(problem.fixed)
    if not len(fixed):
        return
    stands = started_state(packed(problem, start.maintenance_start)).bar[fixed]
    way, begin, end = (stands[:, c] for c in (columns.WAY, columns.START, columns.END))
    wrong = start.alternative[fixed] != way
    wrong |= (start.start[fixed] != begin) | (start.end[fixed] != end)
    if wrong.any():
        at = int(wrong.argmax())
        row = int(fixed[at])
        raise ValueError(
            f"In the start {problem.name('operations', row)} is fixed but was moved to "
            f"alternative {start.alternative[row]} from {start.start[row]} to {start.end[row]} s. "
            f"Expected alternative {way[at]} from {begin[at]} to {end[at]} s."
        )
