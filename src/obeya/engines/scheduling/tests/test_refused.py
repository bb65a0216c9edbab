"""What contradicts the plan or itself is refused with what was expected, and never guessed at."""

from dataclasses import replace

import numpy as np
import pytest

from obeya.engines.scheduling import Alternative, Budget, ProblemBuilder, dispatch
from obeya.engines.scheduling.objective import (
    Energy,
    Objective,
    Overtime,
    smallest_change,
    tier,
)
from obeya.engines.scheduling.reaction import (
    AbsentCrew,
    After,
    Breakdown,
    Costs,
    LateMaterial,
    NewOperation,
    NewOrder,
    Scrap,
    promise,
    react,
)
from obeya.engines.scheduling.search import solve, worth


@pytest.fixture(scope="module")
def live():
    plan = ProblemBuilder(now=0, horizon=10_000)
    always = plan.calendar([(0, 10_000)])
    saw = plan.machine(calendar=always)
    crew = plan.crew([(0, 10_000, 1)])
    order = plan.order(due=300)
    for _ in range(3):
        plan.operation([Alternative(saw, run=100, crew=crew)], order=order)
    problem = plan.build()
    return problem, dispatch(problem)


@pytest.mark.parametrize(
    ("disruption", "says"),
    [
        (Breakdown(1, 0, 50), "no machine 1. Expected 0 to 0"),
        (Breakdown(-1, 0, 50), "no machine -1. Expected 0 to 0"),
        (LateMaterial((-1,), 500), "no operation -1. Expected 0 to 2"),
        (LateMaterial((3,), 500), "no operation 3. Expected 0 to 2"),
        (AbsentCrew(-1, 0, 50), "no pool -1. Expected 0 to 0"),
        (AbsentCrew(1, 0, 50), "no pool 1. Expected 0 to 0"),
        (Scrap((-1,), 0.5), "no operation -1. Expected 0 to 2"),
    ],
)
def test_a_disruption_of_what_is_not_there_is_refused(live, disruption, says):
    problem, schedule = live

    with pytest.raises(ValueError, match=says):
        react(problem, schedule, [disruption], now=150, budget=Budget(0))


def test_a_disruption_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="end at or after its start"):
        Breakdown(0, 50, 49)
    with pytest.raises(ValueError, match="0 heads or more"):
        AbsentCrew(0, 0, 50, heads=-1)
    with pytest.raises(ValueError, match="each operation of a spoilt lot once"):
        Scrap((0, 0), 0.5)


@pytest.mark.parametrize("figure", [{"outside_lead": -1}, {"late_hour": float("nan")}])
def test_costs_are_numbers(figure):
    with pytest.raises(ValueError, match="Expected 0 or more"):
        Costs(**figure)


@pytest.mark.parametrize("weight", [-1.0, float("inf"), float("nan")])
def test_an_objective_weighs_with_numbers(weight):
    with pytest.raises(ValueError, match="Expected 0 or more"):
        Objective((tier(setup=weight),))


@pytest.mark.parametrize(("workers", "seed"), [(0, 0), (-1, 0), (1, -1)])
def test_a_search_needs_a_worker_and_a_seed(live, workers, seed):
    problem, schedule = live

    with pytest.raises(ValueError, match="Expected 1 or more, and 0 or more"):
        solve(problem, budget=Budget(9), workers=workers, seed=seed, start=schedule)


