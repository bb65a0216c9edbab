"""What must hold of shops, lines, projects and printing shops by chance: for the fuzz."""

import numpy as np

from obeya.engines.scheduling import (
    Budget,
    check,
)
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.lines import (
    Aim,
    faults_of_hybrid,
    faults_of_line,
    least_of_hybrid,
    least_of_line,
    line_plan,
    solve_hybrid,
    solve_line,
)
from obeya.engines.scheduling.lines.tests.random_lines import random_hybrid, random_line
from obeya.engines.scheduling.plain import as_problem, as_schedule, solve_plain
from obeya.engines.scheduling.plain.tests.shops import KINDS, random_shop
from obeya.engines.scheduling.plain_large import solve_large
from obeya.engines.scheduling.printing.building import TRIES
from obeya.engines.scheduling.printing.tests.random_shops import random_print_shop
from obeya.engines.scheduling.projects.check import check_project_plan
from obeya.engines.scheduling.projects.project import lower_bound as project_bound
from obeya.engines.scheduling.projects.solve import solve as solve_project
from obeya.engines.scheduling.projects.tests.random_projects import random_stocked_project


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


def lines_go_on(seed: int) -> None:
    rng = np.random.default_rng(seed)
    line = random_line(
        seed,
        aim=list(Aim)[seed % len(Aim)],
        jobs=int(rng.integers(1, 25)),
        stages=int(rng.integers(1, 7)),
        setups=bool(rng.integers(2)),
        no_wait=bool(rng.integers(2)),
    )
    begin = line_plan(line, rng.permutation(line.jobs))
    plan = solve_line(line, budget=Budget(1), seed=seed, workers=2, start=begin)
    again = solve_line(line, budget=Budget(0), seed=seed + 1, start=plan)
    assert begin.value >= plan.value >= again.value
    assert faults_of_line(line, again.order, again.start) == []
    hybrid = random_hybrid(seed, jobs=int(rng.integers(1, 25)), stages=int(rng.integers(1, 6)))
    first = solve_hybrid(hybrid, budget=Budget(1), seed=seed)
    second = solve_hybrid(hybrid, budget=Budget(1), seed=seed + 1, workers=2, start=first)
    assert second.makespan <= first.makespan
    assert faults_of_hybrid(hybrid, second.start, second.machine) == []


def project_holds(seed: int) -> None:
    project = random_stocked_project(seed)
    plan = solve_project(project, budget=Budget(50), seed=seed, workers=1 + seed % 2)
    again = solve_project(project, budget=Budget(20), seed=seed + 1, start=plan)
    for each in (plan, again):
        assert check_project_plan(project, each.mode.tolist(), each.start.tolist()) == []
    assert project_bound(project) <= again.makespan <= plan.makespan


def print_shop_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    operations, fixed = int(rng.integers(1, 40)), float(rng.choice([0.0, 0.1, 0.3, 0.6, 1.0]))
    shop = read_instance(random_print_shop(seed, operations=operations, fixed=fixed))
    told: list[int] = []
    budget = Budget(TRIES)  # as many as a first plan may need; fewer may end without any
    answer = shop.solve(budget=budget, seed=seed, workers=1 + seed % 2, on_better=told.append)
    assert list(answer.check()) == []
    assert shop.lower_bound() <= answer.value == told[-1] == min(told)


def large_shop_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    jobs, machines, most = (int(rng.integers(1, limit)) for limit in (60, 9, 9))
    kind = [kind for kind in KINDS if kind != "setups"][seed % (len(KINDS) - 1)]
    shop = random_shop(kind, seed, jobs=jobs, machines=machines, most=most)
    plan = solve_large(shop, budget=Budget(20_000), seed=seed, workers=1 + seed % 2)
    again = solve_large(shop, budget=Budget(10_000), seed=seed, workers=1, start=plan)
    problem = as_problem(shop)
    for each in (plan, again):
        schedule = as_schedule(shop, problem, each.start, each.way)
        assert check(problem, schedule) == []
        assert each.bound <= each.makespan == schedule.end.max()
    assert again.makespan <= plan.makespan
