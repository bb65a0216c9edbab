"""How things are made, what is wanted, what supplies it, and the jobs that do it."""

from obeya.plant.work.models.bom_line import BomLine
from obeya.plant.work.models.demand import Demand
from obeya.plant.work.models.job_order import JobOrder, JobTransition
from obeya.plant.work.models.job_specification import JobSpecification, JobTotals
from obeya.plant.work.models.operation import (
    Operation,
    OperationAlternate,
    OperationPredecessor,
)
from obeya.plant.work.models.peg import Peg
from obeya.plant.work.models.requirement import MaterialRequirement
from obeya.plant.work.models.setup_matrix import SetupMatrix, SetupMatrixUse, SetupTime
from obeya.plant.work.models.supply_order import SupplyOrder, SupplyOrderTransition

__all__ = [
    "BomLine",
    "Demand",
    "JobOrder",
    "JobSpecification",
    "JobTotals",
    "JobTransition",
    "MaterialRequirement",
    "Operation",
    "OperationAlternate",
    "OperationPredecessor",
    "Peg",
    "SetupMatrix",
    "SetupMatrixUse",
    "SetupTime",
    "SupplyOrder",
    "SupplyOrderTransition",
]