def test_a_search_refuses_to_start_from_a_plan_of_another_problem(live):
    problem, schedule = live
    short = {name: column[:2] for name, column in vars(schedule).items()}
    other_ways = np.array([0, 0, 2])
    more_upkeep = np.array([0])

    for start in (
        replace(schedule, **short),
        replace(schedule, alternative=other_ways),
        replace(schedule, maintenance_start=more_upkeep),
    ):
        with pytest.raises(ValueError, match="Expected one of this problem"):
            solve(problem, budget=Budget(9), start=start)


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        ({"alternative": 1, "machine": 1}, "alternative 1 from 200 to 300"),
        ({"setup_start": 250, "start": 250, "end": 350}, "alternative 0 from 250 to 350"),
        ({"end": 290}, "alternative 0 from 200 to 290"),
    ],
)
def test_a_search_refuses_to_start_from_a_plan_in_which_something_fixed_is_elsewhere(moved, says):
    plan = ProblemBuilder(now=0, horizon=10_000)
    always = plan.calendar([(0, 10_000)])
    saws = [plan.machine(calendar=always) for _ in range(2)]
    ways = [Alternative(saw, run=100) for saw in saws]
    plan.operation(ways, order=plan.order(due=300), fixed_alternative=0, fixed_start=200)
    plan.operation(ways, order=plan.order(due=300))
    problem = plan.build()
    start = dispatch(problem)
    columns = {name: getattr(start, name).copy() for name in moved}
    for name, value in moved.items():
        columns[name][0] = value

    with pytest.raises(ValueError, match=f"{says} s. Expected alternative 0 from 200 to 300 s"):
        solve(problem, budget=Budget(9), start=replace(start, **columns))


def test_a_search_refuses_to_start_from_a_plan_with_columns_of_several_lengths(live):
    problem, schedule = live

    for name in ("setup_start", "end", "machine"):
        with pytest.raises(ValueError, match="Expected one of this problem"):
            solve(
                problem,
                budget=Budget(9),
                start=replace(schedule, **{name: getattr(schedule, name)[:1]}),
            )


def test_an_order_of_a_thousand_steps_is_promised(live):
    problem, schedule = live
    steps = tuple(
        NewOperation((Alternative(0, 2),), after=(After(row - 1),) if row else ())
        for row in range(1_200)
    )

    answer = promise(problem, schedule, NewOrder(steps, due=5_000), most_plans=1)

    assert answer.completion == 300 + 2 * 1_200


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: Energy((1.0,), ()), "has no step. Expected at least one"),
        (lambda: Energy((1.0,), ((5, 0.1), (5, 0.2))), "at 5 s follows one at 5 s. Expected them"),
        (lambda: Energy((1.0,), ((0, float("nan")),)), "A price of the tariff is no number"),
        (lambda: Energy((-1.0,), ((0, 0.1),)), "power_kw is less than 0, or no number"),
        (lambda: Overtime(((4, 4),), (1.0,)), "from 4 to 4 s has no length"),
        (lambda: Overtime(((0, 5), (4, 9)), (1.0,)), "at 4 s, before the one ahead ends at 5 s"),
        (lambda: Overtime((), (float("nan"),)), "cost_per_hour is less than 0, or no number"),
        (
            lambda: Objective((tier(setup_cost=1.0),), setup_cost_per_hour=(-2.0,)),
            "setup_cost_per_hour is less than 0, or no number",
        ),
    ],
)
def test_prices_that_contradict_themselves_are_refused_where_they_are_made(made, says):
    with pytest.raises(ValueError, match=says):
        made()


@pytest.mark.parametrize("figures", [(), (1.0, 2.0)])
def test_figures_of_other_machines_than_those_of_the_problem_are_refused(live, figures):
    problem, schedule = live
    says = f"has {len(figures)} figures, and the problem 1 machines. Expected one figure per"
    objectives = [
        Objective((tier(energy=1.0),), energy=Energy(figures, ((0, 0.1),))),
        Objective((tier(overtime=1.0),), overtime=Overtime(((0, 9),), figures)),
    ]
    if figures:
        objectives.append(Objective((tier(setup_cost=1.0),), setup_cost_per_hour=figures))
    for objective in objectives:
        with pytest.raises(ValueError, match=says):
            worth(problem, schedule, objective)
        with pytest.raises(ValueError, match=says):
            solve(problem, objective=objective, budget=Budget(10))


def test_a_reference_plan_of_another_problem_is_refused(live):
    problem, schedule = live
    alone = ProblemBuilder(now=0, horizon=10_000)
    alone.operation([Alternative(alone.machine(calendar=alone.calendar([(0, 10_000)])), run=100)])
    other = dispatch(alone.build())

    with pytest.raises(ValueError, match="reference plan has 1 operations, and the problem 3"):
        solve(problem, objective=smallest_change(other), budget=Budget(10), start=schedule)
