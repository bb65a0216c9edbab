"""The plan while the floor works: begun jobs, finished ones, and everybody at once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from obeya.engines.scheduling import check
from obeya.modules.scheduling import drafting, queries
from obeya.modules.scheduling.actions import open_draft, publish_draft
from obeya.modules.scheduling.bridge import build_problem
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.forms import BadCommand, BoardCommand
from obeya.modules.scheduling.lateness import lateness_of
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.planning_now import publish_now
from obeya.modules.scheduling.reasons import why_here
from obeya.modules.scheduling.refusals import DraftMoved, NobodyCanDo, PlanOvertaken
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.ledgers import time as hours
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Equipment, Person, WorkCalendar
from obeya.plant.resources.sites import open_site
from obeya.plant.work import totals
from obeya.plant.work.job_states import move_jobs
from obeya.plant.work.models import JobOrder, Operation

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def fresh(draft):
    return Draft.objects.select_related("base", "site").get(pk=draft.pk)


def publish(joinery, now=NOW):
    publish_now(joinery.site, by=system_actor(), now=now)
    return {job.supply_order.material.code: job for job in JobOrder.objects.order_by("-pk")}


def start(job, at):
    [job] = move_jobs([job], to="running", at=at, by=system_actor())
    span = hours.Span(kind="run", began_at=at, equipment=job.equipment, job=job)
    hours.post(site=job.site, spans=[span], by=system_actor())
    return job


def complete(job, at):
    move_jobs([start(job, NOW)], to="completed", at=at, by=system_actor())


def problem_at(joinery, at):
    run_id = Draft.objects.get(closed_at=None).base.plan_run_id
    return build_problem(joinery.site, run_id=run_id, now=at)


def running_seconds(plant):
    remaining = plant.problem.operations.remaining.tolist()
    return [seconds for seconds in remaining if seconds >= 0]


@pytest.fixture
def ordered(joinery):
    """Forty legs to saw in 4,800 s, ten chairs to assemble in 6,000 s."""
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()
    return joinery


def test_until_pieces_are_reported_the_clock_says_how_far_a_job_is(ordered):
    start(publish(ordered)["LEG"], NOW)

    assert running_seconds(problem_at(ordered, NOW + HOUR)) == [1200]
    assert running_seconds(problem_at(ordered, NOW + 2 * HOUR)) == [1]


def test_reported_pieces_say_how_far_a_job_is_however_long_it_took(ordered):
    saw = start(publish(ordered)["LEG"], NOW)
    totals.add({saw: totals.Addition(good=Decimal(30))})

    assert running_seconds(problem_at(ordered, NOW + 5 * HOUR)) == [1200]


def test_a_job_left_running_makes_no_progress_at_night(ordered):
    start(publish(ordered)["LEG"], NOW + 15 * HOUR)  # 21:00, the late shift ends at 22:00

    assert running_seconds(problem_at(ordered, NOW + DAY)) == [1200]


def test_what_is_finished_still_has_to_move_and_to_wait(joinery):
    saw = Operation.objects.get(name="Saw")
    Operation.objects.filter(pk=saw.pk).update(move_s=7200)
    Operation.objects.create(
        revision=saw.revision,
        site=joinery.site,
        number=20,
        name="Sand",
        equipment=saw.equipment,
        run_s=Decimal(10),
        crew_size=0,
        queue_s=600,
    )
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()
    publish(joinery)
    complete(JobOrder.objects.get(specification__name="Saw"), NOW + HOUR)

    plant = problem_at(joinery, NOW + HOUR)

    sand = next(i for i in range(len(plant.problem)) if plant.step(i).number == 20)
    assert int(plant.problem.operations.release[sand]) == 7800


def test_an_oven_takes_orders_of_any_size_and_a_load_that_is_in_already(joinery):
    Equipment.objects.filter(code="SAW-1").update(batch_places=6)
    Operation.objects.filter(name="Saw").update(is_batch=True, setup_s=0)
    joinery.order("SO-1", Decimal(10), NOW + DAY)
    joinery.order("SO-2", Decimal(25), NOW + 2 * DAY)
    draft = fresh(joinery.plan())
    drawn = draw(draft, now=NOW)
    assert check(drawn.plant.problem, drawn.schedule) == []
    publish(joinery)
    for job in JobOrder.objects.filter(supply_order__material__code="LEG"):
        start(job, NOW)

    following = Draft.objects.select_related("base", "site").get(closed_at=None)
    assert len(draw(following, now=NOW + HOUR).schedule) == 4


def test_every_process_counts_from_the_same_origin_for_a_quarter_of_an_hour(ordered):
    draft = Draft.objects.select_related("base", "site").get()
    first = draw(draft, now=NOW + timedelta(minutes=16)).plant.basis
    drafting.forget()

    assert draw(draft, now=NOW + timedelta(minutes=29)).plant.basis == first
    assert draw(draft, now=NOW + timedelta(minutes=30)).plant.basis != first


def test_a_plan_is_not_published_over_a_job_that_began_in_this_moment(ordered):
    jobs = publish(ordered)
    ordered.order("SO-2", Decimal(10), NOW + DAY)
    draft = ordered.plan(now=NOW + timedelta(minutes=10))
    drawn = draw(fresh(draft), now=NOW + timedelta(minutes=10))
    start(jobs["LEG"], NOW + timedelta(minutes=10))

    with pytest.raises(DraftMoved, match="Work began or ended"):
        publish_draft(site=ordered.site, drawn=drawn, at=NOW + HOUR, by=system_actor())

    assert JobOrder.objects.count() == 2
    assert fresh(draft).closed_at is None


def test_a_plan_computed_while_another_was_published_is_not_opened(ordered):
    drawn = draw(Draft.objects.select_related("base", "site").get(), now=NOW)
    publish(ordered)

    with pytest.raises(PlanOvertaken):
        open_draft(
            site=ordered.site,
            plant=drawn.plant,
            schedule=drawn.schedule,
            in_force=None,
            at=NOW,
            by=system_actor(),
        )

    assert Draft.objects.count() == 2


def test_today_tells_what_is_late_in_the_published_plan_not_in_a_draft(ordered):
    publish(ordered)
    ordered.order("SO-2", Decimal(10), NOW + timedelta(minutes=20))
    ordered.plan()
    draft = Draft.objects.select_related("base", "site").get(closed_at=None)
    drawn = draw(draft, now=NOW)
    assert [r.demand.code for r in lateness_of(drawn.plant, drawn.schedule) if r.late_s > 0] == [
        "SO-2"
    ]

    assert queries.late_in_force(site=ordered.site, now=NOW, by=system_actor()) == []


def test_plans_that_fail_leave_the_open_draft_and_its_proposals(ordered):
    draft = Draft.objects.select_related("base", "site").get(closed_at=None)
    Equipment.objects.filter(code="SAW-1").update(archived_at=NOW)
    for _ in range(4):
        with pytest.raises(NobodyCanDo):
            ordered.plan()
    Equipment.objects.filter(code="SAW-1").update(archived_at=None)

    drawn = draw(draft, now=NOW)

    assert len(drawn.schedule) == 2
    assert [row.demand.code for row in lateness_of(drawn.plant, drawn.schedule)] == ["SO-1"]


def test_an_overdue_order_whose_goods_lie_in_stock_blames_no_purchase(ordered):
    store = Equipment.objects.get(code="STORE")
    StockBalance.objects.create(
        location=store, material=ordered.chair, status="available", quantity=Decimal(3)
    )
    ordered.order("SO-0", Decimal(3), NOW - DAY)
    drawn = draw(fresh(ordered.plan()), now=NOW)

    [row, _] = lateness_of(drawn.plant, drawn.schedule)

    assert (row.demand.code, row.late_s) == ("SO-0", 86_400)
    assert row.cause == "It was due already; what it needs is there."


def test_people_may_go_by_the_calendar_of_another_site(joinery):
    other = open_site(code="OTH", name="Other", time_zone="UTC")
    always = WorkCalendar.objects.create(site=other, code="24", name="Always", is_always_open=True)
    Person.objects.filter(code="ANN").update(home_site=None, calendar=always)
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)

    assert joinery.plan().base.operations == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"draft": 1, "revision": 0, "kind": "fly"}',
        b'{"draft": 1, "revision": 0, "kind": "move", "start": NaN}',
        b'{"draft": 1, "revision": 0, "kind": "move", "start": Infinity}',
        b'{"draft": 1, "revision": 0, "kind": "move", "start": 1e300}',
        b'{"draft": 1, "revision": 0, "kind": "move", "operation": true}',
        b'{"draft": null, "revision": 0, "kind": "undo"}',
    ],
)
def test_what_is_no_command_is_said_to_be_none(body):
    with pytest.raises(BadCommand):
        BoardCommand.read(body)


@pytest.fixture
def glued(joinery):
    """Legs are glued right after sawing, within ten minutes, on the bench alone."""
    saw = Operation.objects.get(name="Saw")
    Operation.objects.filter(pk=saw.pk).update(maximum_wait_s=600)
    Operation.objects.create(
        revision=saw.revision,
        site=joinery.site,
        number=20,
        name="Glue",
        equipment=Equipment.objects.get(code="BENCH-1"),
        run_s=Decimal(30),
        crew_size=0,
    )
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()
    return joinery


def test_a_limit_after_running_work_that_nobody_can_keep_leaves_the_plant_a_plan(glued):
    jobs = publish(glued)
    saw = JobOrder.objects.get(operation_number=10, supply_order__material__code="LEG")
    start(saw, NOW)
    start(jobs["CHAIR"], NOW)  # somebody assembles chairs first, until 06:40 of the next hour

    plant = problem_at(glued, NOW + HOUR + 10 * timedelta(minutes=1))
    drawn = draw(fresh(Draft.objects.get(closed_at=None)), now=plant.as_of)

    assert [drawn.plant.step(i).number for i in drawn.plant.unkept] == [20]
    assert check(drawn.plant.problem, drawn.schedule) == []
    [glue] = drawn.plant.unkept
    [chair] = [i for i in range(len(drawn.schedule))
               if drawn.plant.step(i).order.material.code == "CHAIR"]  # fmt: skip
    assert drawn.schedule.start[glue] == drawn.schedule.end[chair]
    assert "cannot be kept any more" in why_here(drawn.plant, drawn.schedule, glue)
    glued.plan(now=plant.as_of)


def test_a_limit_after_running_work_that_can_be_kept_is_kept(glued):
    publish(glued)
    start(JobOrder.objects.get(operation_number=10, supply_order__material__code="LEG"), NOW)

    plant = problem_at(glued, NOW + HOUR)

    assert plant.unkept == ()
    assert (plant.problem.precedence.maximum_wait == 600).sum() == 1
