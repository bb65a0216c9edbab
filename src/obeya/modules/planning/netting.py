"""What the explosion is asked: rows of the plant and the arrays they became."""

from dataclasses import dataclass
from datetime import datetime

from obeya.engines.mrp import ExplosionProblem
from obeya.plant.resources.models import Site


@dataclass(frozen=True)
class Need:
    """Whose need a gross requirement is: a demand's, or a firm order's requirement's."""

    demand_id: int | None = None
    requirement_id: int | None = None


@dataclass(frozen=True)
class Holding:
    """Where a supply comes from: an order, or (None) stock on hand."""

    supply_order_id: int | None = None


@dataclass(frozen=True)
class Netting:
    """A problem and, position by position, the rows behind it."""

    site: Site
    now: datetime
    problem: ExplosionProblem
    material_ids: tuple[int, ...]
    needs: tuple[Need, ...]
    holdings: tuple[Holding, ...]
