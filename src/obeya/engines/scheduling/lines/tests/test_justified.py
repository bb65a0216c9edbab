"""Plans of hybrid lines that are pushed to the right and to the left again."""

import numpy as np
import pytest

from obeya.engines.scheduling import Budget, check
from obeya.engines.scheduling.lines import (
    HybridLine,
    HybridPlan,
    as_problem,
    as_schedule,
    faults_of_hybrid,
    solve_hybrid,
    value_of_hybrid,
)
from obeya.engines.scheduling.lines.hybrid import OPENING, HybridIsland
from obeya.engines.scheduling.lines.justified import JustifiedIsland, served_by_start

from .random_lines import random_hybrid, shortest_by_brute_force


def one_after_the_other(line):
    """The longest plan that is worth its name: no job starts before the one ahead has ended."""
    before = np.cumsum(line.durations.ravel()) - line.durations.ravel()
    first = np.concatenate([[0], np.cumsum(line.machines)[:-1]])
    machine = np.tile(first, (line.jobs, 1))
    return HybridPlan(before.reshape(line.durations.shape), machine, line.horizon)


@pytest.mark.parametrize("seed", range(12))
def test_a_small_line_is_solved_as_well_as_by_brute_force_from_the_longest_plan(seed):
    line = random_hybrid(seed, jobs=4, stages=3)
    island = JustifiedIsland(line, one_after_the_other(line), seed=seed, stream=0)

    island.work(1)

    plan = island.solution()
    assert plan.makespan == value_of_hybrid(line, plan.start) == shortest_by_brute_force(line)
    assert faults_of_hybrid(line, plan.start, plan.machine) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_is_what_the_search_says_and_both_checkers_find_it_clean(seed):
    line = random_hybrid(seed, jobs=25, stages=5)
    island = JustifiedIsland(line, one_after_the_other(line), seed=seed, stream=1)

    island.work(2)

    plan, problem = island.solution(), as_problem(line)
    assert island.worth() == (plan.makespan,)
    assert value_of_hybrid(line, plan.start) == plan.makespan
    assert faults_of_hybrid(line, plan.start, plan.machine) == []
    assert check(problem, as_schedule(plan, problem)) == []


def test_jobs_served_by_their_starts_are_never_later():
    line = random_hybrid(8, jobs=25, stages=4)
    plan = solve_hybrid(line, budget=Budget(1), seed=1)

    again = served_by_start(line, plan.start)

    assert (again.start <= plan.start).all()


def test_a_search_goes_on_from_the_plan_of_another():
    line = random_hybrid(6, jobs=25, stages=4)
    good = solve_hybrid(line, budget=Budget(2), seed=1)
    island = JustifiedIsland(line, one_after_the_other(line), seed=3, stream=1)

    island.adopt(good)

    assert island.worth() == (good.makespan,)
    assert island.solution().makespan == good.makespan


def test_a_plan_is_worth_what_is_given_back_of_it_before_any_work_too():
    line = HybridLine.of([[2, 3], [4, 1]], [1, 1])
    island = JustifiedIsland(line, one_after_the_other(line), seed=1, stream=0)

    # the first job from 0 to 2 to 5, the second from 2 to 6 to 7
    assert island.worth() == (7.0,)
    assert island.solution().makespan == 7


def test_after_its_opening_a_search_gets_below_what_orders_of_entry_reach():
    durations = np.random.default_rng(4).integers(1, 100, (40, 10))
    line = HybridLine.of(durations, [4] * 10)
    island = HybridIsland(line, seed=1, stream=0)
    island.work(OPENING)
    entered = island.worth()

    island.work(100)

    plan = island.solution()
    assert island.worth() < entered
    assert island.worth() == (plan.makespan,)
    assert faults_of_hybrid(line, plan.start, plan.machine) == []
