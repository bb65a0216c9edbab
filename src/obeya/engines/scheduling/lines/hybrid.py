"""Search for the shortest plan of a hybrid line."""

from typing import Final

from ..islands import Island, Worth
from .entering import EntryIsland
from .hybrid_line import HybridLine
from .justified import JustifiedIsland
from .plans import HybridPlan

OPENING: Final = 300  # work units for the order of entry: some seconds


class HybridIsland:
    """First the order in which jobs enter, then the plan that came of the best one.

    Orders of entry come near quickly and then stand still. One work unit is a million operations
    planned. A plan to go on from is opened by its order of entry, unless that gives a longer one.
    """

    def __init__(
        self, line: HybridLine, *, seed: int, stream: int, start: HybridPlan | None = None
    ) -> None:
        self._line, self._seed, self._stream = line, seed, stream
        self._island: Island[HybridPlan] = EntryIsland(line, seed=seed, stream=stream)
        self._opening = OPENING
        if start is not None:
            self._island.adopt(start)
            if self._island.worth()[0] > start.makespan:
                self._island = JustifiedIsland(line, start, seed=seed, stream=stream)
                self._opening = 0

    def work(self, units: int) -> None:
        """Search on for so many work units."""
        opening = min(units, self._opening)
        if opening:
            self._island.work(opening)
            self._opening -= opening
            if not self._opening:
                self._island = JustifiedIsland(
                    self._line, self._island.solution(), seed=self._seed, stream=self._stream
                )
        if units > opening:
            self._island.work(units - opening)

    def worth(self) -> Worth:
        """The makespan."""
        return self._island.worth()

    def solution(self) -> HybridPlan:
        """The best plan."""
        return self._island.solution()

    def adopt(self, solution: HybridPlan) -> None:
        """Go on from another island's plan."""
        self._island.adopt(solution)
