"""When could it be there? On the joinery, with dates worked out by hand.

A leg takes 120 s on the saw, a chair of four legs 600 s on the bench; shifts are from 6 to 22.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.engines.scheduling import Cause
from obeya.modules.purchasing import public as purchasing
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.modules.scheduling.tests.promises import ask, seconds, way
from obeya.modules.scheduling.tests.test_planning_a_site import legs_of_wood
from obeya.plant.log.actor import system_actor

pytestmark = pytest.mark.django_db


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
