"""Plants, shops, lines and projects by chance: every plan holds, none is worse than its start.

`OBEYA_FUZZ_FROM=0 OBEYA_FUZZ_COUNT=10000 python3 dev.py test tests/fuzz/test_plans.py` takes other
seeds, and with `OBEYA_FUZZ_MINUTES=30` as many of them as so much processor time allows; with
`OBEYA_FUZZ_REPORT=FILE` what became of them is written there. A seed that failed becomes a test.
"""

import collections
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from itertools import combinations, count, islice
from pathlib import Path

import numpy as np

from obeya.engines.scheduling import (
    Budget,
    Problem,
    Rule,
    Schedule,
    Unschedulable,
    check,
    dispatch,
    explain_late_orders,
    random_problem,
    right_shift,
)
from obeya.engines.scheduling import search as plants
from obeya.engines.scheduling.lines import as_problem as problem_of_line
from obeya.engines.scheduling.lines import as_schedule as schedule_of_line
from obeya.engines.scheduling.lines import solve_hybrid, solve_line
from obeya.engines.scheduling.lines.flow_line import Aim
from obeya.engines.scheduling.lines.tests.random_lines import random_hybrid, random_line
from obeya.engines.scheduling.objective import LEAST_CHANGEOVER, ON_TIME_FIRST, SHORTEST
from obeya.engines.scheduling.plain import as_problem, as_schedule, solve_plain
from obeya.engines.scheduling.plain.tests.shops import KINDS as SHOPS
from obeya.engines.scheduling.plain.tests.shops import random_shop
from obeya.engines.scheduling.plain_large import solve_large
from obeya.engines.scheduling.projects.check import check_project_plan
from obeya.engines.scheduling.projects.solve import solve as solve_project
from obeya.engines.scheduling.projects.tests.random_projects import random_stocked_project
from obeya.engines.scheduling.random_problem import FEATURES
from obeya.engines.scheduling.reaction import disruptions_of, options, react
from obeya.engines.scheduling.search import worth

FROM = int(os.environ.get("OBEYA_FUZZ_FROM", "0"))
COUNT = int(os.environ.get("OBEYA_FUZZ_COUNT", "40"))
MINUTES = float(os.environ.get("OBEYA_FUZZ_MINUTES", "inf"))
REPORT = os.environ.get("OBEYA_FUZZ_REPORT", "")

PRESETS = (ON_TIME_FIRST, LEAST_CHANGEOVER, SHORTEST)
HOUR = 3600


def plant(seed: int) -> tuple[np.random.Generator, Problem]:
    """A plant of 3 to 150 operations with all kinds of constraints, or some of them."""
    chance = np.random.default_rng(seed)
    kinds = sorted(FEATURES)
    some = chance.choice(kinds, int(chance.integers(0, len(kinds) + 1)), replace=False).tolist()
    features = FEATURES if chance.random() < 0.5 else set(some)
    return chance, random_problem(seed, int(chance.integers(3, 151)), features=features)


def first_plan(chance: np.random.Generator, problem: Problem) -> Schedule:
    return dispatch(problem, rule=Rule(int(chance.integers(len(Rule)))))


def by_every_rule(seed: int) -> str:
    _, problem = plant(seed)
    for rule in Rule:
        assert check(problem, dispatch(problem, rule=rule)) == [], rule
    return "holds"


def searched(seed: int) -> str:
    chance, problem = plant(seed)
    start = first_plan(chance, problem)
    aim = PRESETS[int(chance.integers(len(PRESETS)))]
    workers, moves = int(chance.integers(1, 3)), int(chance.integers(0, 6_000))
    found = plants.solve(
        problem, objective=aim, budget=Budget(moves), seed=seed, workers=workers, start=start
    )
    assert check(problem, found) == []
    was, now = worth(problem, start, aim), worth(problem, found, aim)
    assert now <= was
    return "better" if now < was else "as good"


def moved_right(seed: int) -> str:
    chance, problem = plant(seed)
    schedule = first_plan(chance, problem)
    late = 1 + int(chance.integers(12 * HOUR))
    hit = disruptions_of(problem, schedule, seed)
    found = react(problem, schedule, hit, now=problem.now + late, budget=Budget(0))
    again = right_shift(found.situation.problem, found.schedule)
    assert check(found.situation.problem, found.schedule) == []
    assert check(found.situation.problem, again) == []
    return type(hit[0]).__name__


