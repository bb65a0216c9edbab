"""What every published instance can be asked, whichever model it is read into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..budget import Budget

OnBetter = Callable[[int], None]  # told the value of each improvement, as it happens


@dataclass(frozen=True, eq=False)
class Answer:
    """The best schedule that was found.

    Attributes
    ----------
    value
        The objective, in the units of the text.
    check
        What is wrong with the schedule, in sentences; empty if the independent checker, which
        shares no code with the search, finds nothing and the same value.
    bound
        What the search itself proved: no schedule is worth less; 0 if nothing.
    """

    value: int
    check: Callable[[], Sequence[str]]
    bound: int = 0


class Instance(Protocol):
    """A problem of a benchmark.

    Attributes
    ----------
    problem
        Its short name in the literature: ``FJSP``.
    objective
        ``makespan``, ``total_tardiness`` or ``total_completion``.
    reading
        How the text was read, in words, where nothing tells for sure; otherwise empty.
    operations, jobs, machines
        Its size.
    """

    @property
    def problem(self) -> str: ...
    @property
    def objective(self) -> str: ...
    @property
    def reading(self) -> str: ...
    @property
    def operations(self) -> int: ...
    @property
    def jobs(self) -> int: ...
    @property
    def machines(self) -> int: ...

    def lower_bound(self) -> int:
        """A value that no schedule beats, found without search."""

    def solve(self, *, budget: Budget, seed: int, workers: int, on_better: OnBetter) -> Answer:
        """Search until the budget is spent, or nothing better is possible.

        Work units are of each worker, whichever engine it is.

        Raises
        ------
        NotCovered
            If there is no plan.
        """


class NotCovered(ValueError):
    """The text is understood, but there is no plan for it, or none was found."""
