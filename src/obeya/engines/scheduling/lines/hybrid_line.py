"""A line with several equal machines at each stage."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Ints, frozen_ints
from .line import Line, refuse_too_long, refuse_unfit

MOST_MACHINES: Final = 100_000  # at a stage; a larger figure is another one at the wrong place


@dataclass(frozen=True, eq=False)
class HybridLine(Line):
    """Every job passes all stages, at each on one of its equal machines; the aim is makespan.

    Attributes
    ----------
    durations
        See `Line`.
    machines : shape (S,)
        Number of machines at each stage, >= 1, and no more than jobs.

    Raises
    ------
    ValueError
        If a table has another shape, a negative time, a stage without machine or with more than
        jobs, or if the line runs too long to count.
    """

    machines: Ints

    @classmethod
    def of(cls, durations: ArrayLike, machines: ArrayLike) -> "HybridLine":
        """Freeze the tables.

        Machines beyond one for each job would never be used, and are left out: plans number those
        that are left.

        Raises
        ------
        ValueError
            If a stage has more than `MOST_MACHINES`, or as the class says.
        """
        runs, counts = frozen_ints(durations), frozen_ints(machines)
        if counts.max(initial=0) > MOST_MACHINES:
            raise ValueError(
                f"{counts.max()} machines. Expected {MOST_MACHINES} or fewer at a stage."
            )
        return cls(runs, frozen_ints(np.minimum(counts, max([1, *runs.shape[:1]]))))

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_unfit(self.machines, (self.stages,), "machines")
        if self.machines.min() < 1:
            raise ValueError("A stage has no machine. Expected 1 or more.")
        if self.machines.max() > self.jobs:
            raise ValueError(
                f"{self.machines.max()} machines at a stage. Expected {self.jobs} or fewer, one for"
                " each job."
            )
        refuse_too_long(self.horizon)
