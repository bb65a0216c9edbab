"""Texts of published benchmarks to instances that can be solved, checked and bounded."""

from .instance import Answer, Instance, NotCovered
from .route import read_instance

__all__ = ["Answer", "Instance", "NotCovered", "read_instance"]
