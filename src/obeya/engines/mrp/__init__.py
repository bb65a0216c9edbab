"""Material requirements: what must be made or bought, for whom, and by when."""

from obeya.engines.mrp.explode import chosen_components, explode
from obeya.engines.mrp.explosion import (
    CircularBom,
    Component,
    Consumer,
    Explosion,
    ExplosionProblem,
    Gross,
    MaterialRule,
    Pegging,
    PlannedOrder,
    PlannedRequirement,
    Supplier,
    Supply,
)

__all__ = [
    "CircularBom",
    "Component",
    "Consumer",
    "Explosion",
    "ExplosionProblem",
    "Gross",
    "MaterialRule",
    "Pegging",
    "PlannedOrder",
    "PlannedRequirement",
    "Supplier",
    "Supply",
    "chosen_components",
    "explode",
]
