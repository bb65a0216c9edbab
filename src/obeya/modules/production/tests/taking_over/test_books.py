"""Work of before Obeya fits into the books as they are: hours of machines, stock at its time."""

from dataclasses import replace
from decimal import Decimal

import pytest

from obeya.modules.production.actions import QuantityReport, report_quantities
from obeya.modules.production.downtimes import (
    Downtime,
    DowntimeEnd,
    end_downtimes,
    report_downtimes,
)
from obeya.modules.production.public import PastSpan, PastUse
from obeya.modules.production.tests.conftest import post
from obeya.modules.production.tests.taking_over.past_work import (
    GLUED,
    HOUR,
    NOT_BEGUN,
    NOW,
    ORDER,
    POLISHED,
    SIX,
    UNDER_WAY,
    held,
    take_over,
)
from obeya.plant.ledgers import stock
from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.work.models import JobOrder, SupplyOrder

pytestmark = pytest.mark.django_db


def test_a_list_without_orders_is_refused(plant):
    with pytest.raises(RowsRefused, match="no rows"):
        take_over(plant)


def test_a_machine_has_no_room_for_what_the_books_hold_of_it_already(plant):
    take_over(plant, ORDER)
    before = list(TimeLog.objects.values())

    rule = "operation 10: BENCH-1 works for 2 jobs at once, 1 of them in the books already"
    with pytest.raises(RowsRefused, match=rule):
        take_over(plant, replace(ORDER, jobs=(replace(GLUED, spans=(), uses=()), NOT_BEGUN)))

    assert SupplyOrder.objects.count() == 1
    assert list(TimeLog.objects.values()) == before


def test_work_of_which_the_books_have_no_hours_keeps_its_machine_as_well(plant):
    untimed = replace(ORDER, jobs=(replace(GLUED, spans=()), NOT_BEGUN))
    take_over(plant, untimed)

    with pytest.raises(RowsRefused, match="1 of them in the books already"):
        take_over(plant, replace(untimed, jobs=(replace(GLUED, spans=(), uses=()), NOT_BEGUN)))

    assert SupplyOrder.objects.count() == 1


def test_lists_that_follow_each_other_in_time_are_both_taken_over(plant):
    glued = replace(GLUED, began_at=SIX + 4 * HOUR, ended_at=SIX + 5 * HOUR, spans=(), uses=())

    take_over(plant, ORDER)
    take_over(plant, replace(ORDER, jobs=(glued, NOT_BEGUN)))

    assert SupplyOrder.objects.count() == 2


def test_a_machine_that_stood_still_as_the_books_say_did_not_work(plant):
    bench = plant.equipment("BENCH-1")
    report_downtimes(site=plant.site, downtimes=[Downtime(bench, SIX + HOUR * 1.75)], by=plant.by)
    end_downtimes(site=plant.site, ends=[DowntimeEnd(bench, SIX + 2 * HOUR)], by=plant.by)

    rule = "operation 10: BENCH-1 stood still from 2026-11-23 06:45 UTC on, as the books say"
    with pytest.raises(RowsRefused, match=rule):
        take_over(plant, ORDER)

    assert not SupplyOrder.objects.exists()
    assert TimeLog.objects.count() == 1


def test_pieces_and_material_of_work_under_way_are_booked_and_its_reports_go_on_from_there(plant):
    half = replace(
        GLUED,
        ended_at=None,
        good=Decimal(4),
        spans=(PastSpan("run", SIX + HOUR),),
        uses=(PastUse("LEG", Decimal(20)),),
    )
    take_over(plant, replace(ORDER, jobs=(half, NOT_BEGUN)))
    assert held() == {"LEG": 30}

    glue = JobOrder.objects.get(operation_number=10)
    report_quantities(
        site=plant.site, reports=[QuantityReport(glue, Decimal(5), Decimal(0))], by=plant.by
    )

    glue.totals.refresh_from_db()
    assert (glue.totals.good, glue.totals.scrap) == (9, 1)
    assert held() == {"LEG": 10}
    moves = StockMove.objects.filter(job=glue)
    assert list(moves.values_list("quantity", "effective_at")) == [(20, NOW), (20, NOW)]


def test_a_part_of_an_order_that_is_made_lies_in_the_store(plant):
    some = replace(UNDER_WAY, good=Decimal(3))

    take_over(plant, replace(ORDER, jobs=(GLUED, some)))

    assert held() == {"LEG": 10, "CHAIR": 3}


def test_what_is_kept_by_lot_comes_out_as_the_lot_of_its_order(plant):
    plant.with_material("CHAIR", kind="finished", storage="STORE", is_lot_tracked=True)

    take_over(plant, ORDER)

    made = StockMove.objects.get(material__code="CHAIR")
    assert (made.lot.code, made.lot.made_at) == ("JOI-MO-00001", SIX + 6 * HOUR)


