"""A line with several equal machines at each stage."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from ..arrays import Ints, frozen_ints
from .flow_line import refuse_too_long, refuse_unfit


@dataclass(frozen=True, eq=False)
class HybridLine:
    """Every job passes all stages, at each on one of its equal machines; the aim is makespan.

    Attributes
    ----------
    durations : shape (J, S)
        Of each job at each stage, >= 0.
    machines : shape (S,)
        Number of machines at each stage, >= 1.

    Raises
    ------
    ValueError
        If a table has another shape, a negative time or a stage without machine, or if the line
        runs too long to count.
    """

    durations: Ints
    machines: Ints

    @classmethod
    def of(cls, durations: ArrayLike, machines: ArrayLike) -> "HybridLine":
        """Freeze the tables."""
        return cls(frozen_ints(durations), frozen_ints(machines))

    def __post_init__(self) -> None:
        refuse_unfit(self.durations, self.durations.shape, "durations")
        if self.durations.ndim != 2 or not self.durations.size:
            raise ValueError("Expected durations of at least one job on at least one stage.")
        refuse_unfit(self.machines, (self.stages,), "machines")
        if self.machines.min() < 1:
            raise ValueError("A stage has no machine. Expected 1 or more.")
        refuse_too_long(self.horizon)

    @property
    def horizon(self) -> int:
        """By when all is done if one job after the other runs."""
        return int(self.durations.sum())

    @property
    def jobs(self) -> int:
        """Number of jobs J."""
        return len(self.durations)

    @property
    def stages(self) -> int:
        """Number of stages S."""
        return len(self.durations[0])
