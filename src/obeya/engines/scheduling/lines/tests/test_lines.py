"""Lines against brute force, two checkers that know nothing of the search, and each other."""

import time

import numpy as np
import pytest

from obeya.engines.scheduling import Budget, check
from obeya.engines.scheduling.lines import (
    Aim,
    FlowLine,
    HybridLine,
    as_problem,
    as_schedule,
    faults_of_hybrid,
    faults_of_line,
    least_of_hybrid,
    least_of_line,
    line_plan,
    solve_hybrid,
    solve_line,
    value_of_hybrid,
    value_of_line,
)

from .random_lines import least_by_brute_force, random_hybrid, random_line, shortest_by_brute_force

KINDS = [
    (aim, setups, no_wait) for aim in Aim for setups in (False, True) for no_wait in (False, True)
]
A_LITTLE = Budget(work_units=2)


@pytest.mark.parametrize(("aim", "setups", "no_wait"), KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_a_small_line_is_solved_as_well_as_by_brute_force(seed, aim, setups, no_wait):
    line = random_line(seed, aim=aim, setups=setups, no_wait=no_wait)
    least = least_by_brute_force(line)

    plan = solve_line(line, budget=A_LITTLE, seed=seed)

    assert plan.value == least
    assert value_of_line(line, plan.start) == least
    assert least_of_line(line) <= least


@pytest.mark.parametrize(("aim", "setups", "no_wait"), KINDS)
def test_both_checkers_find_a_line_clean(aim, setups, no_wait):
    line = random_line(7, aim=aim, jobs=12, stages=4, setups=setups, no_wait=no_wait)

    plan = solve_line(line, budget=A_LITTLE, seed=1)

    problem = as_problem(line)
    assert faults_of_line(line, plan.order, plan.start) == []
    assert check(problem, as_schedule(plan, problem)) == []


@pytest.mark.parametrize("seed", range(12))
def test_a_small_hybrid_line_is_solved_within_its_bounds(seed):
    line = random_hybrid(seed)

    plan = solve_hybrid(line, budget=A_LITTLE, seed=seed, workers=2)

    shortest = shortest_by_brute_force(line)
    assert plan.makespan == value_of_hybrid(line, plan.start) == shortest
    assert least_of_hybrid(line) <= shortest


@pytest.mark.parametrize("stages", [1, 2, 3])
def test_no_plan_of_a_hybrid_line_is_shorter_than_its_bound(stages):
    lines = [random_hybrid(seed, jobs=4, stages=stages) for seed in range(100, 140)]

    assert [line for line in lines if least_of_hybrid(line) > shortest_by_brute_force(line)] == []


def test_a_bound_sees_the_jobs_that_are_long_at_both_ends():
    # Four jobs must run on two machines after 9 and before the last 9: 9 + 4 x 5 / 2 + 9 = 28.
    # Of all jobs, the short one too, the sums say (21 + 1 + 9 + 1 + 9) / 2 = 20.5, the longest 23.
    line = HybridLine.of([[9, 5, 9]] * 4 + [[1, 1, 1]], [4, 2, 4])

    plan = solve_hybrid(line, budget=A_LITTLE, seed=1)

    assert least_of_hybrid(line) == 28
    assert plan.makespan == 28


def test_both_checkers_find_a_hybrid_line_clean():
    line = random_hybrid(5, jobs=30, stages=4)

    for stream in (1, 2):  # the second worker searches the mirror image
        plan = solve_hybrid(line, budget=A_LITTLE, seed=3, workers=stream)

        problem = as_problem(line)
        assert faults_of_hybrid(line, plan.start, plan.machine) == []
        assert check(problem, as_schedule(plan, problem)) == []


def test_johnsons_rule_is_met_on_two_stages():
    durations = [[3, 6], [5, 2], [1, 2], [6, 6], [7, 5]]  # Johnson 1954: 3 1 4 5 2 ends at 24

    plan = solve_line(FlowLine.of(durations), budget=A_LITTLE, seed=0)

    assert line_plan(FlowLine.of(durations), np.array([2, 0, 3, 4, 1])).value == 24
    assert plan.value == 24


@pytest.mark.parametrize("aim", list(Aim))
def test_the_same_work_and_seed_give_the_same_order(aim):
    line = random_line(3, aim=aim, jobs=25, stages=5, setups=aim is Aim.MAKESPAN)
    budget = Budget(work_units=120)

    plans = [solve_line(line, budget=budget, seed=9, workers=2) for _ in range(2)]

    assert plans[0].order.tolist() == plans[1].order.tolist()


def test_the_same_work_and_seed_give_the_same_hybrid_plan():
    line = random_hybrid(3, jobs=30, stages=4)

    plans = [solve_hybrid(line, budget=Budget(work_units=60), seed=9, workers=2) for _ in range(2)]

    assert plans[0].start.tolist() == plans[1].start.tolist()
    assert plans[0].machine.tolist() == plans[1].machine.tolist()


def test_each_improvement_is_told_and_the_last_is_the_answer():
    line, told = random_line(4, jobs=20, stages=5, aim=Aim.TOTAL_TARDINESS), []

    plan = solve_line(line, budget=A_LITTLE, seed=1, on_better=told.append)

    values = [each.value for each in told]
    assert values == sorted(set(values), reverse=True)
    assert values[-1] == plan.value


def test_a_line_of_one_job_has_its_length():
    line = FlowLine.of([[3, 4, 5]])

    assert solve_line(line, budget=A_LITTLE, seed=1).value == 12
    assert least_of_line(line) == 12
    no_wait = FlowLine.of([[3, 4, 5]], no_wait=True)
    assert solve_line(no_wait, budget=A_LITTLE, seed=1).value == 12


@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("no_wait", [False, True])
def test_a_line_of_one_job_is_planned_at_once_whatever_the_budget(aim, no_wait):
    line = random_line(53, aim=aim, jobs=1, stages=5, setups=True, no_wait=no_wait)
    told = []

    plan = solve_line(line, budget=Budget(10**12), seed=1, on_better=told.append)

    assert plan.order.tolist() == [0]
    assert [each.value for each in told] == [plan.value]


@pytest.mark.parametrize("setups", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_two_jobs_that_may_not_wait_are_planned_at_once_whatever_the_budget(seed, setups):
    line = random_line(seed, jobs=2, stages=4, setups=setups, no_wait=True)

    plan = solve_line(line, budget=Budget(10**12), seed=1)

    assert plan.value == least_by_brute_force(line)


def test_a_plan_that_meets_its_bound_ends_the_search():
    one_stage = FlowLine.of([[3], [4], [5]])
    two_machines = HybridLine.of([[3], [4], [5], [6]], [2])

    assert solve_line(one_stage, budget=Budget(10**12), seed=1).value == 12
    assert solve_hybrid(two_machines, budget=Budget(10**12), seed=1).makespan == 9


def test_jobs_that_take_no_time_and_share_their_start_go_in_the_order_of_the_plan():
    line = FlowLine.of([[0], [0]], setups=[[[0, 0], [5, 0]]])

    assert faults_of_line(line, np.array([0, 1]), np.zeros((2, 1), int)) == []
    assert faults_of_line(line, np.array([1, 0]), np.zeros((2, 1), int)) == [
        "Job 0 starts on stage 0 at 0, before job 1 is done and the stage set up."
    ]
    assert faults_of_line(line, np.array([1, 1]), np.zeros((2, 1), int)) == [
        "The order does not name each job once."
    ]


def test_a_plan_that_passes_waits_or_lacks_a_setup_is_found_out():
    line = FlowLine.of([[2, 2], [2, 2]], setups=[[[0, 1], [1, 0]]] * 2, no_wait=True)

    assert faults_of_line(line, np.arange(2), np.array([[0, 2], [3, 5]])) == []
    assert faults_of_line(line, np.arange(2), np.array([[0, 7], [3, 5]])) == [
        "Job 0 waits after stage 0.",
        "Job 1 passes job 0 on stage 1.",
        "Job 1 starts on stage 1 at 5, before job 0 is done and the stage set up.",
    ]
    assert faults_of_line(line, np.arange(2), np.array([[0, 2], [2, 4]])) == [
        "Job 1 starts on stage 0 at 2, before job 0 is done and the stage set up.",
        "Job 1 starts on stage 1 at 4, before job 0 is done and the stage set up.",
    ]


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"durations": [[1, -2]]}, "durations has a negative figure"),
        ({"durations": []}, "at least one job"),
        ({"durations": [[1, 2]], "setups": [[[0]]]}, "setups has shape"),
        ({"durations": [[1, 2]], "due": [1, 2]}, "due has shape"),
        ({"durations": [[1 << 40]]}, "may run"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(tables, sentence):
    with pytest.raises(ValueError, match=sentence):
        FlowLine.of(**tables)


def test_machines_beyond_one_for_each_job_can_be_left_out():
    line = HybridLine.of([[3, 4], [5, 6]], [1, 100_000]).without_spare_machines()

    assert line.machines.tolist() == [1, 2]
    assert solve_hybrid(line, budget=A_LITTLE, seed=1).makespan == 12


@pytest.mark.parametrize("machines", [100_001, 2**32 + 1])
def test_more_machines_at_a_stage_than_the_kernels_count_are_refused(machines):
    with pytest.raises(ValueError, match=f"{machines} machines. Expected 100000 or fewer"):
        HybridLine.of([[1, 2]], [1, machines])


def test_a_bound_that_is_ended_is_what_is_proved_so_far():
    line = HybridLine.of([[9, 5, 9]] * 4 + [[1, 1, 1]], [4, 2, 4])

    assert least_of_hybrid(line, should_stop=lambda: True) == 23  # the longest job
    assert least_of_hybrid(line, should_stop=lambda: False) == 28


def test_many_jobs_that_may_not_wait_are_bounded_and_searched_within_seconds():
    line = FlowLine.of(np.random.default_rng(1).integers(1, 100, (1_500, 2)), no_wait=True)
    began = time.perf_counter()

    plan = solve_line(line, budget=Budget(0), seed=1, workers=2)

    assert time.perf_counter() - began < 10
    assert faults_of_line(line, plan.order, plan.start) == []
    assert least_of_line(line) <= plan.value
