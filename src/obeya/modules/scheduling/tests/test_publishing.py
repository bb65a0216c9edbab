"""A published draft is the plan in force: orders, jobs, windows, and the next draft on top."""

from datetime import timedelta
from decimal import Decimal

import pytest

from obeya.modules.scheduling import drafting
from obeya.modules.scheduling.actions import publish_draft
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.planning_now import publish_now
from obeya.modules.scheduling.refusals import DraftClosed
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.work.job_states import move_jobs
from obeya.plant.work.models import JobOrder, JobSpecification, JobTotals, SupplyOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(joinery):
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    return joinery.plan()


def test_publishing_releases_the_proposals_and_writes_the_windows(joinery, draft):
    publish_now(joinery.site, by=system_actor(), now=NOW)

    orders = SupplyOrder.objects.order_by("pk")
    assert {o.status for o in orders} == {"released"}
    jobs = {job.supply_order.material.code: job for job in JobOrder.objects.all()}
    saw, bench = jobs["LEG"], jobs["CHAIR"]
    assert (saw.equipment.code, saw.planned_start_at, saw.planned_end_at) == (
        "SAW-1",
        NOW,
        NOW + timedelta(seconds=4800),
    )
    assert (bench.equipment.code, bench.planned_start_at) == (
        "BENCH-1",
        NOW + timedelta(seconds=4800),
    )
    assert {job.dispatch_status for job in jobs.values()} == {"ready"}
    assert saw.code == f"{saw.supply_order.number}-10"
    assert JobSpecification.objects.get(job=saw).run_s == Decimal(120)
    assert JobTotals.objects.get(job=saw).good == 0
    event = OperationsEvent.objects.get(kind="scheduling.plan_published")
    assert sorted(event.data["new_order_ids"]) == sorted(o.pk for o in orders)


def test_the_next_draft_lies_on_the_published_plan_bar_for_bar(joinery, draft):
    before = draw(Draft.objects.select_related("base", "site").get(pk=draft.pk), now=NOW)
    publish_now(joinery.site, by=system_actor(), now=NOW)
    drafting.forget()

    following = Draft.objects.select_related("base", "site").get(closed_at=None)
    after = draw(following, now=NOW)

    assert PlanVersion.objects.in_force(joinery.site) == following.base
    assert after.schedule.start.tolist() == before.schedule.start.tolist()
    assert [after.plant.step(i).key for i in range(len(after.schedule))] == [
        before.plant.step(i).key for i in range(len(before.schedule))
    ]


def test_publishing_twice_is_refused_and_makes_no_second_job(joinery, draft):
    seen = draw(Draft.objects.select_related("base", "site").get(pk=draft.pk), now=NOW)
    publish_draft(site=joinery.site, drawn=seen, at=NOW, by=system_actor())

    with pytest.raises(DraftClosed):
        publish_draft(site=joinery.site, drawn=seen, at=NOW, by=system_actor())

    assert JobOrder.objects.count() == 2
    assert PlanVersion.objects.published().count() == 1


def test_planning_again_keeps_released_orders_and_proposes_nothing_new(joinery, draft):
    publish_now(joinery.site, by=system_actor(), now=NOW)

    joinery.plan(now=NOW + timedelta(minutes=10))

    assert not SupplyOrder.objects.filter(status="proposed").exists()
    assert JobOrder.objects.count() == 2


def test_work_begun_before_its_predecessor_is_done_stays_on_the_board(joinery, draft):
    """The floor did it; the plan shows what is, and keeps the rest of the order's work."""
    publish_now(joinery.site, by=system_actor(), now=NOW)
    bench = JobOrder.objects.get(supply_order__material__code="CHAIR")
    began = NOW + timedelta(minutes=10)
    move_jobs([bench], to="running", at=began, by=system_actor())
    drafting.forget()

    following = Draft.objects.select_related("base", "site").get(closed_at=None)
    drawn = draw(following, now=began)

    assert len(drawn.schedule) == 2
    running = drawn.plant.operation_of[bench.supply_order_id, 10, 1]
    assert drawn.plant.problem.fixed[running]
    assert int(drawn.schedule.start[running]) <= drawn.plant.seconds(began)
