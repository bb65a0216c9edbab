"""How wide the cells are in which crews, setters and tools are counted: memory beside detail."""

import pytest

from obeya.engines.scheduling import (
    Alternative,
    Budget,
    ProblemBuilder,
    Rule,
    check,
    dispatch,
    measure,
    random_problem,
)
from obeya.engines.scheduling.objective import ON_TIME_FIRST
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search import cells, solve
from obeya.engines.scheduling.search.cells import Cells, widened
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.prices import Prices

MINUTE, HOUR, DAY = 60, 3600, 86_400
YEARS = 3 * 365 * DAY


@pytest.mark.parametrize(
    ("operations", "pools", "cell"),
    [(1_007, 11, 300), (10_003, 50, 300), (30_000, 136, 300), (100_001, 436, 300)],
)
def test_the_made_up_plants_of_the_benches_keep_their_cells(operations, pools, cell):
    assert widened(300, pools, 28_728_000, operations) == cell


@pytest.mark.parametrize(
    ("pools", "finest", "cell"),
    [
        (42, 60, 60),  # 66,225,600 cells
        (43, 60, 120),
        (50, 60, 120),
        (50, 100, 100),
        (212, 300, 300),
        (213, 300, 600),
        (1_000, 60, 1_800),
        (9_000, 60, 1_800),  # 473,040,000: more, and not wider
        (0, 60, 60),
    ],
)
def test_in_a_plan_of_three_years_cells_get_wider_up_to_half_an_hour(pools, finest, cell):
    assert widened(finest, pools, YEARS, operations=100) == cell


@pytest.fixture
def presses():
    """Ninety days, three presses, 152 pools of which work asks for 52; shifts at odd times."""
    plan = ProblemBuilder(now=0, horizon=90 * DAY)
    shifts = [(day * DAY + 367 * MINUTE, day * DAY + 851 * MINUTE) for day in range(90)]
    matrix = plan.setup_matrix([[0, HOUR], [HOUR, 0]])
    for _ in range(100):
        plan.tool(1)  # moulds that lie on the shelf
    crew = plan.crew([(start, end, 4) for start, end in shifts])
    setter = plan.setters([(start, end, 1) for start, end in shifts])
    moulds = [plan.tool(1) for _ in range(50)]
    calendar = plan.calendar(shifts)
    presses = [
        plan.machine(calendar=calendar, setup_matrix=matrix, family=0, setter=setter)
        for _ in range(3)
    ]
    for lot in range(100):
        run, mould = (1 + lot % 3) * HOUR, moulds[lot % 50]
        ways = [
            Alternative(press, run, family=lot % 2, crew=crew, heads=1, tool=mould)
            for press in presses
        ]
        plan.operation(ways, order=plan.order(due=(1 + lot % 13) * DAY))
    return plan.build()


def test_only_pools_that_something_asks_for_have_cells(presses):
    counted = Cells(presses)

    assert counted.row_of[[0, 99, -1]].tolist() == [-1, -1, -1]
    assert counted.row_of[100:152].tolist() == list(range(52))
    assert (counted.width, counted.capacity().shape) == (60, (52, 129_602))


@pytest.mark.parametrize(("most", "width"), [(2**26, 60), (2**21, 240), (2**19, 900)])
def test_in_wider_cells_a_plan_holds_and_gets_better_too(presses, monkeypatch, most, width):
    monkeypatch.setattr(cells, "_MOST", most)
    start = dispatch(presses, rule=Rule.MOST_WORK)

    found = solve(presses, budget=Budget(5_000), start=start)

    assert Cells(presses).width == width
    assert check(presses, found) == []
    before, after = measure(presses, start), measure(presses, found)
    assert after.weighted_tardiness < before.weighted_tardiness * (0.5 if width == 60 else 1)


def test_a_plant_by_chance_keeps_its_cells():
    problem = random_problem(1, 1_000)
    pack = packed(problem, dispatch(problem).maintenance_start)

    assert Layout(pack, Prices(problem, ON_TIME_FIRST)).cell == 300
