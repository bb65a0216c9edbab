"""An independent check of a schedule, written from the definition of each constraint."""

from .check import check, conflicts_among_fixed
from .violation import Violation

__all__ = ["Violation", "check", "conflicts_among_fixed"]
