"""The habits that no linter knows, each with lines to refuse and lines to accept."""

from . import clocks, kernels, words, writers
from .rule import Fault, Rule, Source

RULES: tuple[Rule, ...] = (*clocks.RULES, *writers.RULES, *words.RULES, *kernels.RULES)

__all__ = ["RULES", "Fault", "Rule", "Source"]
