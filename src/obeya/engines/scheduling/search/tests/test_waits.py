"""Work that waits though it could begin, where a term pays for it."""

import pytest

from obeya.engines.scheduling import Alternative, ProblemBuilder, Schedule, check
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.search.island import Island
from obeya.engines.scheduling.search.kernels import tables as t
from obeya.engines.scheduling.search.layout import Layout
from obeya.engines.scheduling.search.plan import given_back, kept
from obeya.engines.scheduling.search.prices import Prices

from .islands import JUST_IN_TIME, OBJECTIVES, island, weighed


@pytest.mark.parametrize("name", ["just in time", "all terms"])
def test_work_that_waits_makes_plans_that_hold_at_the_cost_told(name):
    held = 0
    for seed in range(20):
        one = island(seed, objective=OBJECTIVES[name])
        problem, start = one.layout.problem, given_back(one.layout, kept(one.plan))
        objective = OBJECTIVES[name](problem, start)
        one.work(2_000, 5.0)
        one.justify()

        schedule = given_back(one.layout, kept(one.plan))
        assert check(problem, schedule) == [], seed
        assert one.cost == pytest.approx(weighed(problem, schedule, objective)), seed
        held += int((one.plan.bar[:, t.FLAG] & t.HELD > 0).sum())
    assert held > 100


def test_nothing_waits_where_no_term_pays_for_it():
    one = island(1)
    one.work(2_000, 5.0)
    one.justify()

    assert not (one.plan.bar[:, t.FLAG] & t.HELD).any()


def test_what_waits_in_the_plan_to_begin_with_waits_on():
    plan = ProblemBuilder(now=0, horizon=400_000)
    press = plan.machine(calendar=plan.calendar([(0, 400_000)]))
    plan.operation([Alternative(press, run=7_200)], order=plan.order(due=72_000))
    problem = plan.build()
    waits = Schedule.of(
        problem, alternative=[0], setup_start=[64_800], start=[64_800], end=[72_000]
    )
    layout = Layout(packed(problem, waits.maintenance_start), Prices(problem, JUST_IN_TIME))

    one = Island(layout, waits, seed=1, stream=0)
    one.tidy()

    assert given_back(layout, kept(one.plan)).end.tolist() == [72_000]
    assert one.cost == pytest.approx(0.2 * 2)
