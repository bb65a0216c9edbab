"""What is measured of the scheduling engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

from .checker import check
from .dispatch import Rule, dispatch
from .measure import measure
from .random_problem import random_problem
from .warm_up import compile_kernels


@dataclass(frozen=True)
class ConstructFigures:
    """One dispatched schedule.

    Attributes
    ----------
    seconds, cpu_seconds
        From the frozen problem to the schedule, packing with it.
    weighted_tardiness_h
        Weighted hours late.
    is_clean
        Whether the independent checker found nothing.
    """

    operations: int
    machines: int
    seconds: float
    cpu_seconds: float
    weighted_tardiness_h: float
    late_orders: int
    setup_h: float
    is_clean: bool


def construct_figures(
    sizes: Sequence[int] = (1_000, 10_000, 100_000), *, seed: int = 1, rule: Rule = Rule.ATCS
) -> list[ConstructFigures]:
    """Dispatch one random plant of each size, with every constraint on, and check it.

    Kernels are compiled first. This function reads a clock, as none of the engine does: time is
    what it answers.
    """
    compile_kernels()
    rows = []
    for size in sizes:
        problem = random_problem(seed, size)
        began, cpu_began = perf_counter(), process_time()
        schedule = dispatch(problem, rule=rule)
        seconds, cpu_seconds = perf_counter() - began, process_time() - cpu_began
        figures = measure(problem, schedule)
        rows.append(
            ConstructFigures(
                operations=len(problem),
                machines=len(problem.machines),
                seconds=seconds,
                cpu_seconds=cpu_seconds,
                weighted_tardiness_h=figures.weighted_tardiness / 3600,
                late_orders=figures.late_orders,
                setup_h=figures.setup / 3600,
                is_clean=not check(problem, schedule),
            )
        )
    return rows
