"""What all lines have: jobs, and stages that each of them passes."""

from dataclasses import dataclass

from ..arrays import Ints

LONGEST = 1 << 29  # so that sums of a few times fit into 32 bits


@dataclass(frozen=True, eq=False)
class Line:
    """Every job passes all stages in the same order.

    Attributes
    ----------
    durations : shape (J, S)
        Of each job at each stage, >= 0.
    """

    durations: Ints

    def __post_init__(self) -> None:
        refuse_unfit(self.durations, self.durations.shape, "durations")
        if self.durations.ndim != 2 or not self.durations.size:
            raise ValueError("Expected durations of at least one job on at least one stage.")

    @property
    def jobs(self) -> int:
        """Number of jobs J."""
        return len(self.durations)

    @property
    def stages(self) -> int:
        """Number of stages S."""
        return len(self.durations[0])

    @property
    def horizon(self) -> int:
        """By when all is done if one job after the other runs."""
        return int(self.durations.sum())


def refuse_too_long(horizon: int) -> None:
    """Refuse a line that may run longer than the search can count."""
    if horizon > LONGEST:
        raise ValueError(f"The line may run {horizon} units. Expected {LONGEST} or less.")


def refuse_unfit(table: Ints | None, shape: tuple[int, ...], name: str) -> None:
    """Refuse a table that has another shape than it should, or a negative figure."""
    if table is None:
        return
    if table.shape != shape:
        raise ValueError(f"{name} has shape {table.shape}. Expected {shape}.")
    if table.size and table.min() < 0:
        raise ValueError(f"{name} has a negative figure. Expected 0 or more.")
