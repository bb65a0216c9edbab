"""How long an engine may work."""

from collections.abc import Callable
from dataclasses import dataclass


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
    """

    work_units: int
    should_stop: Callable[[], bool] = _never
