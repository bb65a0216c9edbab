"""Problems by chance for as long as one likes: what does not hold, crashes or hangs is named.

``python -m obeya.engines.scheduling.tests.fuzz --minutes 30 --from 0`` tries one kind of case after
the other, each with the next seed, in a process of its own; it ends with 1 if any failed. A seed
that failed becomes a test.
"""

import argparse
import multiprocessing
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Final

import numpy as np

from obeya.engines.scheduling import (
    Budget,
    Moved,
    Problem,
    Rule,
    Schedule,
    Unschedulable,
    check,
    dispatch,
    explain_late_orders,
    move,
    random_problem,
    right_shift,
)
from obeya.engines.scheduling.lines import (
    Aim,
    faults_of_hybrid,
    faults_of_line,
    least_of_hybrid,
    least_of_line,
    solve_hybrid,
    solve_line,
)
from obeya.engines.scheduling.lines.tests.random_lines import random_hybrid, random_line
from obeya.engines.scheduling.objective import (
    LEAST_CHANGEOVER,
    ON_TIME_FIRST,
    SHORTEST,
    smallest_change,
)
from obeya.engines.scheduling.plain import as_problem, as_schedule, solve_plain
from obeya.engines.scheduling.plain.tests.shops import KINDS, random_shop
from obeya.engines.scheduling.random_problem import FEATURES
from obeya.engines.scheduling.reaction import (
    RushOrder,
    disruptions_of,
    options,
    promise,
    react,
    steady,
)
from obeya.engines.scheduling.reaction.into_gaps import into_gaps
from obeya.engines.scheduling.search import solve, worth

HOUR: Final = 3600
HANGS: Final = 300.0  # seconds; the longest case takes a few
Chance = np.random.Generator


def _plant(seed: int) -> tuple[Chance, Problem]:
    rng = np.random.default_rng(seed)
    share = rng.choice([0.2, 0.6, 0.9])
    features = {feature for feature in sorted(FEATURES) if rng.random() < share}
    return rng, random_problem(seed, int(rng.integers(3, 90)), features=features)


def _planned(seed: int) -> tuple[Chance, Problem, Schedule]:
    rng, problem = _plant(seed)
    noise, rule = float(rng.integers(0, 3)), Rule(int(rng.integers(len(Rule))))
    return rng, problem, dispatch(problem, rule=rule, noise=noise, seed=seed)


def dispatch_holds(seed: int) -> None:
    _, problem, schedule = _planned(seed)
    assert check(problem, schedule) == []
    for late in explain_late_orders(problem, schedule):
        assert sum(late.attributed.values()) == late.delay


def drops_hold(seed: int) -> None:
    rng, problem, schedule = _planned(seed)
    for _ in range(5):
        operation = int(rng.integers(len(problem)))
        way = int(rng.choice(list(problem.alternatives_of(operation))))
        start = int(schedule.start[operation] + rng.integers(-80, 200) * rng.integers(1, HOUR))
        machine = int(problem.alternatives.machine[way])
        found = move(problem, schedule, operation, machine=machine, start=start)
        if isinstance(found, Moved):
            schedule = found.schedule
            assert check(problem, schedule) == []


def shifts_hold(seed: int) -> None:
    rng, problem, schedule = _planned(seed)
    waiting = problem.fixed & (problem.operations.remaining < 0)
    latest = problem.operations.fixed_start[waiting].min(initial=problem.now + 48 * HOUR)
    later = replace(problem, now=int(rng.integers(problem.now, latest + 1)))
    shifted = right_shift(later, schedule)
    assert check(later, shifted) == []
    assert (shifted.start >= schedule.start).all()


def search_holds(seed: int) -> None:
    rng, problem, start = _planned(seed)
    presets = (ON_TIME_FIRST, LEAST_CHANGEOVER, SHORTEST, smallest_change(start))
    objective = presets[int(rng.integers(len(presets)))]
    moves, workers = int(rng.integers(1, 4_000)), int(rng.integers(1, 3))
    answer = solve(
        problem, objective=objective, budget=Budget(moves), seed=seed, workers=workers, start=start
    )
    assert check(problem, answer) == []
    assert worth(problem, answer, objective) <= worth(problem, start, objective)


