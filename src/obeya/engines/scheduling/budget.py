"""How long an engine may work."""

from collections.abc import Callable
from dataclasses import dataclass, replace


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Budget:
    """Work units, so that a result is the same on every machine, and a way to stop sooner.

    Attributes
    ----------
    work_units
        What a unit is, the engine says.
    should_stop
        Asked between units; True ends the work with the best result so far.
    progress
        The share of the time that is used up, 0 to 1, when time and not work is what is limited:
        an engine that cools down goes by it. Without it, by its work units.
    """

    work_units: int
    should_stop: Callable[[], bool] = _never
    progress: Callable[[], float] | None = None

    def of_each(self, workers: int) -> "Budget":
        """So much work of each worker, as one sum for an engine whose workers share it."""
        return replace(self, work_units=self.work_units * workers)
