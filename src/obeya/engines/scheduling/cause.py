"""What an operation's time went to."""

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why an operation was not done sooner."""

    WORK = "work"
    """A run: its own, or that of the predecessor that it waits for."""
    SETUP = "setup"
    MACHINE_QUEUE = "machine_queue"
    """The machine was busy with ``blocker``."""
    OFF_SHIFT = "off_shift"
    """Machine or crew were off, or the rest of the shift was too short for what cannot stop."""
    MAINTENANCE = "maintenance"
    MATERIAL = "material"
    """Not released yet."""
    LAG = "lag"
    """Cooling, drying, moving."""
    CREW = "crew"
    SETTER = "setter"
    TOOL = "tool"
    BATCH = "batch"
    """The batch waited for ``blocker``."""
    MAXIMUM_WAIT = "maximum_wait"
    """``blocker``, which must follow soon, could not have followed soon enough."""
    FREEZE = "freeze"
    """Somebody fixed its time."""
    UNFORCED = "unforced"
    """Nothing in the plan stands in the way: a gap that a better plan could close."""
    ALREADY_LATE = "already_late"
    """The due time had passed before the plan began."""
    NOW = "now"
    """It starts as soon as the plan begins."""


@dataclass(frozen=True)
class Segment:
    """A stretch of clock time ``[start, end)`` [s] on the way of an order, and its cause."""

    cause: Cause
    start: int
    end: int
    operation: int
    blocker: int = -1

    @property
    def seconds(self) -> int:
        """Its length [s]."""
        return self.end - self.start
