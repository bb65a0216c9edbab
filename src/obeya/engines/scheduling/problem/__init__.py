"""What is to be scheduled: frozen tables of arrays, and the builder that fills them."""

from .builder import Alternative, ProblemBuilder
from .calendars import Calendars
from .invalid import InvalidProblem
from .machines import Machines, SetupMatrices
from .maintenance import Maintenance
from .operations import Alternatives, Operations
from .orders import Orders
from .pools import CREW, SETTER, TOOL, Pools
from .precedence import END_TO_START, OVERLAP, Precedence
from .problem import Labels, Problem

__all__ = [
    "CREW",
    "END_TO_START",
    "OVERLAP",
    "SETTER",
    "TOOL",
    "Alternative",
    "Alternatives",
    "Calendars",
    "InvalidProblem",
    "Labels",
    "Machines",
    "Maintenance",
    "Operations",
    "Orders",
    "Pools",
    "Precedence",
    "Problem",
    "ProblemBuilder",
    "SetupMatrices",
]
