"""Work of before Obeya: orders come in with what was done on them, or not at all."""

from dataclasses import replace
from decimal import Decimal

import pytest

from obeya.modules.production.downtimes import open_downtimes
from obeya.modules.production.public import PastSpan, PastUse
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
from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.rooms import rooms
from obeya.plant.work.models import JobOrder, JobTransition, SupplyOrder, SupplyOrderTransition

pytestmark = pytest.mark.django_db


def test_an_order_that_is_done_stands_in_the_ledgers_as_it_happened(plant):
    [order] = take_over(plant, ORDER)

    assert (order.number, order.status, order.quantity) == ("MO-00001", "completed", 10)
    steps = SupplyOrderTransition.objects.filter(supply_order=order)
    assert list(steps.values_list("to_status", "at")) == [
        ("firm", SIX),
        ("released", SIX),
        ("started", SIX + HOUR),
        ("completed", SIX + 6 * HOUR),
    ]
    glue, polish = JobOrder.objects.order_by("operation_number")
    assert (glue.code, glue.dispatch_status, glue.equipment.code) == (
        "MO-00001-10",
        "completed",
        "BENCH-1",
    )
    assert (glue.actual_start_at, glue.actual_end_at) == (SIX + HOUR, SIX + 4 * HOUR)
    assert (glue.totals.good, glue.totals.scrap) == (9, 1)
    assert (glue.totals.setup_s, glue.totals.run_s, glue.totals.down_s) == (1_800, 8_100, 900)
    assert (glue.specification.name, glue.specification.run_s) == ("Glue", 600)
    assert glue.specification.is_frozen
    assert list(JobTransition.objects.filter(job=polish).values_list("to_status", "at")) == [
        ("waiting", SIX),
        ("ready", SIX),
        ("running", SIX + 5 * HOUR),
        ("completed", SIX + 6 * HOUR),
    ]
    assert TimeLog.objects.filter(reason__code="GLUE DRY").count() == 1
    assert held() == {"LEG": 10, "CHAIR": 9}
    moves = StockMove.objects.filter(job__isnull=False)
    assert list(moves.values_list("material__code", "quantity", "effective_at", "document")) == [
        ("LEG", 40, SIX + 4 * HOUR, "MO-00001-10"),
        ("CHAIR", 9, SIX + 6 * HOUR, "MO-00001-20"),
    ]
    assert [line for room in rooms() for proof in room.proofs for line in proof.check()] == []


def test_what_is_under_way_can_be_gone_on_with(plant):
    [order] = take_over(plant, replace(ORDER, jobs=(GLUED, UNDER_WAY)))

    polish = JobOrder.objects.get(operation_number=20)
    assert (order.status, polish.dispatch_status) == ("started", "running")
    assert TimeLog.objects.open().get().job == polish
    assert held() == {"LEG": 10}


def test_work_on_a_machine_that_stands_still_is_interrupted(plant):
    stop = PastSpan("down", SIX + 6 * HOUR, reason="GLUE DRY")
    ran = PastSpan("run", SIX + 5 * HOUR, SIX + 6 * HOUR)
    take_over(plant, replace(ORDER, jobs=(GLUED, replace(UNDER_WAY, spans=(ran, stop)))))

    polish = JobOrder.objects.get(operation_number=20)
    assert polish.dispatch_status == "interrupted"
    assert polish.transitions.last().at == SIX + 6 * HOUR
    assert [row.equipment.code for row in open_downtimes([polish.equipment])] == ["BENCH-2"]


def test_a_batch_of_two_orders_stands_still_once(plant):
    plant.with_machine("OVEN", calendar="ALWAYS", batch_places=2)
    lot = replace(ORDER, jobs=(replace(GLUED, equipment="OVEN", uses=()), NOT_BEGUN))

    take_over(plant, lot, lot)

    [stop] = TimeLog.objects.filter(kind="down")
    assert (stop.equipment.code, stop.job, stop.reason.code) == ("OVEN", None, "GLUE DRY")
    assert TimeLog.objects.filter(kind="run").count() == 4
    assert [line for room in rooms() for proof in room.proofs for line in proof.check()] == []


def test_what_has_not_begun_waits_on_no_machine(plant):
    take_over(plant, replace(ORDER, jobs=(GLUED, NOT_BEGUN)))

    polish = JobOrder.objects.get(operation_number=20)
    assert (polish.dispatch_status, polish.equipment, polish.actual_start_at) == (
        "ready",
        None,
        None,
    )


def test_what_lies_in_the_opening_stock_already_is_not_booked_again(plant):
    take_over(plant, replace(ORDER, jobs=(replace(GLUED, is_booked=False), POLISHED)))

    assert held() == {"LEG": 50, "CHAIR": 9}


