"""One search per core, each with its own luck, that share the best they found."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from math import inf
from typing import Generic, Protocol, TypeVar

from .budget import Budget

Solution = TypeVar("Solution")
Worth = tuple[float, ...]  # less is better, compared from the left


class Island(Protocol, Generic[Solution]):
    """A search that can go on where it stopped. Its kernels release the interpreter's lock."""

    def work(self, units: int) -> None:
        """Spend so many work units."""

    def worth(self) -> Worth:
        """The worth of the best solution so far."""

    def solution(self) -> Solution:
        """A copy of the best solution so far, for other threads to read."""

    def adopt(self, solution: Solution) -> None:
        """Go on from another island's solution."""


def explore(
    islands: Sequence[Island[Solution]],
    *,
    budget: Budget,
    epoch: int,
    look_every: int | None = None,
    share_every: int = 4,
    least: float = -inf,
    on_better: Callable[[Worth, Solution], None] | None = None,
) -> Solution:
    """Let all islands work, epoch by epoch, and give the best solution.

    Which island sees what, and when, depends on work units alone and never on the clock, so two
    runs with the same seeds and number of islands give the same answer.

    Parameters
    ----------
    budget
        ``work_units`` for each island; ``should_stop`` is asked after each epoch.
    epoch
        Work units between two looks at each other; a fraction of a second.
    look_every
        Work units after which ``should_stop`` is asked within an epoch too, where a unit can take
        long. What the islands find does not depend on it.
    share_every
        Every so many epochs the island that is worst goes on from the best solution.
    least
        No solution is worth less; one that is worth that ends the work.
    on_better
        Told of each improvement, in this thread, as it happens.

    Raises
    ------
    ValueError
        If there is no island.
    """
    if not islands:
        raise ValueError("Nobody searches. Expected 1 worker or more.")
    best = min(range(len(islands)), key=lambda i: (islands[i].worth(), i))
    worth, solution = islands[best].worth(), islands[best].solution()
    if on_better is not None:
        on_better(worth, solution)
    left, number = budget.work_units, 0
    with ThreadPoolExecutor(max_workers=len(islands)) as threads:
        while left > 0 and worth[0] > least and not budget.should_stop():
            units = min(epoch, left)
            left, number = left - units, number + 1
            for done in range(0, units, look_every or units):
                if done and budget.should_stop():
                    break
                part = min(look_every or units, units - done)
                if len(islands) == 1:
                    islands[0].work(part)
                else:
                    list(threads.map(_work, islands, repeat(part)))
            ranked = sorted(range(len(islands)), key=lambda i: (islands[i].worth(), i))
            if islands[ranked[0]].worth() < worth:
                worth, solution = islands[ranked[0]].worth(), islands[ranked[0]].solution()
                if on_better is not None:
                    on_better(worth, solution)
            if number % share_every == 0 and islands[ranked[-1]].worth() > worth:
                islands[ranked[-1]].adopt(solution)
    return solution


def _work(island: Island[Solution], units: int) -> None:
    island.work(units)
