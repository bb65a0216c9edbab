"""Why there is no schedule."""

from typing import Final

from .problem import Problem

NO_CALENDAR: Final = "no_calendar"
HORIZON: Final = "horizon"
MAXIMUM_WAIT: Final = "maximum_wait"
FIXED: Final = "fixed"
MAINTENANCE: Final = "maintenance"


class Unschedulable(Exception):
    """No schedule holds every constraint; the message names what stands in the way.

    Attributes
    ----------
    reason
        ``no_calendar``: nowhere before the horizon is there room for the operation, even alone.
        ``horizon``: it would fit alone; the plan is too full to end in time.
        ``maximum_wait``: it cannot come soon enough after ``blocker``.
        ``fixed``: it would end too late for ``blocker``, which is fixed.
        ``maintenance``: ``operation`` is the row of a maintenance job whose window is too narrow.
    operation, blocker
        Rows; blocker is -1 where there is none.
    """

    def __init__(self, reason: str, operation: int, blocker: int, message: str) -> None:
        self.reason, self.operation, self.blocker = reason, operation, blocker
        super().__init__(message)

    @classmethod
    def of(cls, problem: Problem, reason: str, operation: int, blocker: int) -> "Unschedulable":
        """Word the reason for people."""
        it, other = problem.name("operations", operation), problem.name("operations", blocker)
        message = {
            NO_CALENDAR: f"{it}: no machine and crew of it ever work long enough together. Check"
            " its calendars, crew, setters and tools, or let it resume after a break.",
            HORIZON: f"{it}: does not end before the horizon. Move the horizon out, or plan less.",
            MAXIMUM_WAIT: f"{it}: cannot start within the maximum wait after {other}. Allow a"
            " longer wait, or let their calendars meet.",
            FIXED: f"{it}: cannot end in time for {other}, which is fixed. Free or move that one.",
        }[reason]
        return cls(reason, operation, blocker, message)

    @classmethod
    def maintenance(cls, problem: Problem, row: int) -> "Unschedulable":
        """A maintenance job that finds no room between the others on its machine."""
        machine = problem.name("machines", int(problem.maintenance.machine[row]))
        text = f"maintenance {row} on {machine}: no room in its window. Widen the window."
        return cls(MAINTENANCE, row, -1, text)
