"""Two workers that have told each other of their plans find the same plan on every run.

Islands tell each other seldom: on plain shops after 60 units of work, on lines after 2,000, which
takes seconds. So here they work by small steps; the slow tests go as far as `solve` does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from obeya.engines.scheduling import Budget, check, random_problem
from obeya.engines.scheduling.formats.ops import read_print_shop
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.islands import Island, explore
from obeya.engines.scheduling.lines import (
    Aim,
    HybridLine,
    least_of_line,
    solve_line,
)
from obeya.engines.scheduling.lines.entering import EntryIsland
from obeya.engines.scheduling.lines.hybrid import OPENING, HybridIsland
from obeya.engines.scheduling.lines.justified import JustifiedIsland
from obeya.engines.scheduling.lines.no_wait import NoWaitIsland, ways_of
from obeya.engines.scheduling.lines.punctual import PunctualIsland
from obeya.engines.scheduling.lines.shortest import ShortestIsland
from obeya.engines.scheduling.lines.solve import EPOCH, SHARE_EVERY
from obeya.engines.scheduling.lines.tests.random_lines import random_hybrid, random_line
from obeya.engines.scheduling.objective import ON_TIME_FIRST, SHORTEST, Objective, tier
from obeya.engines.scheduling.plain import solve_plain
from obeya.engines.scheduling.plain.island import PlainIsland
from obeya.engines.scheduling.plain.packing import packed
from obeya.engines.scheduling.plain.tests.shops import random_shop
from obeya.engines.scheduling.plain_large import solve_large
from obeya.engines.scheduling.plain_large.tests.shops import FLEXIBLE, SQUARE
from obeya.engines.scheduling.printing.building import first_plan
from obeya.engines.scheduling.printing.shop import as_problem
from obeya.engines.scheduling.printing.tests.random_shops import random_print_shop
from obeya.engines.scheduling.projects.project import Activity, Project, lower_bound
from obeya.engines.scheduling.projects.solve import EPOCH_CELLS
from obeya.engines.scheduling.projects.solve import solve as solve_project
from obeya.engines.scheduling.search import solve

SEED = 5


def in_bytes(plan: Any) -> list[bytes]:
    """All of a plan: its arrays as they lie in memory, and its figures."""
    parts = [plan] if isinstance(plan, np.ndarray) else vars(plan).values()
    return [np.asarray(part).tobytes() for part in parts]


@dataclass
class Telling:
    """An island that notes which plans it was told of."""

    island: Island[Any]
    told: list[list[bytes]] = field(default_factory=list)

    def work(self, units: int) -> None:
        self.island.work(units)

    def worth(self) -> tuple[float, ...]:
        return self.island.worth()

    def solution(self) -> Any:
        return self.island.solution()

    def adopt(self, solution: Any) -> None:
        self.told.append(in_bytes(solution))
        self.island.adopt(solution)


HYBRID = random_hybrid(8, jobs=60, stages=6)


def plain_island(kind: str, stream: int) -> PlainIsland:
    shop = packed(random_shop(kind, 4, jobs=20, machines=15, most=40))
    return PlainIsland(shop, bound=0, seed=SEED, stream=stream, size=6)


def justified_island(stream: int) -> JustifiedIsland:
    somehow = EntryIsland(HYBRID, seed=0, stream=0).solution()
    return JustifiedIsland(HYBRID, somehow, seed=SEED, stream=stream)


def line_island(kind: Any, stream: int, **line: Any) -> Island[Any]:
    work = random_line(3, jobs=100, stages=20, **line)
    island: Island[Any] = kind(work, seed=SEED, stream=stream)
    return island


WAYS = ways_of(random_line(3, jobs=100, stages=20, no_wait=True))
ISLANDS: dict[str, Callable[[int], Island[Any]]] = {
    "job shop": lambda stream: plain_island("job shop", stream),
    "flexible shop": lambda stream: plain_island("flexible", stream),
    "shop with setups": lambda stream: plain_island("setups", stream),
    "line": lambda stream: line_island(ShortestIsland, stream),
    "line with setups": lambda stream: line_island(ShortestIsland, stream, setups=True),
    "line by due times": lambda stream: line_island(
        PunctualIsland, stream, aim=Aim.TOTAL_TARDINESS
    ),
    "line without waiting": lambda stream: NoWaitIsland(WAYS, seed=SEED, stream=stream),
    "hybrid line by entry": lambda stream: EntryIsland(HYBRID, seed=SEED, stream=stream),
    "hybrid line by plans": justified_island,
}


@pytest.mark.parametrize("name", ISLANDS)
def test_islands_that_went_on_from_each_others_plans_end_the_same(name):
    def run() -> tuple[list[list[bytes]], list[bytes], list[list[bytes]]]:
        islands = [Telling(ISLANDS[name](stream)) for stream in range(2)]
        best = explore(islands, budget=Budget(6), epoch=1, share_every=1)
        told = [plan for island in islands for plan in island.told]
        return told, in_bytes(best), [in_bytes(island.solution()) for island in islands]

    told, best, plans = run()

    assert len(told) > 0
    assert (told, best, plans) == run()


def project_of(activities: int) -> Project:
    luck = np.random.default_rng(11)
    rows = [
        Activity(
            [(int(luck.integers(1, 10)), luck.integers(0, 6, 3).tolist()) for _ in range(2)],
            [j for j in range(i + 1, activities) if luck.random() < 2 / activities],
            0,
        )
        for i in range(activities)
    ]
    return Project.of(rows, capacity=[9, 9, 9])


def test_projects_are_planned_the_same_after_the_first_exchange():
    """Islands share after four epochs."""
    project = project_of(90)
    epoch = EPOCH_CELLS // (3 * len(project))

    plans = [
        solve_project(project, budget=Budget(6 * epoch), seed=SEED, workers=2) for _ in range(2)
    ]

    assert plans[0].makespan > lower_bound(project)  # it was not done before
    assert in_bytes(plans[0]) == in_bytes(plans[1])


@pytest.mark.parametrize("shop", [SQUARE, FLEXIBLE], ids=["square", "flexible"])
def test_large_shops_are_planned_the_same_by_two_workers_after_many_windows(shop):
    plans = [solve_large(shop, budget=Budget(2_000_000), seed=SEED, workers=2) for _ in range(2)]

    assert plans[0].makespan > plans[0].bound
    assert in_bytes(plans[0]) == in_bytes(plans[1])


RANKED = Objective((tier(weighted_tardiness=1.0), tier(setup=1.0, earliness=0.1)))


@pytest.mark.parametrize("objective", [ON_TIME_FIRST, RANKED], ids=["sum", "ranked"])
def test_plants_are_planned_the_same_after_many_mergers(objective):
    """Islands merge after each epoch, of some hundred moves; maintenance moves every sixth."""
    problem = random_problem(7, 120)
    runs = []

    for _ in range(2):
        told: list[tuple[float, ...]] = []
        plan = solve(
            problem,
            objective=objective,
            budget=Budget(20_000),
            seed=SEED,
            workers=2,
            on_better=lambda value, _, told=told: told.append(value),
        )
        assert check(problem, plan) == []
        runs.append((in_bytes(plan), told))

    assert len(runs[0][1]) > 5
    assert runs[0] == runs[1]


@pytest.mark.parametrize("fixed", [0.0, 0.25])
def test_printing_shops_are_planned_the_same(fixed):
    text = random_print_shop(6, operations=40, fixed=fixed)
    shop, runs = read_print_shop(text), []

    for _ in range(2):
        told: list[int] = []
        answer = read_instance(text).solve(
            budget=Budget(3_000), seed=SEED, workers=2, on_better=told.append
        )
        first = first_plan(shop, seed=SEED)
        plan = solve(
            as_problem(shop), objective=SHORTEST, budget=Budget(6_000), seed=SEED, workers=2
        )
        runs.append((answer.value, told, vars(first), in_bytes(plan)))

    assert runs[0] == runs[1]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["flexible", "setups"])
def test_plain_shops_are_planned_the_same_after_the_first_exchange(kind):
    shop = random_shop(kind, 4, jobs=60, machines=8, most=10)

    plans = [solve_plain(shop, budget=Budget(63), seed=SEED, workers=2) for _ in range(2)]

    assert plans[0].makespan > plans[0].bound
    assert in_bytes(plans[0]) == in_bytes(plans[1])


@pytest.mark.slow
@pytest.mark.parametrize("aim", [Aim.MAKESPAN, Aim.TOTAL_TARDINESS])
def test_lines_are_planned_the_same_after_the_first_exchange(aim):
    line = random_line(3, aim=aim, jobs=60, stages=8, setups=True)
    work = Budget(EPOCH * SHARE_EVERY + EPOCH)

    plans = [solve_line(line, budget=work, seed=SEED, workers=2) for _ in range(2)]

    assert plans[0].value > least_of_line(line)
    assert in_bytes(plans[0]) == in_bytes(plans[1])


@pytest.mark.slow
def test_hybrid_islands_end_the_same_after_they_have_left_the_orders_of_entry():
    line = HybridLine.of(np.random.default_rng(3).integers(1, 20, (60, 10)), [4] * 10)
    work, runs = OPENING + 40, []

    for _ in range(2):
        islands = [Telling(HybridIsland(line, seed=SEED, stream=stream)) for stream in range(2)]
        best = explore(islands, budget=Budget(work), epoch=20, share_every=1)
        runs.append((in_bytes(best), [island.told for island in islands]))

    assert sum(len(told) for told in runs[0][1]) > 0
    assert runs[0] == runs[1]
