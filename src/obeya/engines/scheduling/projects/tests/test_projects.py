"""Projects: readers, search and checker."""

import time
from itertools import permutations, product

import numpy as np
import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.formats.projects import read_mplib, read_patterson, read_psplib
from obeya.engines.scheduling.projects.check import check_project_plan
from obeya.engines.scheduling.projects.project import Activity, Project, lower_bound
from obeya.engines.scheduling.projects.solve import ProjectPlan, solve

PSPLIB = """jobs  (incl. supersource/sink ):\t4
RESOURCES
- renewable                 : 1 R
- nonrenewable              : 1 N
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
1\t1\t2\t2 3
2\t2\t1\t4
3\t1\t1\t4
4\t1\t0\t
************************************************************************
REQUESTS/DURATIONS
jobnr.\tmode\tduration\tR1\tN1
------------------------------------------------------------------------
1\t1\t0\t0\t0
2\t1\t3\t2\t9
\t2\t5\t1\t2
3\t1\t4\t2\t1
4\t1\t0\t0\t0
************************************************************************
RESOURCE AVAILABILITIES
\tR 1\tN 1
\t3\t6
"""


def test_patterson_lines_may_be_broken_anywhere():
    project = read_patterson("3 2\n4 5\n0 0 0 2 2\n3\n5 2 1 1 3\n0 0 0 0\n")

    assert project.capacity.tolist() == [4, 5]
    assert project.duration.tolist() == [0, 5, 0]
    assert project.demand.tolist() == [[0, 0], [2, 1], [0, 0]]
    assert project.after.tolist() == [1, 2, 2]


def test_modes_and_what_is_used_up_are_read_by_headings():
    project = read_psplib(PSPLIB)

    assert project.first_mode.tolist() == [0, 1, 3, 4, 5]
    assert project.duration.tolist() == [0, 3, 5, 4, 0]
    assert project.demand.ravel().tolist() == [0, 2, 1, 2, 0]
    assert project.use.ravel().tolist() == [0, 9, 2, 1, 0]
    assert (project.capacity.tolist(), project.stock.tolist()) == ([3], [6])


def test_projects_share_resources_and_have_releases_of_their_own():
    project = read_mplib("2\n1\n4\n\n2 0\n1\n\n0 0 1 1:2\n3 1 0\n\n2 7\n1\n\n0 0 1 2:2\n2 4 0\n")

    assert project.release.tolist() == [0, 0, 7, 7]
    assert project.after.tolist() == [1, 3]


def test_the_mode_that_uses_up_too_much_is_not_taken():
    project = read_psplib(PSPLIB)

    plan = solve(project, budget=Budget(50))

    assert plan.makespan == 5  # 2 in its long mode needs one unit, beside the two of 3
    assert plan.mode.tolist()[1] == 2
    assert check_project_plan(project, plan.mode.tolist(), plan.start.tolist()) == []


@pytest.mark.parametrize(
    ("activities", "makespan"),
    [([], 0), ([Activity([(0, [1])], [])], 0), ([Activity([(4, [2])], [], release=3)], 7)],
)
def test_a_project_with_nothing_to_improve_ends_at_once(activities, makespan):
    project = Project.of(activities, capacity=[2])
    asked: list[bool] = []

    def is_enough() -> bool:
        asked.append(True)
        return len(asked) > 2

    plan = solve(project, budget=Budget(10**9, is_enough))

    assert (plan.makespan, lower_bound(project), asked) == (makespan, makespan, [])


def random_project(seed: int) -> Project:
    rng = np.random.default_rng(seed)
    activities = []
    for i in range(6):
        after = [j for j in range(i + 1, 6) if rng.random() < 0.25]
        modes = [
            (int(rng.integers(1, 6)), rng.integers(0, 4, 2).tolist())
            for _ in range(int(rng.integers(1, 3)))
        ]
        activities.append(Activity(modes, after, int(rng.integers(0, 4)) if i == 0 else 0))
    return Project.of(activities, capacity=[4, 3])


def shortest_by_trying_all(project: Project) -> int:
    """Every list of activities with every choice of modes, placed as early as possible."""
    ways = [range(a, b) for a, b in zip(project.first_mode, project.first_mode[1:], strict=False)]
    arcs = [
        (i, int(j))
        for i in range(len(project))
        for j in project.after[project.first_after[i] : project.first_after[i + 1]]
    ]
    shortest = 10**6
    lists = [
        order
        for order in permutations(range(len(project)))
        if all(order.index(i) < order.index(j) for i, j in arcs)
    ]
    for mode in product(*ways):
        for order in lists:
            shortest = min(shortest, placed(project, order, mode, arcs, shortest))
    return shortest


