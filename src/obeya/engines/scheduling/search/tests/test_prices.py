"""Several tiers on one scale: each is readable in its turn."""

import pytest

from obeya.engines.scheduling import Alternative, Budget, Problem, ProblemBuilder, Schedule
from obeya.engines.scheduling.objective import Energy, Objective, tier
from obeya.engines.scheduling.search import solve, worth
from obeya.engines.scheduling.search.prices import Prices

HOUR = 3600


def plant_of_long_orders() -> tuple[Problem, Schedule, Objective]:
    """A hundred orders of a thousand hours each, and a short one on the dearer of two machines.

    All begin at once. The last tier is what the short one draws: five kilowatts or one.
    """
    plan = ProblemBuilder(now=0, horizon=4_000 * HOUR)
    always = plan.calendar([(0, 4_000 * HOUR)])
    for _ in range(100):
        machine = plan.machine(calendar=always)
        plan.operation([Alternative(machine, 1_000 * HOUR)], order=plan.order(due=2_000 * HOUR))
    ways = [Alternative(plan.machine(calendar=always), HOUR) for _ in range(2)]
    plan.operation(ways, order=plan.order(due=2_000 * HOUR))
    problem = plan.build()
    begin = [0] * 101
    start = Schedule.of(
        problem,
        alternative=range(101),
        setup_start=begin,
        start=begin,
        end=[1_000 * HOUR] * 100 + [HOUR],
    )
    energy = Energy((0.0,) * 100 + (5.0, 1.0), ((0, 1.0), (3_000 * HOUR, 2.0)))
    ranked = Objective(
        (tier(late_orders=1.0), tier(flow_time=1.0), tier(energy=1.0)), energy=energy
    )
    return problem, start, ranked


def test_a_third_tier_counts_behind_a_hundred_thousand_hours_of_flow():
    problem, start, ranked = plant_of_long_orders()

    answer = solve(problem, objective=ranked, budget=Budget(20_000), seed=1, start=start)

    assert worth(problem, start, ranked) == (0.0, 100_001.0, 5.0)
    assert worth(problem, answer, ranked) == (0.0, 100_001.0, 1.0)


@pytest.mark.parametrize("stake", [1e3, 1e6, 1e9])
def test_in_its_turn_a_unit_of_the_third_tier_is_more_than_rounding_and_less_than_the_second(stake):
    problem, _, ranked = plant_of_long_orders()

    units = Prices(problem, ranked, (stake, stake, stake), turn=2).units

    assert units[0] > 10 * units[1] > 100 * units[2]
    assert units[2] >= 1e-6 * (1 - 1e-9)
    assert 0.001 * units[2] > 4 * abs((stake + units[2]) - stake - units[2])
