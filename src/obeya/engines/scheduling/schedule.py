"""Who runs what, where and when."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from .arrays import Ints, frozen_ints
from .problem import Problem


@dataclass(frozen=True, eq=False)
class Schedule:
    """One row per operation of the problem; times in its seconds, ends exclusive.

    Attributes
    ----------
    alternative, machine : shape (N,)
        The chosen row of the problem's ``alternatives``, and its machine.
    setup_start, start, end : shape (N,)
        The machine is taken from ``setup_start`` to ``end``; the run begins at ``start``. Without
        setup ``setup_start`` equals ``start``. All operations of one batch share the three.
    maintenance_start : shape (K,)
        When each maintenance job of the problem is done.
    """

    alternative: Ints
    machine: Ints
    setup_start: Ints
    start: Ints
    end: Ints
    maintenance_start: Ints

    @classmethod
    def of(
        cls,
        problem: Problem,
        *,
        alternative: ArrayLike,
        setup_start: ArrayLike,
        start: ArrayLike,
        end: ArrayLike,
        maintenance_start: ArrayLike = (),
    ) -> "Schedule":
        """Freeze the columns; the machines follow from the alternatives."""
        chosen = frozen_ints(alternative)
        return cls(
            chosen,
            frozen_ints(problem.alternatives.machine[chosen]),
            frozen_ints(setup_start),
            frozen_ints(start),
            frozen_ints(end),
            frozen_ints(maintenance_start),
        )

    def __len__(self) -> int:
        return len(self.start)