def placed(project, order, mode, arcs, enough):
    end, held = {}, {}
    for i in order:
        run, need = int(project.duration[mode[i]]), project.demand[mode[i]]
        at = max([int(project.release[i]), *(end[a] for a, b in arcs if b == i)])
        while any(
            held.get((t, kind), 0) + need[kind] > project.capacity[kind]
            for t in range(at, at + run)
            for kind in range(2)
        ):
            at += 1
        for t in range(at, at + run):
            for kind in range(2):
                held[t, kind] = held.get((t, kind), 0) + need[kind]
        end[i] = at + run
        if end[i] >= enough:
            return enough
    return max(end.values())


def test_a_project_may_be_as_long_as_its_unit_of_time_is_short():
    project = Project.of([Activity([(200_000_000, [1])], [])] * 3, capacity=[2])

    assert solve(project, budget=Budget(50)).makespan == 400_000_000


def long_project(activities: int) -> Project:
    luck = np.random.default_rng(5)
    longest = 2**31 // activities
    needs = luck.integers(1, 5, (activities, 3)).tolist()
    runs = luck.integers(longest // 2, longest, activities).tolist()
    return Project.of(
        [Activity([(run, need)], []) for run, need in zip(runs, needs, strict=True)],
        capacity=[5, 5, 5],
    )


def test_the_clock_is_looked_at_every_fraction_of_a_second_however_long_activities_are():
    project = long_project(30)
    asked: list[float] = [time.perf_counter()]

    def is_over() -> bool:
        asked.append(time.perf_counter())
        return bool(asked[-1] - asked[0] > 1)

    plan = solve(project, budget=Budget(10**9, is_over), workers=2)

    assert check_project_plan(project, plan.mode.tolist(), plan.start.tolist()) == []
    assert len(asked) > 5
    assert asked[-1] - asked[0] < 2


def test_of_many_activities_the_clock_is_looked_at_within_an_epoch():
    project, asked = long_project(300), []

    solve(project, budget=Budget(444, lambda: bool(asked.append(True))))

    assert len(asked) == 1 + 444 // 46  # before the epoch, and after each 46 plans of it


def test_a_project_is_searched_by_somebody():
    project = Project.of([Activity([(2, [1])], [])], capacity=[1])

    with pytest.raises(ValueError, match="Expected 1 worker or more"):
        solve(project, budget=Budget(1), workers=0)


@pytest.mark.parametrize("seed", range(6))
def test_tiny_projects_are_solved_to_the_optimum_that_trying_all_finds(seed):
    project = random_project(seed)

    plan = solve(project, budget=Budget(600), seed=seed)

    assert check_project_plan(project, plan.mode.tolist(), plan.start.tolist()) == []
    assert plan.makespan == shortest_by_trying_all(project)
    assert lower_bound(project) <= plan.makespan


def test_a_plan_to_go_on_from_is_never_made_longer():
    for seed in range(8):
        project = random_project(seed)
        mode = project.first_mode[:-1]
        ends = np.cumsum(project.duration[mode]) + project.release.max()
        one_by_one = ProjectPlan(mode, ends - project.duration[mode], int(ends[-1]))
        assert check_project_plan(project, mode.tolist(), one_by_one.start.tolist()) == []

        at_once = solve(project, budget=Budget(0), seed=seed, start=one_by_one)
        better = solve(project, budget=Budget(600), seed=seed, start=at_once)
        again = solve(project, budget=Budget(0), seed=seed + 1, workers=2, start=better)

        assert one_by_one.makespan >= at_once.makespan >= better.makespan
        assert again.makespan == better.makespan == shortest_by_trying_all(project)
        assert check_project_plan(project, again.mode.tolist(), again.start.tolist()) == []


def test_a_start_that_does_not_hold_is_refused():
    project = read_psplib(PSPLIB)
    plan = solve(project, budget=Budget(50))

    with pytest.raises(ValueError, match="The start does not hold: Resource 0 that is used up: 10"):
        solve(project, budget=Budget(1), start=ProjectPlan(np.array([0, 1, 3, 4]), plan.start, 5))
    with pytest.raises(ValueError, match=r"a plan of 3 activities\. Expected 4"):
        solve(project, budget=Budget(1), start=ProjectPlan(plan.mode[1:], plan.start[1:], 5))


def test_two_runs_with_two_workers_are_the_same():
    project = random_project(9)

    plans = [solve(project, budget=Budget(100), seed=4, workers=2) for _ in range(2)]

    assert plans[0].start.tolist() == plans[1].start.tolist()
    assert plans[0].mode.tolist() == plans[1].mode.tolist()


def test_the_checker_finds_each_kind_of_error():
    project = read_psplib(PSPLIB)

    assert check_project_plan(project, [0, 1, 3, 4], [0, 0, 0, 4]) == [
        "Resource 0 that is used up: 10 of 6.",
        "Resource 0: 4 of 3 held at 0.",
    ]
    early = check_project_plan(project, [0, 2, 3, 4], [0, 0, 0, 4])
    assert early == ["Activity 3 starts before its predecessor 1 ends."]
    assert check_project_plan(project, [0, 3, 3, 4], [0, 0, 0, 4]) == ["Activity 1 has no mode 3."]
