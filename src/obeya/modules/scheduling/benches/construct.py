"""`obeya bench construct`: a first schedule of made-up plants with every constraint on."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from obeya.engines.scheduling import Problem, Rule, check, dispatch, measure, random_problem
from obeya.engines.scheduling.instances.warm_up import compile_kernels

from .process import Row
from .timer import Timer

SIZES = (1_000, 10_000, 100_000)
RULES = (Rule.ATCS, Rule.BACKWARD, Rule.BIDIRECTIONAL, Rule.BOTTLENECK_FIRST)
HOUR = 3600


def run(options: Namespace) -> Iterator[dict[str, Any]]:
    """Tell the figures by size, and by the way in which the plan is made."""
    compile_kernels()
    figures = {}
    for size in SIZES:
        problem = random_problem(1, size)
        name = f"{len(problem)} operations"
        for rule in RULES:
            row = name if rule is Rule.ATCS else f"{name}, {rule.label}"
            figures[row] = construct(problem, rule)
            yield {"figures": figures}


def is_right(figures: dict[str, Any]) -> bool:
    """The checker finds nothing in any plan."""
    return all(row["is_clean"] for row in figures["figures"].values())


def construct(problem: Problem, rule: Rule) -> Row:
    """Plan one plant by a rule, and check the plan."""
    timer = Timer()
    schedule = dispatch(problem, rule=rule)
    seconds, cpu_seconds = timer.seconds(), timer.cpu_seconds()
    figures = measure(problem, schedule)
    return {
        "operations": len(problem),
        "machines": len(problem.machines),
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "weighted_tardiness_h": figures.weighted_tardiness / HOUR,
        "late_orders": figures.late_orders,
        "setup_h": figures.setup / HOUR,
        "is_clean": not check(problem, schedule),
    }
