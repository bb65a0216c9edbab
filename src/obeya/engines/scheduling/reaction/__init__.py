"""What to do when the floor does not do what the plan says, and when we could deliver."""

from .compare import Comparison, OrderShift, compare
from .disruption import AbsentCrew, Breakdown, Disruption, LateMaterial, RushOrder, Scrap
from .new_order import After, NewOperation, NewOrder
from .promise import Promise, promise
from .react import Reaction, react
from .seeded import disruptions_of
from .situation import Situation, apply

__all__ = [
    "AbsentCrew",
    "After",
    "Breakdown",
    "Comparison",
    "Disruption",
    "LateMaterial",
    "NewOperation",
    "NewOrder",
    "OrderShift",
    "Promise",
    "Reaction",
    "RushOrder",
    "Scrap",
    "Situation",
    "apply",
    "compare",
    "disruptions_of",
    "promise",
    "react",
]
