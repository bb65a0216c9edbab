"""From the published plan to a finished order: jobs, stock, hours, the log, and the next plan."""

from decimal import Decimal

import pytest

from obeya.modules.production import actions
from obeya.modules.production.actions import JobInterruption, JobStart, QuantityReport
from obeya.modules.production.refusals import (
    EquipmentBusy,
    MoreThanPlausible,
    NothingReported,
    NotRunning,
    OtherSite,
)
from obeya.modules.production.tests.conftest import HOUR, SIX, fresh, on_hand, report, start
from obeya.plant.ledgers import balances
from obeya.plant.ledgers import time as hours
from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Equipment, Site
from obeya.plant.work.models import JobOrder, SupplyOrder, SupplyOrderTransition
from obeya.plant.work.transitions import StepRefused

pytestmark = pytest.mark.django_db


def test_an_order_runs_through_both_benches_into_stock(plant, jobs):
    glue, polish = jobs

    start(plant, glue)
    report(plant, glue, 6)
    assert on_hand("LEG") == 6  # 6 chairs took 24 legs
    assert on_hand("CHAIR") == 0  # only the last operation puts away
    actions.complete_jobs(site=plant.site, jobs=[fresh(glue)], at=SIX + 2 * HOUR, by=plant.by)
    start(plant, polish, at=SIX + 2 * HOUR)
    report(plant, polish, 5, scrap=1, at=SIX + 3 * HOUR)
    actions.complete_jobs(site=plant.site, jobs=[fresh(polish)], at=SIX + 3 * HOUR, by=plant.by)

    assert on_hand("CHAIR") == 5
    assert StockMove.objects.get(to_location__code="SCRAP").quantity == 1
    assert SupplyOrder.objects.get().status == "completed"
    assert [(j.dispatch_status, j.actual_start_at, j.actual_end_at) for j in map(fresh, jobs)] == [
        ("completed", SIX, SIX + 2 * HOUR),
        ("completed", SIX + 2 * HOUR, SIX + 3 * HOUR),
    ]
    totals = fresh(glue).totals
    assert (totals.good, totals.scrap, totals.run_s) == (6, 0, 7200)
    events = OperationsEvent.objects.filter(kind__startswith="production.").order_by("pk")
    assert [e.kind for e in events] == [
        "production.jobs_started",
        "production.quantities_reported",
        "production.jobs_completed",
    ] * 2
    assert balances.disagreements() == []
    assert hours.disagreements() == []


def test_jobs_told_of_together_each_keep_their_own_time(plant, jobs):
    def together(verb, **wishes):
        verb(site=plant.site, by=plant.by, **wishes)

    def both(wish, *hours_after):
        return [wish(fresh(job), SIX + h * HOUR) for job, h in zip(jobs, hours_after, strict=True)]

    together(actions.start_jobs, starts=both(JobStart, 0, 1))
    together(actions.interrupt_jobs, interruptions=both(JobInterruption, 2, 4))
    together(actions.start_jobs, starts=both(JobStart, 5, 5))
    ends = [SIX + 6 * HOUR, SIX + 8 * HOUR]
    together(actions.complete_jobs, jobs=[fresh(job) for job in jobs], moments=ends)

    assert [(j.actual_start_at, j.actual_end_at, j.totals.run_s) for j in map(fresh, jobs)] == [
        (SIX, SIX + 6 * HOUR, 3 * 3600),
        (SIX + HOUR, SIX + 8 * HOUR, 6 * 3600),
    ]
    steps = SupplyOrderTransition.objects.filter(to_status__in=["started", "completed"])
    assert list(steps.order_by("pk").values_list("to_status", "at")) == [
        ("started", SIX),
        ("completed", SIX + 8 * HOUR),
    ]
    assert hours.disagreements() == []


def test_two_jobs_cannot_run_on_one_machine(plant, jobs):
    glue, polish = jobs
    JobOrder.objects.filter(pk=polish.pk).update(equipment=glue.equipment)
    start(plant, glue)

    with pytest.raises(EquipmentBusy, match="BENCH-1 is busy with MO-1/10"):
        start(plant, polish)

    assert fresh(polish).dispatch_status == "ready"
    assert TimeLog.objects.count() == 1


