"""What to do when the floor does not do what the plan says, and when we could deliver."""

from .actions import Action, Decision
from .compare import Comparison, OrderShift, compare
from .disruption import AbsentCrew, Breakdown, Disruption, LateMaterial, RushOrder, Scrap
from .new_order import After, NewOperation, NewOrder
from .options import Costs, Option, options
from .promise import Promise, promise
from .react import Reaction, react, steady
from .seeded import disruptions_of
from .situation import Situation, apply
from .wider import Wider

__all__ = [
    "AbsentCrew",
    "Action",
    "After",
    "Breakdown",
    "Comparison",
    "Costs",
    "Decision",
    "Disruption",
    "LateMaterial",
    "NewOperation",
    "NewOrder",
    "Option",
    "OrderShift",
    "Promise",
    "Reaction",
    "RushOrder",
    "Scrap",
    "Situation",
    "Wider",
    "apply",
    "compare",
    "disruptions_of",
    "options",
    "promise",
    "react",
    "steady",
]
