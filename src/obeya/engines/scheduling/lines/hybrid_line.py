"""A line with several equal machines at each stage."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Ints, frozen_ints
from .line import Line, refuse_too_long, refuse_unfit

MOST_MACHINES: Final = 100_000  # at a stage; the kernels count all of a line with 32 bits


@dataclass(frozen=True, eq=False)
class HybridLine(Line):
    """Every job passes all stages, at each on one of its equal machines; the aim is makespan.

    Attributes
    ----------
    durations
        See `Line`.
    machines : shape (S,)
        Number of machines at each stage, >= 1.

    Raises
    ------
    ValueError
        If a table has another shape, a negative time, a stage without machine or with too many, or
        if the line runs too long to count.
    """

    machines: Ints

    @classmethod
    def of(cls, durations: ArrayLike, machines: ArrayLike) -> "HybridLine":
        """Freeze the tables."""
        return cls(frozen_ints(durations), frozen_ints(machines))

    def without_spare_machines(self) -> "HybridLine":
        """The line with one machine for each job at most: the others would never be used.

        The time of a search and of a check goes by machines too. Plans number those that are left.
        """
        return HybridLine.of(self.durations, np.minimum(self.machines, self.jobs))

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_unfit(self.machines, (self.stages,), "machines")
        if self.machines.min() < 1:
            raise ValueError("A stage has no machine. Expected 1 or more.")
        if self.machines.max() > MOST_MACHINES:
            raise ValueError(
                f"{self.machines.max()} machines. Expected {MOST_MACHINES} or fewer at a stage."
            )
        refuse_too_long(self.horizon)
