"""A search of a line goes on from a plan that is given, and never ends worse."""

import numpy as np
import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.lines import (
    HybridPlan,
    faults_of_hybrid,
    line_plan,
    solve_hybrid,
    solve_line,
)

from .random_lines import random_hybrid, random_line
from .test_lines import KINDS


@pytest.mark.parametrize(("aim", "setups", "no_wait"), KINDS)
def test_a_line_goes_on_from_an_order_and_never_ends_worse(aim, setups, no_wait):
    for seed in range(6):
        line = random_line(seed, aim=aim, jobs=30, stages=5, setups=setups, no_wait=no_wait)
        by_chance = line_plan(line, np.random.default_rng(seed).permutation(line.jobs))
        good = solve_line(line, budget=Budget(3), seed=seed, start=by_chance)

        told = []
        again = solve_line(
            line,
            budget=Budget(0),
            seed=seed + 1,
            workers=2,
            start=good,
            on_better=lambda plan, told=told: told.append(plan.value),
        )

        assert good.value <= by_chance.value
        assert again.value == told[0] <= good.value
        unaided = solve_line(line, budget=Budget(0), seed=seed + 1)
        assert again.value <= unaided.value


def test_an_order_of_other_jobs_is_refused():
    line = random_line(1)
    plan = solve_line(line, budget=Budget(0), seed=1)

    with pytest.raises(ValueError, match=r"no order of 5 jobs\. Expected each of them once"):
        solve_line(random_line(1, jobs=5), budget=Budget(0), seed=1, start=plan)


def test_a_hybrid_line_goes_on_from_a_plan_and_never_ends_longer():
    for seed in range(12):
        line = random_hybrid(seed, jobs=25, stages=4)
        ends = line.durations.ravel().cumsum().reshape(line.durations.shape)
        first_machines = np.concatenate([[0], line.machines.cumsum()[:-1]])
        one_by_one = HybridPlan(
            ends - line.durations,
            np.broadcast_to(first_machines, line.durations.shape),
            int(ends[-1, -1]),
        )
        assert faults_of_hybrid(line, one_by_one.start, one_by_one.machine) == []

        good = solve_hybrid(line, budget=Budget(2), seed=seed, start=one_by_one)
        again = solve_hybrid(line, budget=Budget(0), seed=seed + 1, workers=2, start=good)
        later = solve_hybrid(line, budget=Budget(5), seed=seed + 1, workers=2, start=again)

        assert one_by_one.makespan > good.makespan >= again.makespan >= later.makespan
        assert faults_of_hybrid(line, later.start, later.machine) == []


def test_a_plan_that_does_not_hold_is_refused():
    line = random_hybrid(1)
    plan = solve_hybrid(line, budget=Budget(0), seed=1)
    early = HybridPlan(plan.start * 0, plan.machine, plan.makespan)

    with pytest.raises(ValueError, match="The start does not hold: "):
        solve_hybrid(line, budget=Budget(0), seed=1, start=early)