def test_a_job_is_started_once(plant, jobs):
    start(plant, jobs[0])

    with pytest.raises(StepRefused, match="MO-1/10 is running"):
        start(plant, jobs[0])

    assert OperationsEvent.objects.filter(kind="production.jobs_started").count() == 1


def test_an_interrupted_job_goes_on_and_its_hours_add_up(plant, jobs):
    glue = jobs[0]
    start(plant, glue)
    actions.interrupt_jobs(
        site=plant.site, interruptions=[JobInterruption(fresh(glue), SIX + HOUR)], by=plant.by
    )
    assert fresh(glue).dispatch_status == "interrupted"
    start(plant, glue, at=SIX + 3 * HOUR)
    actions.complete_jobs(site=plant.site, jobs=[fresh(glue)], at=SIX + 5 * HOUR, by=plant.by)

    assert fresh(glue).totals.run_s == 3 * 3600
    assert fresh(glue).actual_start_at == SIX


@pytest.mark.parametrize(
    ("good", "scrap", "refusal"),
    [(0, 0, NothingReported), (-1, 0, NothingReported), (21, 0, MoreThanPlausible)],
)
def test_a_report_that_makes_no_sense_changes_nothing(plant, jobs, good, scrap, refusal):
    start(plant, jobs[0])
    events = OperationsEvent.objects.count()

    with pytest.raises(refusal):
        report(plant, jobs[0], good, scrap)

    assert on_hand("LEG") == 30
    assert fresh(jobs[0]).totals.good == 0
    assert OperationsEvent.objects.count() == events


def test_far_too_many_is_taken_from_someone_who_is_sure(plant, jobs):
    start(plant, jobs[0])

    report(plant, jobs[0], 21, is_sure=True)

    assert fresh(jobs[0]).totals.good == 21


def test_nothing_is_reported_on_a_job_that_does_not_run(plant, jobs):
    with pytest.raises(NotRunning, match="MO-1/10 is ready"):
        report(plant, jobs[0], 1)

    assert on_hand("LEG") == 30


def test_a_report_is_never_refused_for_a_wrong_balance_but_the_shortfall_is_told(plant, jobs):
    start(plant, jobs[0])

    report(plant, jobs[0], 10)  # takes 40 legs, the books know of 30

    assert on_hand("LEG") == 0
    short = StockMove.objects.get(from_location__code="ADJUSTMENT", to_location__code="PRODUCTION")
    assert short.quantity == 10
    told = OperationsEvent.objects.get(kind="production.material_was_short")
    assert told.data["quantities"] == ["10"]
    assert balances.disagreements() == []


def test_a_job_of_another_site_cannot_be_touched(plant, jobs):
    other = Site.objects.create(code="OTH", name="Other", time_zone="UTC")

    with pytest.raises(OtherSite):
        actions.start_jobs(site=other, starts=[JobStart(fresh(jobs[0]), SIX)], by=plant.by)

    assert fresh(jobs[0]).dispatch_status == "ready"


def test_the_same_report_sent_twice_counts_once(plant, jobs):
    start(plant, jobs[0])
    wish = QuantityReport(fresh(jobs[0]), Decimal(2), Decimal(0), SIX + HOUR)

    for _ in range(2):
        actions.report_quantities(site=plant.site, reports=[wish], by=plant.by, key="tap-1")

    assert fresh(jobs[0]).totals.good == 2
    assert on_hand("LEG") == 22


def test_a_machine_with_two_places_runs_two_jobs(plant, jobs):
    glue, polish = jobs
    Equipment.objects.filter(pk=glue.equipment_id).update(capacity=2)
    JobOrder.objects.filter(pk=polish.pk).update(equipment=glue.equipment)

    start(plant, glue)
    start(plant, polish)

    assert JobOrder.objects.filter(dispatch_status="running").count() == 2