def test_nobody_takes_more_out_of_a_store_than_lies_there(plant):
    greedy = replace(GLUED, uses=(PastUse("LEG", Decimal(60)),))
    said = "LEG at STORE: 50 H87 on hand at 2026-11-23 09:00 UTC, 60 H87 asked"

    with pytest.raises(stock.InsufficientStock, match=said):
        take_over(plant, replace(ORDER, jobs=(greedy, POLISHED)))

    assert not SupplyOrder.objects.exists()
    assert held() == {"LEG": 50}


def test_legs_that_came_afterwards_cannot_have_been_used(plant):
    with clock.held_at(SIX + 10 * HOUR):
        plant.with_stock("LEG", 90, at="STORE")
    greedy = replace(GLUED, uses=(PastUse("LEG", Decimal(60)),))
    said = "LEG at STORE: 50 H87 on hand at 2026-11-23 09:00 UTC, 60 H87 asked"

    with pytest.raises(stock.InsufficientStock, match=said):
        take_over(plant, replace(ORDER, jobs=(greedy, POLISHED)))

    assert not SupplyOrder.objects.exists()
    assert held() == {"LEG": 90}


def test_legs_that_others_have_used_since_were_not_used_before(plant):
    with clock.held_at(SIX + 10 * HOUR):
        plant.with_stock("LEG", 20, at="STORE")
    with clock.held_at(SIX + 20 * HOUR):
        plant.with_stock("LEG", 80, at="STORE")
    said = "LEG at STORE: 10 H87 on hand at 2026-11-23 15:00 UTC, 30 H87 asked"

    with pytest.raises(stock.InsufficientStock, match=said):
        take_over(plant, ORDER)

    assert not SupplyOrder.objects.exists()
    assert held() == {"LEG": 80}


POSTED = {
    "material": "CHAIR",
    "quantity": 10,
    "due_at": "2026-11-24T06:00:00+01:00",
    "released_at": "2026-11-23T06:00:00+01:00",
    "needs": [{"material": "LEG", "quantity": 40}],
    "jobs": [
        {
            "operation": 10,
            "planned_start_at": "2026-11-23T06:00:00+01:00",
            "planned_end_at": "2026-11-23T09:00:00+01:00",
            "equipment": "BENCH-1",
            "began_at": "2026-11-23T07:00:00+01:00",
            "ended_at": "2026-11-23T10:00:00+01:00",
            "good": 9,
            "scrap": "1",
            "scrap_reason": "SPLIT",
            "spans": [
                {
                    "kind": "run",
                    "began_at": "2026-11-23T07:00:00+01:00",
                    "ended_at": "2026-11-23T10:00:00+01:00",
                }
            ],
            "uses": [{"material": "LEG", "quantity": 40}],
        },
        {
            "operation": 20,
            "planned_start_at": "2026-11-23T09:00:00+01:00",
            "planned_end_at": "2026-11-23T11:00:00+01:00",
        },
    ],
}


def test_another_system_hands_work_over_through_the_rest_door(plant, token_of):
    answer = post(token_of("ann", role="production_manager"), "past-orders", [POSTED])

    assert answer.status_code == 200
    glue, polish = JobOrder.objects.order_by("operation_number")
    assert (glue.code, glue.dispatch_status) == ("MO-00001-10", "completed")
    assert (glue.totals.good, glue.totals.scrap, glue.totals.run_s) == (9, 1, 10_800)
    assert polish.dispatch_status == "ready"
    assert held() == {"LEG": 10}
    told = OperationsEvent.objects.get(kind="production.past_work_taken_over")
    assert told.source == "api"


def test_the_rest_door_refuses_by_the_row_and_whoever_may_not(plant, token_of):
    wrong = POSTED | {"jobs": [POSTED["jobs"][0] | {"equipment": "BENCH-9"}, POSTED["jobs"][1]]}

    refused = post(token_of("ann", role="production_manager"), "past-orders", [wrong])
    forbidden = post(token_of("bob"), "past-orders", [POSTED])

    assert (refused.status_code, forbidden.status_code) == (422, 403)
    assert "operation 10: unknown machine BENCH-9" in refused.content.decode()
    assert not SupplyOrder.objects.exists()
    assert held() == {"LEG": 50}


def test_a_list_that_is_sent_twice_with_one_key_is_taken_over_once(plant, token_of):
    token = token_of("ann", role="production_manager")

    first, second = (
        post(token, "past-orders", [POSTED], **{"Idempotency-Key": "cut-over"}) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert SupplyOrder.objects.count() == 1
    assert held() == {"LEG": 10}
