"""Time that a machine gives to its upkeep."""

from dataclasses import dataclass

from ..arrays import Ints


@dataclass(frozen=True, eq=False)
class Maintenance:
    """One row per maintenance job; the machine is not available from its start to its end.

    Attributes
    ----------
    machine : shape (K,)
    duration : shape (K,)
        Clock seconds, day and night.
    earliest, latest : shape (K,)
        It starts at or after ``earliest`` and is done by ``latest`` [s]. When the window is just
        as long as the job, its time is fixed; a breakdown is such a row.
    """

    machine: Ints
    duration: Ints
    earliest: Ints
    latest: Ints

    def __len__(self) -> int:
        return len(self.machine)
