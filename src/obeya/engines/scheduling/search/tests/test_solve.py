"""Plants by chance: what the search answers holds every constraint and is never worse."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    Budget,
    ProblemBuilder,
    Rule,
    Schedule,
    Unschedulable,
    check,
    dispatch,
    measure,
    random_problem,
)
from obeya.engines.scheduling.objective import (
    LEAST_CHANGEOVER,
    ON_TIME_FIRST,
    SHORTEST,
    Objective,
    smallest_change,
    tier,
)
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.random_problem import FEATURES
from obeya.engines.scheduling.search import solve, tardiness_bound, worth
from obeya.engines.scheduling.search.found import Found
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back
from obeya.engines.scheduling.search.prices import Prices
from obeya.engines.scheduling.search.team import Team

PRESETS = (ON_TIME_FIRST, LEAST_CHANGEOVER, SHORTEST)


def refused(seeds: range, *, moves: int, features=FEATURES, workers: int = 1) -> list[int]:
    """Seeds whose answer the checker refuses, or is worse than its start."""
    found = []
    for seed in seeds:
        problem = random_problem(seed, 15 + seed % 40, features=features)
        try:
            start = dispatch(problem, rule=Rule(seed % len(Rule)))
        except Unschedulable:
            continue
        objective = PRESETS[seed % len(PRESETS)]
        answer = solve(
            problem,
            objective=objective,
            budget=Budget(moves),
            seed=seed,
            workers=workers,
            start=start,
        )
        worse = worth(problem, answer, objective) > worth(problem, start, objective)
        if worse or check(problem, answer):
            found.append(seed)
    return found


def test_every_answer_holds_every_constraint():
    assert refused(range(30), moves=1_000) == []


def test_two_islands_merge_to_plans_that_hold():
    assert refused(range(15), moves=2_000, workers=2) == []


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_answers_hold_with_one_kind_of_constraint_only(feature):
    assert refused(range(4), moves=600, features={feature}) == []


@pytest.mark.slow
@pytest.mark.parametrize("pair", list(combinations(sorted(FEATURES), 2)))
def test_answers_hold_with_any_two_kinds_of_constraints(pair):
    assert refused(range(500, 504), moves=1_500, features=set(pair)) == []


@pytest.mark.slow
def test_a_hundred_answers_after_more_moves_hold():
    """Thousands are for the fuzz: `search_holds`."""
    assert refused(range(1_000, 1_070), moves=2_000) == []
    assert refused(range(3_000, 3_030), moves=3_000, workers=2) == []


def same(one: Schedule, other: Schedule) -> bool:
    return np.array_equal(one.start, other.start) and np.array_equal(one.machine, other.machine)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_work_workers_and_seed_give_the_same_schedule(workers):
    problem = random_problem(7, 120)

    first, again, other = (
        solve(problem, budget=Budget(6_000), workers=workers, seed=seed) for seed in (3, 3, 4)
    )

    assert same(first, again)
    assert not same(first, other)


def test_plans_of_thousands_of_operations_hold_and_two_runs_give_the_same_one():
    problem = random_problem(2, 3_100)
    start = dispatch(problem)

    first, again = (
        solve(problem, budget=Budget(20_000), workers=2, seed=1, start=start) for _ in range(2)
    )

    assert check(problem, first) == []
    assert worth(problem, first, ON_TIME_FIRST) < worth(problem, start, ON_TIME_FIRST)
    assert same(first, again)


def test_without_work_the_answer_is_the_best_of_the_rules_or_the_start():
    problem = random_problem(5, 60)
    start = dispatch(problem, rule=Rule.MOST_WORK)

    assert solve(problem, budget=Budget(0), start=start) is start
    assert check(problem, solve(problem, budget=Budget(0))) == []


def test_better_plans_are_told_in_order_and_the_last_is_the_answer():
    problem, told = random_problem(8, 100), []

    answer = solve(
        problem, budget=Budget(8_000), on_better=lambda value, plan: told.append((value, plan))
    )

    values = [value for value, _ in told]
    assert len(told) > 1
    assert values == sorted(values, reverse=True)
    assert told[-1][1] is answer
    assert values[-1] == worth(problem, answer, ON_TIME_FIRST)


def test_a_stop_ends_the_search():
    problem, asked = random_problem(8, 100), []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    answer = solve(problem, budget=Budget(10**12, should_stop=stop))

    assert check(problem, answer) == []
    assert len(asked) == 4


def test_an_earlier_tier_is_never_given_up_for_a_later_one():
    for seed in range(6):
        problem = random_problem(seed, 60)
        start = dispatch(problem)
        ranked = Objective((tier(late_orders=1.0), tier(setup=1.0)))
        answer = solve(problem, objective=ranked, budget=Budget(4_000), start=start)
        assert worth(problem, answer, ranked) <= worth(problem, start, ranked)
        assert check(problem, answer) == []


def test_it_makes_no_difference_in_what_unit_a_later_tier_is_counted():
    problem = random_problem(4, 60)
    start = dispatch(problem)

    def answer(unit: float) -> Schedule:
        ranked = Objective((tier(late_orders=1.0), tier(flow_time=unit)))
        return solve(problem, objective=ranked, budget=Budget(4_000), start=start)

    hours, small = answer(2.0**10), answer(2.0**20)

    assert same(hours, small)
    late, flow = (measure(problem, plan) for plan in (start, hours))
    assert (flow.late_orders, flow.flow_time) < (late.late_orders, late.flow_time)


def test_a_search_that_drifts_into_a_later_tier_is_called_back():
    """Orders of two families by turns, each just in time: with fewer setups some are late."""
    plan = ProblemBuilder(now=0, horizon=400_000)
    always = plan.calendar([(0, 400_000)])
    matrix = plan.setup_matrix([[0, 3_600], [3_600, 0]])
    press = plan.machine(calendar=always, setup_matrix=matrix, family=0)
    for turn in range(6):
        order = plan.order(due=7_200 + turn * 10_800)
        plan.operation([Alternative(press, run=7_200)], order=order, family=turn % 2)
    problem = plan.build()
    start = dispatch(problem, rule=Rule.EDD)
    ranked = Objective((tier(weighted_tardiness=1.0), tier(setup=1e6)))
    layout = Layout(packed(problem, start.maintenance_start), Prices(problem, ranked))

    def best(found: Found | None) -> Schedule:
        team = Team(layout, start, seed=1, workers=1)
        with ThreadPoolExecutor(max_workers=1) as threads:
            for _ in range(20):
                team.work(200, 10**6, 1.0, threads)
                if found is not None:
                    found.look(team)
        return given_back(team.islands[0].best_layout, team.islands[0].best)

    found = Found(problem, ranked, start, None)
    drifted, called_back = best(None), best(found)

    assert worth(problem, start, ranked) == (0.0, 5e6)
    assert worth(problem, drifted, ranked) > (0.0, 5e6)
    assert same(called_back, start)
    assert same(found.best, start)


def test_the_smallest_change_moves_less_than_a_free_search():
    problem = random_problem(3, 150)
    start = dispatch(problem, rule=Rule.EDD)

    near = solve(problem, objective=smallest_change(start), budget=Budget(15_000), start=start)
    free = solve(problem, budget=Budget(15_000), start=start)

    moved = [int((plan.start != start.start).sum()) for plan in (near, free)]
    assert moved[0] < moved[1] / 2


def test_no_answer_is_better_than_each_order_alone():
    for seed in range(6):
        problem = random_problem(seed, 40)
        tardiness = Objective((tier(weighted_tardiness=1.0),))
        answer = solve(problem, objective=tardiness, budget=Budget(1_500))
        found = worth(problem, answer, tardiness)[0] * 3600
        assert tardiness_bound(problem) <= found + 1e-6, seed


def test_two_operations_with_the_only_tool_never_share_a_batch():
    plan = ProblemBuilder(now=0, horizon=400_000)
    oven = plan.machine(calendar=plan.calendar([(0, 400_000)]), places=6)
    jig = plan.tool(1)
    for due in (3_600, 3_600, 7_200):
        way = Alternative(oven, run=3_600, tool=jig if due == 3_600 else -1)
        plan.operation([way], order=plan.order(due=due), recipe=0)
    problem = plan.build()

    answer = solve(problem, budget=Budget(2_000))

    assert check(problem, answer) == []
    assert min(answer.start.tolist()) == 0
    assert abs(int(answer.start[0] - answer.start[1])) >= 3_600


def test_a_setter_who_began_before_now_is_not_asked_for_meanwhile():
    """One setter, at work on a fixed operation since a minute ago, and two machines."""
    plan = ProblemBuilder(now=6_000, horizon=360_000)
    always = plan.calendar([(0, 360_000)])
    setter = plan.setters([(0, 360_000, 1)])
    matrix = plan.setup_matrix([[0, 1_800], [1_800, 0]])
    machines = [
        plan.machine(calendar=always, setup_matrix=matrix, family=0, setter=setter)
        for _ in range(2)
    ]
    for machine, fixed in zip(machines, (0, -1), strict=True):
        plan.operation(
            [Alternative(machine, 600)],
            order=plan.order(due=6_000),
            family=1,
            fixed_alternative=fixed,
            fixed_start=7_740,
        )
    problem = plan.build()
    later = Schedule.of(
        problem,
        alternative=[0, 1],
        setup_start=[5_940, 20_000],
        start=[7_740, 21_800],
        end=[8_340, 22_400],
    )
    assert check(problem, later) == []

    found = solve(problem, budget=Budget(2_000), start=later)

    assert check(problem, found) == []
    assert 7_740 <= found.setup_start[1] <= 7_800  # the search counts by five minutes
