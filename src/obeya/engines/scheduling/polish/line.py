"""What stands still on a machine that operations of a window may use."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..problem import Problem
from ..schedule import Schedule
from .timing import Span


@dataclass(frozen=True)
class Line:
    """Operations that stand still on a machine, in time order.

    Attributes
    ----------
    family
        That the machine is set up for before the first of ``rows``.
    rows
        Those that touch the time of the window, and the first one after it.
    families
        Of ``rows``.
    gaps
        Free time before, between and after ``rows``; where it ends before it begins there is
        none. One more than ``rows``.
    """

    family: int
    rows: tuple[int, ...]
    families: tuple[int, ...]
    gaps: tuple[Span, ...]

    @property
    def busy(self) -> list[Span]:
        """All time of the window that lies in no gap."""
        found, until = [], self.gaps[0][0]
        for start, end in self.gaps:
            if start < end:
                found.append((until, start))
                until = end
        found.append((until, self.gaps[-1][1]))
        return [(start, end) for start, end in found if start < end]


def line_of(
    problem: Problem,
    plan: Schedule,
    machine: int,
    *,
    still: NDArray[np.bool_],
    earliest: int,
    latest: int,
) -> Line:
    """The line of a machine in the time of a window.

    Parameters
    ----------
    still : shape (N,)
        Operations that stand still.
    """
    rows = np.flatnonzero(still & (plan.machine == machine))
    rows = rows[np.lexsort((plan.end[rows], plan.start[rows]))]
    reach = np.maximum.accumulate(plan.end[rows])
    first = int(np.searchsorted(reach, earliest, side="right"))
    last = int(np.searchsorted(plan.start[rows], latest)) + 1
    family = problem.alternatives.family[plan.alternative]
    initial = int(problem.machines.initial_family[machine])
    before = int(family[rows[first - 1]]) if first else initial
    begins = np.maximum(plan.setup_start[rows[first:last]], earliest).tolist()
    ends = reach[first:last].tolist()
    gaps = zip([earliest, *ends], [*begins, latest], strict=True)
    kept = rows[first:last]
    return Line(before, tuple(kept.tolist()), tuple(family[kept].tolist()), tuple(gaps))
