"""What is wrong with a schedule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """One broken constraint.

    Attributes
    ----------
    rule
        Name of the constraint, as in the table of the package's README.
    operations
        The operations that break it together.
    message
        For people, with the times in seconds of the problem.
    maintenance
        The maintenance jobs that stand in the way of each other, or of the operations.
    """

    rule: str
    operations: tuple[int, ...]
    message: str
    maintenance: tuple[int, ...] = ()
