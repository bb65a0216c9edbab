"""`obeya bench reaction`: what a disruption of a live plan asks of the engine, and a promise."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from statistics import fmean, median
from typing import Any

from obeya.engines.scheduling import Budget, Problem, Schedule, Unschedulable, check, random_problem
from obeya.engines.scheduling.instances.warm_up import compile_kernels
from obeya.engines.scheduling.objective import smallest_change
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.reaction import RushOrder, disruptions_of, promise, react
from obeya.engines.scheduling.search import solve

from . import table
from .asked import refuse_unfit
from .process import Row
from .summary import by_size
from .timer import Timer

HOUR = 3600
FROZEN = 8 * HOUR
LIVE = 60_000  # moves that make the plan which is disturbed
IN_TIME = 0.1  # share of the seconds in which the search writes its answer out
FEW = 5.0  # per cent of the unfrozen operations


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=1, metavar="S", help="to improve in")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="threads that search")
    parser.add_argument("--seeds", type=int, default=20, metavar="K", help="disruptions")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N")


def run(options: Namespace) -> Iterator[dict[str, Any]]:
    """Disturb a plan of each size in turn, print each row, and tell all rows so far."""
    refuse_unfit(options)
    compile_kernels()
    print(table.reaction_head(), flush=True)
    rows: list[Row] = []
    for size in options.sizes:
        problem = random_problem(1, size)
        live = solve(problem, budget=Budget(LIVE), seed=1, workers=options.workers)
        packed(problem, live.maintenance_start)  # as it is while the planner looks at the plan
        for seed in range(options.seeds):
            rows.append({"size": size, "seed": seed} | answered(problem, live, seed, options))
            print(table.reaction_line(rows[-1]), flush=True)
            yield {"command": command(options), "rows": rows, "means": means(rows)}
    print(table.reaction_closing(means(rows)), flush=True)


def answered(problem: Problem, live: Schedule, seed: int, options: Namespace) -> Row:
    """One disruption under both objectives, and when one more order could be done."""
    hit = disruptions_of(problem, live, seed)
    asked = {"now": problem.now, "frozen_until": problem.now + FROZEN, "workers": options.workers}
    first_s: list[float] = []
    timer = Timer(options.seconds)
    steady = react(
        problem,
        live,
        hit,
        **asked,
        budget=in_time(timer),
        seed=seed,
        on_better=lambda *_: first_s.append(timer.seconds()),
    )
    seconds = timer.seconds()
    near = react(
        problem,
        live,
        hit,
        **asked,
        budget=in_time(Timer(options.seconds)),
        seed=seed,
        objective=smallest_change,
    )
    return {
        "operations": len(problem),
        "kind": type(hit[0]).__name__,
        "first_seconds": first_s[0],
        "seconds": seconds,
        "first_worth": steady.first_worth[0],
        "worth": steady.worth[0],
        "is_better": steady.worth < steady.first_worth,
        "moved": len(steady.changes.moved),
        "reassigned": len(steady.changes.reassigned),
        "newly_late": len(steady.changes.newly_late),
        "least_moved_a_shift_pct": 100 * near.share_moved_a_shift,
        "least_must_move_pct": 100 * near.least_share_moved_a_shift,
        "promise_seconds": _promise_seconds(problem, live, seed),
        "checked": not any(
            check(found.situation.problem, found.schedule) for found in (steady, near)
        ),
    }


def in_time(timer: Timer) -> Budget:
    """What ends soon enough for the answer to be there, first answer and all, at the limit.

    The search asks for the time every fraction of a second, and then compares the two plans.
    """
    return timer.budget(reserve_s=IN_TIME * timer.limit_s)


def _promise_seconds(problem: Problem, live: Schedule, seed: int) -> float | None:
    """How long a promise takes; None where no date before the horizon exists."""
    (rush,) = disruptions_of(problem, live, 5 * seed + 3)
    if not isinstance(rush, RushOrder):
        raise TypeError(f"Expected a rush order, got {rush}.")
    timer = Timer()
    try:
        promise(problem, live, rush.order)
    except Unschedulable:
        return None
    return timer.seconds()


def command(options: Namespace) -> str:
    """The command line that gives these rows."""
    sizes = " ".join(str(size) for size in options.sizes)
    return (
        f"obeya bench reaction --seconds {options.seconds:g} --workers {options.workers} "
        f"--seeds {options.seeds} --sizes {sizes}"
    )


def is_right(figures: dict[str, Any]) -> bool:
    """Every answer holds, and none is worse than moving right alone."""
    return all(row["checked"] and row["worth"] <= row["first_worth"] for row in figures["rows"])


def means(rows: Iterable[Row]) -> dict[str, Row]:
    """By size."""
    return by_size(rows, _mean)


def _mean(rows: list[Row]) -> Row:
    first = [row["first_seconds"] for row in rows]
    promises = [row["promise_seconds"] for row in rows if row["promise_seconds"] is not None]
    return {
        "disruptions": len(rows),
        "checked": sum(row["checked"] for row in rows),
        "better": sum(row["is_better"] for row in rows),
        "median_first_seconds": round(median(first), 4),
        "slowest_first_seconds": round(max(first), 4),
        "mean_seconds": round(fmean(row["seconds"] for row in rows), 3),
        "few_moved_a_shift": sum(row["least_moved_a_shift_pct"] <= FEW for row in rows),
        "slowest_promise_seconds": round(max(promises, default=0.0), 3),
    }
