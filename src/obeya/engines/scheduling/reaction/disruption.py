"""What happened on the floor that the plan did not know."""

from dataclasses import dataclass

from .new_order import NewOrder


@dataclass(frozen=True)
class Breakdown:
    """A machine stands still from ``start`` to ``end`` [s]."""

    machine: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("Expected a breakdown to end at or after its start.")


@dataclass(frozen=True)
class LateMaterial:
    """Operations cannot start before ``release`` [s]; those that have begun go on."""

    operations: tuple[int, ...]
    release: int


@dataclass(frozen=True)
class AbsentCrew:
    """So many heads of a pool are missing from ``start`` to ``end`` [s]."""

    pool: int
    start: int
    end: int
    heads: int = 1

    def __post_init__(self) -> None:
        if self.end < self.start or self.heads < 0:
            raise ValueError("Expected 0 heads or more, missing from a start to an end after it.")


@dataclass(frozen=True)
class RushOrder:
    """A new order that shall be squeezed in."""

    order: NewOrder


@dataclass(frozen=True)
class Scrap:
    """A share of a lot is spoilt and made again, on each of the operations.

    Those that are done already are done again for that share; the others run longer by it. A lot
    that waits for an oven, which takes as long for a fuller one, needs more of its places, as far
    as the oven has them.
    """

    operations: tuple[int, ...]
    share: float

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError("Expected a share of the lot above 0 and not above 1.")
        if len(set(self.operations)) < len(self.operations):
            raise ValueError("Expected each operation of a spoilt lot once.")


Disruption = Breakdown | LateMaterial | AbsentCrew | RushOrder | Scrap