def job(**changes):
    return replace(ORDER, jobs=(replace(GLUED, **changes), POLISHED))


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (replace(ORDER, quantity=Decimal(0)), "not above 0"),
        (replace(ORDER, quantity=Decimal(10) ** 30), "too large"),
        (replace(ORDER, quantity=Decimal("0.1234567")), "decimals"),
        (replace(ORDER, material="CHA\0IR"), "characters that cannot be printed"),
        (replace(ORDER, due_at=NOW.replace(year=1)), "due_at"),
        (replace(ORDER, needs=(PastUse("LEG", Decimal(10) ** 13),)), "quantity: too large"),
        (job(good=Decimal("1e30")), "good: too large"),
        (job(uses=(PastUse("LEG", Decimal(1), "L" * 101),)), "lot: "),
        (job(spans=(PastSpan("down", SIX, SIX, "\0"),)), "reason: "),
        (replace(ORDER, material="STOOL"), "unknown material STOOL"),
        (replace(ORDER, jobs=(GLUED,)), "CHAIR is made in the operations 10, 20"),
        (replace(ORDER, jobs=(NOT_BEGUN, GLUED)), "CHAIR is made in the operations 10, 20"),
        (replace(ORDER, released_at=SIX + 2 * HOUR), "work began before the release"),
        (replace(ORDER, released_at=NOW + HOUR), "its release lies in the future"),
        (replace(ORDER, needs=(PastUse("LEG", Decimal(0)),)), "needs of LEG not above 0"),
        (job(equipment="BENCH-9"), "operation 10: unknown machine BENCH-9"),
        (job(uses=(PastUse("LEG", Decimal(40), "L-1"),)), "operation 10: LEG has no lot L-1"),
        (
            replace(ORDER, jobs=(GLUED, replace(NOT_BEGUN, equipment="BENCH-9"))),
            "operation 20: unknown machine BENCH-9",
        ),
        (
            replace(ORDER, jobs=(GLUED, replace(NOT_BEGUN, good=Decimal(9)))),
            "operation 20 has pieces and has not begun",
        ),
        (job(good=Decimal(-1)), "operation 10: quantities below 0"),
        (job(ended_at=SIX), "operation 10 ended before it began"),
        (job(ended_at=SIX + 5.5 * HOUR), "operation 20 began before 10 had ended"),
        (job(scrap_reason="WORMS"), "operation 10: unknown reason WORMS of scrap"),
        (job(spans=(PastSpan("idle", SIX + HOUR, SIX + 2 * HOUR),)), "unknown kind idle"),
        (job(spans=(PastSpan("down", SIX + HOUR, SIX + 2 * HOUR, "RAIN"),)), "unknown reason RAIN"),
        (job(spans=(PastSpan("run", SIX, SIX + 2 * HOUR),)), "operation 10: time outside the job"),
        (job(spans=(PastSpan("run", SIX + 3 * HOUR, SIX + 2 * HOUR),)), "time below 0"),
        (
            job(spans=(*GLUED.spans, PastSpan("run", SIX + HOUR, SIX + 2 * HOUR))),
            "operation 10: setup and run at the same time",
        ),
        (job(uses=(PastUse("LEG", Decimal(0)),)), "operation 10: use of LEG not above 0"),
        (
            replace(ORDER, jobs=(GLUED, replace(NOT_BEGUN, uses=(PastUse("LEG", Decimal(1)),)))),
            "operation 20 has used material and has not begun",
        ),
        (
            replace(ORDER, jobs=(GLUED, replace(POLISHED, ended_at=NOW + HOUR))),
            "operation 20 lies in the future",
        ),
    ],
)
def test_what_cannot_have_been_is_refused_with_all_others_and_changes_nothing(plant, row, rule):
    before = OperationsEvent.objects.count()
    later = replace(GLUED, began_at=SIX + 30 * HOUR, ended_at=SIX + 40 * HOUR, spans=(), uses=())
    right = replace(ORDER, jobs=(later, NOT_BEGUN))

    with pytest.raises(RowsRefused, match=rule):
        take_over(plant, right, row)

    assert not SupplyOrder.objects.exists()
    assert not JobOrder.objects.exists()
    assert not TimeLog.objects.exists()
    assert held() == {"LEG": 50}
    assert OperationsEvent.objects.count() == before


def test_a_machine_works_for_one_order_at_a_time(plant):
    with pytest.raises(RowsRefused, match="operation 10: BENCH-1 works for 2 jobs at once"):
        take_over(plant, ORDER, replace(ORDER, jobs=(GLUED, NOT_BEGUN)))

    assert not SupplyOrder.objects.exists()


def test_a_machine_on_which_work_is_under_way_has_done_nothing_else_since(plant):
    glued = replace(GLUED, began_at=SIX + 30 * HOUR, ended_at=SIX + 40 * HOUR, spans=(), uses=())
    polished = replace(POLISHED, began_at=SIX + 40 * HOUR, ended_at=SIX + 41 * HOUR, spans=())

    with pytest.raises(RowsRefused, match="operation 20: BENCH-2 works for 2 jobs at once"):
        take_over(
            plant,
            replace(ORDER, jobs=(GLUED, UNDER_WAY)),
            replace(ORDER, jobs=(glued, polished)),
        )

    assert not SupplyOrder.objects.exists()