def reacted(seed: int) -> str:
    chance, problem = plant(seed)
    schedule = first_plan(chance, problem)
    hit = disruptions_of(problem, schedule, seed // len(KINDS))
    until = problem.now + int(chance.integers(24)) * HOUR
    found = react(problem, schedule, hit, now=problem.now, frozen_until=until, budget=Budget(2_000))
    situation = found.situation
    assert check(situation.problem, found.schedule) == []
    assert found.worth <= found.first_worth
    kept = situation.problem.fixed & (situation.origin >= 0)
    assert np.array_equal(found.schedule.start[kept], situation.planned.start[kept])
    for late in explain_late_orders(situation.problem, found.schedule):
        assert sum(late.attributed.values()) == late.delay
    return type(hit[0]).__name__


def with_options(seed: int) -> str:
    chance, problem = plant(seed)
    schedule = first_plan(chance, problem)
    hit = disruptions_of(problem, schedule, seed // len(KINDS))
    found = options(problem, schedule, hit, now=problem.now, budget=Budget(300))
    for option in found:
        assert check(option.problem, option.schedule) == [], option.action
    for one, other in combinations(found, 2):
        assert one.cost <= other.cost
    return f"{len(found)} options"


def shop(seed: int) -> str:
    chance = np.random.default_rng(seed)
    kind = SHOPS[int(chance.integers(len(SHOPS)))]
    jobs, machines, most = (int(chance.integers(1, top)) for top in (12, 8, 7))
    drawn = random_shop(kind, seed, jobs=jobs, machines=machines, most=most)
    solve = solve_plain if kind == "setups" or chance.random() < 0.7 else solve_large
    plan = solve(drawn, budget=Budget(1), seed=seed, workers=int(chance.integers(1, 3)))
    problem = as_problem(drawn)
    assert check(problem, as_schedule(drawn, problem, plan.start, plan.way)) == []
    return f"{kind}, {solve.__name__}"


def line(seed: int) -> str:
    chance = np.random.default_rng(seed)
    jobs, stages = (int(chance.integers(1, top)) for top in (14, 6))
    workers, budget = int(chance.integers(1, 3)), Budget(1)
    if chance.random() < 0.3:
        hybrid = random_hybrid(seed, jobs=jobs, stages=stages)
        plan = solve_hybrid(hybrid, budget=budget, seed=seed, workers=workers)
        problem = problem_of_line(hybrid)
        assert check(problem, schedule_of_line(plan, problem)) == []
        return "hybrid"
    aim = list(Aim)[int(chance.integers(len(Aim)))]
    setups, no_wait = (bool(chance.random() < 0.5) for _ in range(2))
    drawn = random_line(seed, aim=aim, jobs=jobs, stages=stages, setups=setups, no_wait=no_wait)
    plan = solve_line(drawn, budget=budget, seed=seed, workers=workers)
    problem = problem_of_line(drawn)
    assert check(problem, schedule_of_line(plan, problem)) == []
    return aim.name.lower()


def project(seed: int) -> str:
    drawn = random_stocked_project(seed)
    plan = solve_project(drawn, budget=Budget(200), seed=seed, workers=1 + seed // len(KINDS) % 2)
    assert check_project_plan(drawn, plan.mode.tolist(), plan.start.tolist()) == []
    return "holds"


KINDS: tuple[Callable[[int], str], ...] = (
    by_every_rule, searched, moved_right, reacted, with_options, shop, line, project,
)  # fmt: skip


def seeds() -> Iterator[int]:
    end = time.process_time() + 60 * MINUTES
    for seed in islice(count(FROM), COUNT if math.isinf(MINUTES) else None):
        if time.process_time() > end:
            return
        yield seed


def test_every_plan_of_what_chance_makes_up_holds():
    outcomes: collections.Counter[str] = collections.Counter()
    failed = {}
    for seed in seeds():
        kind = KINDS[seed % len(KINDS)]
        try:
            outcomes[f"{kind.__name__}: {kind(seed)}"] += 1
        except Unschedulable:
            outcomes[f"{kind.__name__}: cannot be scheduled, in words"] += 1
        except Exception as error:  # each is told with its seed
            failed[seed] = f"{kind.__name__}: {type(error).__name__}: {error}"[:300]
    if REPORT:
        told = {"from": FROM, "count": sum(outcomes.values()) + len(failed)}
        told |= {"outcomes": dict(outcomes), "failed": failed}
        Path(REPORT).write_text(json.dumps(told, indent=1, sort_keys=True))
    assert failed == {}
    assert {each.split(":")[0] for each in outcomes} == {kind.__name__ for kind in KINDS}
