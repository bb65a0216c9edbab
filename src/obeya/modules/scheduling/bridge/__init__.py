"""Rows of the plant ↔ the arrays of the engine. Only here do datetimes become seconds."""

from obeya.modules.scheduling.bridge.build import build_problem
from obeya.modules.scheduling.bridge.placements import Placements
from obeya.modules.scheduling.bridge.plant_problem import PlantProblem

__all__ = ["Placements", "PlantProblem", "build_problem"]
