"""`obeya bench construct`: a first schedule of made-up plants with every constraint on."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from obeya.engines.scheduling import Rule, check, dispatch, measure, random_problem
from obeya.engines.scheduling.warm_up import compile_kernels

from .process import Row
from .timer import Timer

SIZES = (1_000, 10_000, 100_000)
HOUR = 3600


def run(options: Namespace) -> Iterator[dict[str, Any]]:
    """Tell the figures by size."""
    compile_kernels()
    figures = {}
    for size in SIZES:
        row = construct(size)
        figures[f"{row['operations']} operations"] = row
        yield {"figures": figures}


def construct(size: int) -> Row:
    """Dispatch one plant by the rule that plans with setups, and check it."""
    problem = random_problem(1, size)
    timer = Timer()
    schedule = dispatch(problem, rule=Rule.ATCS)
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
