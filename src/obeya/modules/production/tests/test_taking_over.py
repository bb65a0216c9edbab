"""Work of before Obeya: orders come in with what was done on them, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from obeya.modules.production.downtimes import open_downtimes
from obeya.modules.production.public import PastJob, PastOrder, PastSpan, PastUse, take_over_orders
from obeya.plant.ledgers import stock
from obeya.plant.ledgers.models import StockBalance, StockMove, TimeLog
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.rooms import rooms
from obeya.plant.work.models import JobOrder, JobTransition, SupplyOrder, SupplyOrderTransition
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

SIX = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = SIX + 48 * HOUR


@pytest.fixture
def plant():
    """Chairs of four legs: glued on BENCH-1, polished on BENCH-2; fifty legs lie in STORE."""
    made = (
        a_plant("JOI")
        .with_calendar("ALWAYS", always_open=True)
        .with_machine("BENCH-1", "BENCH-2", calendar="ALWAYS")
        .with_storage("STORE")
        .with_material("CHAIR", kind="finished", storage="STORE")
        .with_material("LEG", kind="purchased", policy="buy", storage="STORE")
        .with_bom("CHAIR", {"LEG": 4})
        .with_operation("CHAIR", 10, on="BENCH-1", run_s=600, setup_min=20, name="Glue")
        .with_operation("CHAIR", 20, on="BENCH-2", run_s=300, name="Polish")
        .with_stock("LEG", 50, at="STORE")
        .with_reason("down", "GLUE DRY")
        .with_reason("scrap", "SPLIT")
    )
    with clock.held_at(NOW):
        yield made


GLUED = PastJob(
    operation=10,
    planned_start_at=SIX,
    planned_end_at=SIX + 3 * HOUR,
    equipment="BENCH-1",
    began_at=SIX + HOUR,
    ended_at=SIX + 4 * HOUR,
    good=Decimal(9),
    scrap=Decimal(1),
    scrap_reason="SPLIT",
    spans=(
        PastSpan("setup", SIX + HOUR, SIX + HOUR * 1.5),
        PastSpan("run", SIX + HOUR * 1.5, SIX + 3 * HOUR),
        PastSpan("down", SIX + 3 * HOUR, SIX + HOUR * 3.25, "GLUE DRY"),
        PastSpan("run", SIX + HOUR * 3.25, SIX + 4 * HOUR),
    ),
    uses=(PastUse("LEG", Decimal(40)),),
)
POLISHED = PastJob(
    operation=20,
    planned_start_at=SIX + 3 * HOUR,
    planned_end_at=SIX + 5 * HOUR,
    equipment="BENCH-2",
    began_at=SIX + 5 * HOUR,
    ended_at=SIX + 6 * HOUR,
    good=Decimal(9),
    spans=(PastSpan("run", SIX + 5 * HOUR, SIX + 6 * HOUR),),
)
ORDER = PastOrder(
    material="CHAIR",
    quantity=Decimal(10),
    due_at=SIX + 24 * HOUR,
    released_at=SIX,
    jobs=(GLUED, POLISHED),
    needs=(PastUse("LEG", Decimal(40)),),
)
UNDER_WAY = replace(
    POLISHED, ended_at=None, good=Decimal(0), spans=(PastSpan("run", SIX + 5 * HOUR),)
)
NOT_BEGUN = replace(POLISHED, equipment="", began_at=None, ended_at=None, good=Decimal(0), spans=())


def take_over(plant, *rows):
    return take_over_orders(site=plant.site, rows=rows, by=plant.by)


def held():
    return dict(StockBalance.objects.values_list("material__code", "quantity"))


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


def test_a_charge_of_two_orders_stands_still_once(plant):
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


def test_nobody_takes_more_out_of_a_store_than_lies_there(plant):
    greedy = replace(GLUED, uses=(PastUse("LEG", Decimal(60)),))

    with pytest.raises(stock.InsufficientStock, match="LEG at STORE: 50 H87 on hand, 60 H87 asked"):
        take_over(plant, replace(ORDER, jobs=(greedy, POLISHED)))

    assert not SupplyOrder.objects.exists()
    assert held() == {"LEG": 50}
