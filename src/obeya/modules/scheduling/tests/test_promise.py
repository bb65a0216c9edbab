"""When could it be there? On the joinery, with dates worked out by hand.

A leg takes 120 s on the saw, a chair of four legs 600 s on the bench; shifts are from 6 to 22.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.engines.scheduling import Cause, check, dispatch
from obeya.modules.planning.public import plan_requirements
from obeya.modules.purchasing import public as purchasing
from obeya.modules.scheduling import drafting
from obeya.modules.scheduling.asked_promise import PromiseRow, wanted
from obeya.modules.scheduling.bridge import Placements, build_problem
from obeya.modules.scheduling.bridge.holding import held
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.planning_now import publish_now
from obeya.modules.scheduling.promise_queries import promise
from obeya.modules.scheduling.promising import promised
from obeya.modules.scheduling.refusals import CrewIsShared
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.modules.scheduling.tests.test_planning_a_site import legs_of_wood
from obeya.modules.scheduling.tests.test_work_in_progress import start
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.resources.models import (
    Equipment,
    Person,
    PersonSkill,
    ShiftPattern,
    Skill,
    WorkCalendar,
)
from obeya.plant.work.models import Demand, JobOrder, Operation, SupplyOrder

pytestmark = pytest.mark.django_db


def seconds(n):
    return timedelta(seconds=n)


def ask(joinery, quantity, *, material="CHAIR", due=None, now=NOW):
    asked = PromiseRow(material, Decimal(quantity), due)
    return promise(site=joinery.site, asked=asked, now=now, by=system_actor())


def lie_in_stock(joinery, material, quantity):
    store = Equipment.objects.get(code="STORE")
    StockBalance.objects.create(
        location=store, material=material, status="available", quantity=Decimal(quantity)
    )


def way(answer):
    """(cause, seconds since now that it ends, date without it in seconds since now)."""

    def after(moment):
        return None if moment is None else int((moment - NOW).total_seconds())

    return [(line.cause, after(line.ended_at), after(line.sooner_at)) for line in answer.reasons]


def drawn(now=NOW):
    return draw(Draft.objects.select_related("base", "site").get(closed_at=None), now=now)


@pytest.fixture
def stocked(joinery):
    """Thirty chairs in stock, ten of them ordered; and five legs to saw, from 0 to 600 s."""
    lie_in_stock(joinery, joinery.chair, 30)
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    Demand.objects.create(
        site=joinery.site, code="SO-2", material=joinery.leg, quantity=5, due_at=NOW + DAY
    )
    joinery.plan()
    return joinery


def test_what_lies_in_stock_and_nobody_needs_is_there_at_once(stocked):
    answer = ask(stocked, 20, due=date(2026, 11, 23))

    assert (answer.at, answer.is_in_time, answer.reasons, answer.steps) == (NOW, True, (), ())
    assert answer.because == "All of it lies in stock, and nobody else needs it."


def test_nothing_begins_before_the_question_though_the_plan_is_some_minutes_older(stocked):
    ask(stocked, 1)
    later = NOW + timedelta(minutes=14)

    assert (ask(stocked, 20, now=later).at, ask(stocked, 20, now=later).reasons) == (later, ())
    made = ask(stocked, 21, now=later)  # the saw is free since 600 s
    assert made.at == later + seconds(480 + 600)
    assert [line.cause for line in made.reasons] == ["work", "work"]


def test_what_is_short_of_the_stock_is_made_and_waits_its_turn(stocked):
    answer = ask(stocked, 21)

    # four legs after the five of SO-2: 600 to 1,080; then the chair
    assert answer.at == NOW + seconds(1_680)
    assert [(line.label, line.machine) for line in answer.steps] == [
        ("LEG/10", "SAW-1"),
        ("CHAIR/10", "BENCH-1"),
    ]
    assert way(answer) == [
        ("machine_queue", 600, 1_080),
        ("work", 1_080, None),
        ("work", 1_680, None),
    ]
    assert answer.because == "SAW-1 is busy, at last with LEG/10 for SO-2; LEG/10 waits."


def test_a_part_that_must_be_bought_comes_after_its_lead_time(joinery):
    legs_of_wood(joinery, lead_days=10)
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()

    answer = ask(joinery, 10, due=date(2026, 12, 2))

    # wood on Thursday at 6; the saw is at SO-1 for 4,800 s, the bench then for 6,000 s
    ten_days = 10 * 86_400
    assert answer.at == NOW + seconds(ten_days + 16_800)
    assert way(answer) == [
        ("material", ten_days, 10_800),
        ("machine_queue", ten_days + 4_800, None),
        ("work", ten_days + 9_600, None),
        ("machine_queue", ten_days + 10_800, ten_days + 15_600),
        ("work", ten_days + 16_800, None),
    ]
    assert answer.because == "WOOD is there on Thu 03.12. 06:00: bought now, it takes 10 d."
    assert answer.late == "10 h 40 min"  # after the midnight that ends Wednesday


def test_an_open_purchase_that_nobody_needs_comes_before_a_new_one(joinery):
    wood = legs_of_wood(joinery, lead_days=10)
    row = purchasing.PurchaseRow("PO-1/1", wood.code, Decimal(48), NOW + DAY)
    purchasing.save_purchase_orders(site=joinery.site, rows=[row], by=system_actor())
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()

    answer = ask(joinery, 2)

    # Tuesday at 6 eight of wood are left over; saw and bench are free after SO-1
    assert answer.at == NOW + DAY + seconds(10_800 + 1_200)
    assert "PO-1/1" in answer.reasons[0].text
    assert ask(joinery, 3).at == NOW + 10 * DAY + seconds(12 * 120 + 3 * 600)


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


def test_an_operation_that_pauses_for_the_night_is_one_stretch(stocked):
    answer = ask(stocked, 120)

    # 400 legs from 600 to 48,600 (19:30); chairs until 22:00, and on from 6 until 20:10
    assert answer.at == NOW + seconds(137_400)
    assert way(answer) == [
        ("machine_queue", 600, 136_800),
        ("work", 48_600, None),
        ("work", 137_400, 108_600),
    ]
    told = "CHAIR/10 is made on BENCH-1; for 8 h of it no shift works."
    assert answer.reasons[-1].text == told


def test_what_is_left_over_from_an_order_comes_when_the_plan_ends_it(joinery):
    joinery.chair.at_sites.update(lot_minimum=Decimal(12))
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()

    answer = ask(joinery, 2)

    assert (answer.at, answer.steps) == (NOW + seconds(48 * 120 + 12 * 600), ())
    assert way(answer) == [(Cause.MATERIAL.value, 12_960, 0)]
    assert "left over from a proposal" in answer.because


def test_a_skill_that_nothing_in_the_plan_asks_for_finds_its_people(joinery):
    Demand.objects.create(
        site=joinery.site, code="SO-2", material=joinery.leg, quantity=5, due_at=NOW + DAY
    )
    joinery.plan()

    assert ask(joinery, 1).at == NOW + seconds(600 + 480 + 600)


@pytest.fixture
def lacquered(joinery):
    """A plan without lacquer, which Ann alone can do; then sawing asks for it."""
    lacquer = Skill.objects.create(code="LACQUER", name="Lacquer")
    PersonSkill.objects.create(person=Person.objects.get(code="ANN"), skill=lacquer, level=3)
    joinery.order("SO-1", Decimal(1), NOW + DAY)
    joinery.plan()
    drawn()  # remembered, from before anybody asked for lacquer
    Operation.objects.filter(name="Saw").update(skill=lacquer, skill_level=3, crew_size=1)
    return joinery


def test_where_one_who_can_is_always_there_any_of_the_group_may_be_free(lacquered):
    # Ann works when Ben does: one assembles SO-1 from 480 to 1,080, the other saws until 960
    assert ask(lacquered, 1).at == NOW + seconds(480 + 600 + 600)


def test_where_the_one_who_can_is_sometimes_away_the_group_is_not_promised(lacquered):
    days = WorkCalendar.objects.create(site=lacquered.site, code="1S", name="One shift")
    ShiftPattern.objects.create(
        calendar=days, name="Early", weekday=0, starts_at=time(6), ends_at=time(14)
    )
    Person.objects.filter(code="ANN").update(calendar=days)
    drafting.forget()
    Operation.objects.filter(name="Saw").update(skill=None, crew_size=0)
    drawn()
    lacquer = Skill.objects.get(code="LACQUER")
    Operation.objects.filter(name="Saw").update(skill=lacquer, skill_level=3, crew_size=1)

    with pytest.raises(CrewIsShared, match=r"LEG/10 needs skill LACQUER at level 3\..*plan again"):
        ask(lacquered, 1)


@pytest.mark.parametrize("seed", range(8))
def test_planning_it_truly_beside_all_others_is_never_earlier(joinery, seed):
    chance = np.random.default_rng(seed)
    for number in range(int(chance.integers(1, 4))):
        due = NOW + int(chance.integers(1, 6)) * DAY
        joinery.order(f"SO-{number}", Decimal(int(chance.integers(1, 60))), due)
    if chance.random() < 0.5:
        lie_in_stock(joinery, joinery.leg, int(chance.integers(1, 90)))
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


def test_a_promise_asks_the_database_as_often_in_a_larger_plan(joinery, django_assert_num_queries):
    joinery.order("SO-0", Decimal(1), NOW + DAY)
    joinery.plan()
    ask(joinery, 3)
    with CaptureQueriesContext(connection) as small:
        ask(joinery, 3)
    for number in range(1, 15):
        joinery.order(f"SO-{number}", Decimal(2), NOW + number * DAY)
    joinery.plan()
    ask(joinery, 3)
    with django_assert_num_queries(len(small)):
        ask(joinery, 3)


def test_dates_are_told_in_the_time_of_the_plant(joinery):
    joinery.order("SO-1", Decimal(1), NOW + DAY)
    joinery.plan()

    assert ask(joinery, 1, due=date(2026, 11, 24)).due_at == datetime(2026, 11, 24, 23, tzinfo=UTC)
