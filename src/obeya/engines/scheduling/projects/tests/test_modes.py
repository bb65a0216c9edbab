"""Modes are chosen so that what is used up suffices, wherever trying all finds such a choice."""

from itertools import product

import numpy as np
import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.instances import NotCovered
from obeya.engines.scheduling.instances.project_instance import ProjectInstance
from obeya.engines.scheduling.projects.check import check_project_plan
from obeya.engines.scheduling.projects.modes import NoModes, fitting_modes
from obeya.engines.scheduling.projects.project import Activity, Project
from obeya.engines.scheduling.projects.solve import solve


def stocked(seed: int, *, activities: int, tightness: float) -> Project:
    """Modes by chance; stocks that are the use of a choice by chance, times ``tightness``."""
    luck = np.random.default_rng(seed)
    uses = luck.integers(0, 30, (activities, 3, 2))
    some = uses[np.arange(activities), luck.integers(0, 3, activities)].sum(axis=0)
    stock = np.floor(tightness * some).astype(int)
    own = [
        Activity([(int(luck.integers(1, 9)), use.tolist()) for use in each], []) for each in uses
    ]
    return Project.of(own, capacity=[], stock=stock.tolist())


def fits(project: Project, rows) -> bool:
    return bool((project.use[list(rows)].sum(axis=0) <= project.stock).all())


def test_a_choice_is_found_exactly_where_trying_all_finds_one():
    outcome = {True: 0, False: 0}
    for seed in range(150):
        tightness = (0.55, 0.65, 0.75)[seed % 3]
        project = stocked(seed, activities=7, tightness=tightness)
        ways = [
            range(a, b) for a, b in zip(project.first_mode, project.first_mode[1:], strict=False)
        ]
        there_is = any(fits(project, rows) for rows in product(*ways))
        outcome[there_is] += 1
        if there_is:
            assert fits(project, fitting_modes(project)), seed
        else:
            with pytest.raises(NoModes, match=r"needed at least|all were looked at"):
                fitting_modes(project)
    assert min(outcome.values()) >= 30


def test_a_tight_project_of_a_hundred_activities_is_planned():
    """Stocks are exactly what one choice uses that no single change leads to."""
    for seed in range(20):
        luck = np.random.default_rng(seed)
        uses = luck.integers(0, 30, (100, 3, 2))
        cost = uses @ np.array([1.0, 0.8])
        chosen = uses[np.arange(100), cost.argmin(axis=1)].sum(axis=0)
        activities = [
            Activity([(int(luck.integers(1, 9)), use.tolist()) for use in u], []) for u in uses
        ]
        project = Project.of(activities, capacity=[], stock=(chosen + 2).tolist())

        plan = solve(project, budget=Budget(20))

        assert check_project_plan(project, plan.mode.tolist(), plan.start.tolist()) == [], seed


def test_where_no_choice_suffices_the_words_say_of_what():
    project = Project.of([Activity([(1, [2])], [])] * 2, capacity=[], stock=[3])

    with pytest.raises(NoModes, match="Resource 0 that is used up: 4 are needed at least, 3 are"):
        solve(project, budget=Budget(1))
    with pytest.raises(NotCovered, match="4 are needed at least"):
        ProjectInstance("MMRCPSP", project).solve(
            budget=Budget(1), seed=0, workers=1, on_better=lambda _: None
        )


def test_a_mode_above_what_there_is_is_left_out_and_an_activity_without_another_is_refused():
    project = Project.of(
        [Activity([(1, [9, 0]), (4, [1, 1]), (2, [1, 8])], [1]), Activity([(3, [2, 0])], [])],
        capacity=[2],
        stock=[5],
    )

    assert project.duration.tolist() == [4, 2, 3]
    assert project.first_mode.tolist() == [0, 2, 3]
    assert solve(project, budget=Budget(5)).makespan == 7
    with pytest.raises(ValueError, match="Activity 2: each of its modes needs more of a resource"):
        Project.of([Activity([(1, [1])], []), Activity([(1, [3]), (2, [4])], [])], capacity=[2])


def test_uses_that_add_up_to_more_than_32_bits_count_are_told_from_none():
    """Each of three in a row may be fast for three quarters of the stock, so one of them is."""
    fast_or_slow = [(10, [1]), (1, [1_500_000_000])]
    project = Project.of(
        [Activity(fast_or_slow, [row + 1] if row < 2 else []) for row in range(3)],
        capacity=[],
        stock=[2_000_000_000],
    )

    plan = solve(project, budget=Budget(300))

    assert check_project_plan(project, plan.mode.tolist(), plan.start.tolist()) == []
    assert plan.makespan == 10 + 10 + 1
