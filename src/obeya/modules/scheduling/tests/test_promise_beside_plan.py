"""A promise pushes nothing aside that is planned, running or published, and holds beside it."""

from decimal import Decimal

import numpy as np
import pytest

from obeya.engines.scheduling import check, dispatch
from obeya.modules.planning.public import plan_requirements
from obeya.modules.scheduling.asked_promise import PromiseRow, wanted
from obeya.modules.scheduling.bridge import Placements, build_problem
from obeya.modules.scheduling.bridge.holding import held
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.planning_now import publish_now
from obeya.modules.scheduling.promising import promised
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.modules.scheduling.tests.promises import ask, drawn, seconds, way
from obeya.modules.scheduling.tests.test_work_in_progress import start
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.work.models import JobOrder, SupplyOrder

pytestmark = pytest.mark.django_db


def test_a_promised_order_is_not_pushed_aside(joinery):
    joinery.order("SO-1", Decimal(100), NOW + 5 * DAY)
    joinery.plan()

    answer = ask(joinery, 1)

    # the saw is free at 48,000, the bench at 20:00 on Tuesday (136,800)
    assert answer.at == NOW + seconds(137_400)
    assert way(answer)[-2:] == [("machine_queue", 136_800, 49_080), ("work", 137_400, None)]


def test_asking_moves_nobody_and_writes_nothing(joinery):
    joinery.order("SO-1", Decimal(100), NOW + 5 * DAY)
    joinery.plan()
    before = drawn()
    written = [m.objects.count() for m in (OperationsEvent, SupplyOrder, Run, Draft, JobOrder)]
    wish = wanted(PromiseRow("CHAIR", Decimal(7)), joinery.site)

    found = promised(before.plant, before.schedule, wish, now=NOW)

    n = len(before.schedule)
    for column in ("alternative", "setup_start", "start", "end"):
        assert np.array_equal(
            getattr(found.fit.schedule, column)[:n], getattr(before.schedule, column)
        )
    assert check(found.fit.problem, found.fit.schedule) == []
    assert written == [
        m.objects.count() for m in (OperationsEvent, SupplyOrder, Run, Draft, JobOrder)
    ]


def test_what_runs_and_what_is_published_stays(joinery):
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()
    publish_now(joinery.site, by=system_actor(), now=NOW)
    start(JobOrder.objects.get(supply_order__material__code="LEG"), NOW)

    answer = ask(joinery, 1)

    # legs after the running job: 4,800 to 5,280; the bench is at SO-1 until 10,800
    assert answer.at == NOW + seconds(11_400)


@pytest.mark.parametrize("seed", range(8))
def test_planning_it_truly_beside_all_others_is_never_earlier(joinery, seed):
    chance = np.random.default_rng(seed)
    for number in range(int(chance.integers(1, 4))):
        due = NOW + int(chance.integers(1, 6)) * DAY
        joinery.order(f"SO-{number}", Decimal(int(chance.integers(1, 60))), due)
    if chance.random() < 0.5:
        joinery.lie_in_stock(joinery.leg, int(chance.integers(1, 90)))
    joinery.plan()
    publish_now(joinery.site, by=system_actor(), now=NOW)
    before = drawn()
    quantity = int(chance.integers(1, 40))
    answer = ask(joinery, quantity)

    joinery.order("ASKED", Decimal(quantity), NOW + 60 * DAY)
    by = system_actor()
    run = Run.objects.create(kind="t", site=joinery.site, actor_id=by.account_id, asked_at=NOW)
    plan_requirements(site=joinery.site, run=run, now=NOW, by=by)
    plant = build_problem(joinery.site, run_id=run.pk, now=NOW)
    asked = Placements.of(before.plant, before.schedule).schedule(plant)
    known = [i for i in range(len(plant.problem)) if plant.step(i).key in before.plant.operation_of]
    schedule = dispatch(held(plant.problem, asked, known))

    [served] = [each for each in plant.served if each.demand.code == "ASKED"]
    ends = [
        int(schedule.end[i])
        for i in range(len(plant.problem))
        if plant.step(i).order.pk in served.order_ids
    ]
    assert answer.is_exact
    assert plant.moment(max(ends)) >= answer.at