def reaction_holds(seed: int) -> None:
    rng, problem, schedule = _planned(seed)
    frozen = problem.now + int(rng.integers(0, 24 * HOUR))
    disruptions = disruptions_of(problem, schedule, seed)
    found = react(
        problem,
        schedule,
        disruptions,
        now=problem.now,
        frozen_until=frozen,
        objective=(steady, smallest_change)[int(rng.integers(2))],
        budget=Budget(500),
    )
    assert check(found.situation.problem, found.schedule) == []
    assert found.worth <= found.first_worth
    assert found.least_share_moved_a_shift <= found.share_moved_a_shift
    other = into_gaps(found.situation)
    assert other is None or check(found.situation.problem, other) == []
    if seed % 5 == 0:
        for option in options(problem, schedule, disruptions, now=problem.now, budget=Budget(200)):
            assert check(option.problem, option.schedule) == [], option.action


def promise_holds(seed: int) -> None:
    _, problem, schedule = _planned(seed)
    (rush,) = disruptions_of(problem, schedule, 5 * seed + 3)
    assert isinstance(rush, RushOrder)
    answer = promise(problem, schedule, rush.order)
    assert check(answer.problem, answer.schedule) == []
    assert np.array_equal(answer.schedule.start[: len(problem)], schedule.start)
    assert sum(s.seconds for s in answer.because()) == answer.completion - problem.now


def plain_shop_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    jobs, machines, most = (int(rng.integers(1, limit)) for limit in (16, 7, 9))
    shop = random_shop(KINDS[seed % len(KINDS)], seed, jobs=jobs, machines=machines, most=most)
    plan = solve_plain(shop, budget=Budget(1), seed=seed, workers=1 + seed % 2)
    problem = as_problem(shop)
    schedule = as_schedule(shop, problem, plan.start, plan.way)
    assert check(problem, schedule) == []
    assert plan.bound <= plan.makespan == schedule.end.max()


def line_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    line = random_line(
        seed,
        aim=list(Aim)[int(rng.integers(len(Aim)))],
        jobs=int(rng.integers(1, 25)),
        stages=int(rng.integers(1, 7)),
        setups=bool(rng.integers(2)),
        no_wait=bool(rng.integers(2)),
    )
    plan = solve_line(line, budget=Budget(1), seed=seed)
    assert faults_of_line(line, plan.order, plan.start) == []
    assert least_of_line(line) <= plan.value


def hybrid_line_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    line = random_hybrid(seed, jobs=int(rng.integers(1, 25)), stages=int(rng.integers(1, 6)))
    plan = solve_hybrid(line, budget=Budget(1), seed=seed)
    assert faults_of_hybrid(line, plan.start, plan.machine) == []
    assert least_of_hybrid(line) <= plan.makespan


CASES: Final[dict[str, Callable[[int], None]]] = {
    case.__name__: case
    for case in (
        dispatch_holds,
        drops_hold,
        shifts_hold,
        search_holds,
        reaction_holds,
        promise_holds,
        plain_shop_holds,
        line_holds,
        hybrid_line_holds,
    )
}


def _serve(asked: Connection) -> None:
    """Try each case that is asked for and answer with what went wrong, if anything."""
    while True:
        name, seed = asked.recv()
        try:
            CASES[name](seed)
        except Unschedulable:
            asked.send("no plan exists")
        except Exception:  # whatever it is, it is the finding
            asked.send(traceback.format_exc())
        else:
            asked.send("")


def fuzz(minutes: float, first: int) -> tuple[Counter[str], list[str]]:
    """How often each case was tried, and what failed."""
    until, tried, failed = time.monotonic() + 60 * minutes, Counter[str](), []
    context = multiprocessing.get_context("spawn")
    seed, names, process = first, list(CASES), None
    while time.monotonic() < until:
        for name in names:
            if process is None:
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
            try:
                ours.send((name, seed))
                said = ours.recv() if ours.poll(HANGS) else "it hangs"
            except (EOFError, BrokenPipeError):
                said = "the process died"
            tried[f"{name}, no plan" if said == "no plan exists" else name] += 1
            if said in ("", "no plan exists"):
                continue
            failed.append(f"{name}({seed}): {said}")
            print(failed[-1], flush=True)
            if not said.startswith("Traceback"):
                process.kill()
                process = None
        seed += 1
    return tried, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    asked = parser.parse_args()
    tried, failed = fuzz(asked.minutes, asked.first)
    for name, times in sorted(tried.items()):
        print(f"{times:8,}  {name}")
    print(f"{tried.total():8,} tried from seed {asked.first} on, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
