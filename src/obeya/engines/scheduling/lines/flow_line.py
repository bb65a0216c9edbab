"""A line of stages that every job passes in the same order."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arrays import Ints, frozen_ints
from .line import Line, refuse_too_long, refuse_unfit


class Aim(StrEnum):
    """What is to be small."""

    MAKESPAN = "makespan"  # end of the last job
    TOTAL_TARDINESS = "total_tardiness"  # weight x lateness, over jobs
    TOTAL_COMPLETION = "total_completion"  # weight x completion, over jobs


@dataclass(frozen=True, eq=False)
class FlowLine(Line):
    """One machine per stage, and no job passes another: a permutation flow shop.

    Times count from 0, in one unit. The setup of a job on a machine may be made before the job
    arrives there.

    Attributes
    ----------
    durations
        See `Line`.
    setups : shape (S, J, J), optional
        Setup on a stage from the job in the row to the one in the column.
    initial_setups : shape (S, J), optional
        Setup on a stage when that job is the first; none where left out.
    due, weight : shape (J,), optional
        When each job should be done (0 where left out), and what a unit of time costs (1).
    no_wait : bool
        A job goes on to its next stage the moment it leaves one.

    Raises
    ------
    ValueError
        If a table has another shape or a negative time, or if the line runs too long to count.
    """

    setups: Ints | None = None
    initial_setups: Ints | None = None
    due: Ints | None = None
    weight: Ints | None = None
    no_wait: bool = False
    aim: Aim = Aim.MAKESPAN

    @classmethod
    def of(
        cls,
        durations: ArrayLike,
        *,
        setups: ArrayLike | None = None,
        initial_setups: ArrayLike | None = None,
        due: ArrayLike | None = None,
        weight: ArrayLike | None = None,
        no_wait: bool = False,
        aim: Aim = Aim.MAKESPAN,
    ) -> "FlowLine":
        """Freeze the tables."""
        return cls(
            frozen_ints(durations),
            None if setups is None else frozen_ints(setups),
            None if initial_setups is None else frozen_ints(initial_setups),
            None if due is None else frozen_ints(due),
            None if weight is None else frozen_ints(weight),
            no_wait,
            aim,
        )

    def __post_init__(self) -> None:
        super().__post_init__()
        jobs, stages = self.durations.shape
        refuse_unfit(self.setups, (stages, jobs, jobs), "setups")
        refuse_unfit(self.initial_setups, (stages, jobs), "initial_setups")
        refuse_unfit(self.due, (jobs,), "due")
        refuse_unfit(self.weight, (jobs,), "weight")
        refuse_too_long(self.horizon)

    @property
    def horizon(self) -> int:
        """By when all is done if one job after the other runs, after its longest setups."""
        setups = self.setups_from
        longest = 0 if setups is None else int(setups.max(axis=(1, 2)).sum()) * self.jobs
        return super().horizon + longest

    @property
    def due_or_zero(self) -> Ints:
        """Shape (J,): due dates by which the aim is tardiness; 0 where completion counts."""
        if self.due is None or self.aim is not Aim.TOTAL_TARDINESS:
            return np.zeros(self.jobs, dtype=np.int64)
        return self.due

    @property
    def weight_or_one(self) -> Ints:
        """Shape (J,): what a unit of time of each job costs."""
        return np.ones(self.jobs, dtype=np.int64) if self.weight is None else self.weight

    @property
    def setups_from(self) -> NDArray[np.int64] | None:
        """Shape (S, J + 1, J): setups, with those of a first job in the last row; None if none."""
        if self.setups is None and self.initial_setups is None:
            return None
        table = np.zeros((self.stages, self.jobs + 1, self.jobs), dtype=np.int64)
        if self.setups is not None:
            table[:, :-1] = self.setups
        if self.initial_setups is not None:
            table[:, -1] = self.initial_setups
        return table
