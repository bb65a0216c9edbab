"""The question that an explosion answers, and its answer, as frozen data.

Quantities are integers in millionths of the material's base unit, times int seconds from one UTC
origin, materials are indices ``0 … n-1``. The answer names rows of the question by their position.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

ONE = 1_000_000  # millionths in one base unit


class CircularBom(ValueError):
    """A material contains itself; ``loop`` lists the materials along the way, first = last."""

    def __init__(self, loop: Sequence[int]) -> None:
        self.loop = tuple(loop)
        super().__init__(f"Circular BOM: {' > '.join(str(m) for m in loop)}. Break one line.")


@dataclass(frozen=True, slots=True)
class Component:
    """One BOM line: ``quantity`` of ``material`` goes into ``per`` of the parent.

    ``scrap`` is the share lost, in millionths (20_000 = 2 %); the gross need is the net need
    over (1 - scrap) (APICS: component scrap). ``step`` rounds the need up to whole pieces where
    the unit has no decimals. Lines of one ``alternate_group`` exclude each other: the lowest
    ``priority`` that is effective wins. Effectivity is ``[valid_from, valid_to)`` at the parent's
    need date.
    """

    material: int
    quantity: int
    per: int = ONE
    scrap: int = 0
    step: int = 1
    operation_number: int | None = None
    alternate_group: str = ""
    priority: int = 1
    valid_from: int | None = None
    valid_to: int | None = None

    def __post_init__(self) -> None:
        if self.quantity <= 0 or self.per <= 0 or self.step <= 0:
            raise ValueError(f"Expected quantity, per and step > 0 in {self}.")
        if not 0 <= self.scrap < ONE:
            raise ValueError(f"Expected 0 <= scrap < 1 (in millionths) in {self}.")

    def need(self, parent_quantity: int) -> int:
        """Gross need for ``parent_quantity`` of the parent, rounded up once, at the end."""
        above = parent_quantity * self.quantity * ONE
        below = self.per * (ONE - self.scrap) * self.step
        return -(-above // below) * self.step

    def is_effective(self, at: int) -> bool:
        return (self.valid_from is None or self.valid_from <= at) and (
            self.valid_to is None or at < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """How a material is replenished.

    ``lead_time`` [s] moves the need date of components before that of the order.
    ``lot_minimum`` and ``lot_multiple`` round an order up; what is over serves later needs.
    """

    is_made: bool
    lead_time: int = 0
    lot_minimum: int = 0
    lot_multiple: int = 0
    components: tuple[Component, ...] = ()

    def lot(self, net: int) -> int:
        quantity = max(net, self.lot_minimum)
        if self.lot_multiple:
            quantity = -(-quantity // self.lot_multiple) * self.lot_multiple
        return quantity


class Consumer(Enum):
    """Who needs a quantity."""

    GROSS = "gross"  # an entry of ExplosionProblem.gross
    PLANNED = "planned"  # a requirement of an order that the explosion proposes


class Supplier(Enum):
    """Where a quantity comes from."""

    SUPPLY = "supply"  # an entry of ExplosionProblem.supplies
    PLANNED = "planned"  # an order that the explosion proposes


@dataclass(frozen=True, slots=True)
class Gross:
    """A need from outside: a customer's demand, or a requirement of an order already firm."""

    material: int
    quantity: int
    due: int
    rank: int = 0  # breaks ties of equal due dates: lower first


@dataclass(frozen=True, slots=True)
class Supply:
    """What is there or promised: stock (available in the past), a purchase, a firm order."""

    material: int
    quantity: int
    available: int


@dataclass(frozen=True, slots=True)
class ExplosionProblem:
    materials: tuple[MaterialRule, ...]
    gross: tuple[Gross, ...]
    supplies: tuple[Supply, ...]

    def __post_init__(self) -> None:
        n = len(self.materials)
        rows: tuple[Gross | Supply, ...] = (*self.gross, *self.supplies)
        for row in rows:
            if not 0 <= row.material < n:
                raise ValueError(f"Expected a material below {n} in {row}.")
            if row.quantity <= 0:
                raise ValueError(f"Expected a quantity > 0 in {row}.")
        for rule in self.materials:
            for component in rule.components:
                if not 0 <= component.material < n:
                    raise ValueError(f"Expected a material below {n} in {component}.")


@dataclass(frozen=True, slots=True)
class PlannedOrder:
    """A proposal: make or buy ``quantity`` so that it is there at ``due``."""

    material: int
    quantity: int
    due: int


@dataclass(frozen=True, slots=True)
class PlannedRequirement:
    """What a planned order consumes; ``order`` indexes ``Explosion.orders``."""

    order: int
    component: Component
    quantity: int
    due: int


@dataclass(frozen=True, slots=True)
class Pegging:
    """``quantity`` of a supply reserved for a consumer; indices into the lists that are named."""

    supplier: Supplier
    supply: int
    consumer: Consumer
    need: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Explosion:
    orders: tuple[PlannedOrder, ...]
    requirements: tuple[PlannedRequirement, ...]
    pegs: tuple[Pegging, ...]
