"""The scheduling problem of a plant."""

from dataclasses import dataclass, field

import numpy as np

from .calendars import Calendars
from .machines import Machines, SetupMatrices
from .maintenance import Maintenance
from .operations import Alternatives, Operations
from .orders import Orders
from .pools import Pools
from .precedence import Precedence
from .validation import validate


@dataclass(frozen=True)
class Labels:
    """What people call the rows; used in messages only, and each may be left empty."""

    operations: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Problem:
    """Frozen tables of int64 arrays; time is seconds from one UTC origin that the caller chooses.

    The same tables serve the dispatcher, the checker, the repair and the search, up to a million
    operations. Every rule of the tables is checked when a problem is made.

    Attributes
    ----------
    now : int
        Nothing that has not started may start before this time [s].
    horizon : int
        Everything ends by this time [s]; calendars and pools must reach so far.

    Raises
    ------
    InvalidProblem
        If a table contradicts itself or another one.
    """

    operations: Operations
    alternatives: Alternatives
    precedence: Precedence
    machines: Machines
    setups: SetupMatrices
    calendars: Calendars
    pools: Pools
    orders: Orders
    maintenance: Maintenance
    now: int
    horizon: int
    labels: Labels = field(default_factory=Labels)

    def __post_init__(self) -> None:
        validate(self)

    def __len__(self) -> int:
        """Number of operations."""
        return len(self.operations)

    @property
    def fixed(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Shape (N,): operations that are frozen or have started."""
        return self.operations.fixed_alternative >= 0

    def alternatives_of(self, operation: int) -> range:
        """Rows of ``alternatives`` that can do this operation."""
        first = self.operations.first_alternative
        return range(int(first[operation]), int(first[operation + 1]))

    def setup_seconds(self, machine: int, before: int, after: int) -> int:
        """Setup on a machine from family ``before`` to family ``after`` [s]."""
        return self.setups.between(int(self.machines.setup_matrix[machine]), before, after)

    def name(self, table: str, row: int) -> str:
        """How a message calls a row: ``operation 7 (JO-12/30)``."""
        known: tuple[str, ...] = getattr(self.labels, table)
        label = f" ({known[row]})" if 0 <= row < len(known) and known[row] else ""
        return f"{table.removesuffix('s')} {row}{label}"
