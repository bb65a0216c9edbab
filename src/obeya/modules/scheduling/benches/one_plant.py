"""One made-up plant, in a process of its own; see `process`."""

from collections.abc import Iterable

from obeya.engines.scheduling import check, measure, random_problem
from obeya.engines.scheduling.attempts import RULES_TO_TRY, attempt, succeeded
from obeya.engines.scheduling.baseline import SETTINGS, best_of_settings
from obeya.engines.scheduling.instances.warm_up import compile_kernels
from obeya.engines.scheduling.measure import Measures
from obeya.engines.scheduling.objective import ON_TIME_FIRST
from obeya.engines.scheduling.problem import Problem
from obeya.engines.scheduling.search import solve, tardiness_bound
from obeya.engines.scheduling.unschedulable import Unschedulable

from .process import Row, answer, peak_mb
from .timer import Timer

LOADS = (0.8, 0.7, 0.6, 0.9, 0.5, 1.0)  # tried in turn, until neither few nor most are late
FEWEST_LATE, MOST_LATE = 0.20, 0.45
HOUR = 3600


def solve_plant(size: int, seed: int, seconds: float, workers: int) -> Row:
    """Search one plant and compare with the best of the rules."""
    problem, rules, load = plant(size, seed)
    construct_s = seconds_to_construct(problem)

    first, moves = list[float](), [0]
    timer = Timer(seconds)
    schedule = solve(
        problem,
        objective=ON_TIME_FIRST,
        budget=timer.budget(),
        seed=seed,
        workers=workers,
        on_better=lambda *_: first.append(timer.seconds()),
        on_moves=moves.append,
    )
    spent_s, cpu_s, peak = timer.seconds(), timer.cpu_seconds(), peak_mb()
    figures = measure(problem, schedule)
    violations = check(problem, schedule)
    return {
        "operations": len(problem),
        "orders": len(problem.orders),
        "load": load,
        "tardiness_cut_pct": _cut_pct(figures.weighted_tardiness, rules.weighted_tardiness),
        "setup_cut_pct": _cut_pct(figures.setup, rules.setup),
        "late": figures.late_orders,
        "dispatch_late": rules.late_orders,
        "late_share_dispatch": round(rules.late_orders / len(problem.orders), 3),
        "weighted_tardiness_h": round(figures.weighted_tardiness / HOUR, 1),
        "dispatch_weighted_tardiness_h": round(rules.weighted_tardiness / HOUR, 1),
        "lower_bound": round(tardiness_bound(problem) / HOUR, 1),
        "moves_per_s": round(moves[-1] / spent_s),
        "checked": not violations,
        "violation": violations[0].message if violations else None,
        "construct_seconds": round(construct_s, 3),
        "first_seconds": round(first[0] if first else spent_s, 3),
        "seconds": round(spent_s, 3),
        "cpu_s": round(cpu_s, 3),
        "peak_mb": peak,
    }


def seconds_to_construct(problem: Problem) -> float:
    """How long it takes until some rule has a plan: one dispatch, where the first rule finds one.

    Raises
    ------
    Unschedulable
        If none of all rules and settings finds a plan.
    """
    timer = Timer()
    next(succeeded(attempt(problem, choice) for choice in (*RULES_TO_TRY, *SETTINGS)))
    return timer.seconds()


def plant(size: int, seed: int) -> tuple[Problem, Measures, float]:
    """A plant of which rules make 20 to 45 % of the orders late, their figures, and its load.

    Where nothing is late there is nothing to search for, and where all is late nobody plans. If
    no load gives such a plant, the one that comes nearest.

    Raises
    ------
    Unschedulable
        If the rules find no plan of any of them: why not of the first.
    """
    return nearest((load, random_problem(seed, size, load=load)) for load in LOADS)


def nearest(plants: Iterable[tuple[float, Problem]]) -> tuple[Problem, Measures, float]:
    """Of some plants with their loads the first that is fit, or else that comes nearest to it.

    Raises
    ------
    Unschedulable
        If the rules find a plan of none: why not of the first.
    """
    found, failures = [], []
    for load, problem in plants:
        try:
            _, figures = best_of_settings(problem)
        except Unschedulable as failure:
            failures.append(failure)  # what is pinned contradicts itself
            continue
        share = figures.late_orders / len(problem.orders)
        off = max(FEWEST_LATE - share, share - MOST_LATE, 0.0)
        found.append((off, load, problem, figures))
        if off == 0:
            break
    if not found:
        raise failures[0]
    _, load, problem, figures = min(found, key=lambda each: each[:2])
    return problem, figures, load


def _cut_pct(ours: int, rules: int) -> float:
    """How much less than the rules, in per cent of theirs."""
    return round(100 * (rules - ours) / rules, 2) if rules else 0.0


def _work(question: Row) -> Row:
    compile_kernels()
    return solve_plant(**question)


if __name__ == "__main__":
    answer(_work)
