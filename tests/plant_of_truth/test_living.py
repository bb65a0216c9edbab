"""The small demo lives for a shift: through the doors only, the same again for a seed."""

from collections import Counter

import pytest

from obeya.modules.scheduling.models import PlanVersion
from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.log import verify
from obeya.plant.log.models import OperationsEvent
from obeya.plant.work.models import Demand, JobOrder
from tests.plant_of_truth.conftest import MONDAY

pytestmark = pytest.mark.django_db


def test_a_shift_is_worked_and_reported_and_the_books_agree(demo):
    plant = demo("S").live(hours=8)

    assert plant.state.refused == 0
    told = OperationsEvent.objects.filter(kind__startswith="production.")
    assert set(told.values_list("source", flat=True)) == {"api"}
    assert set(told.values_list("kind", flat=True)) >= {
        "production.jobs_started",
        "production.quantities_reported",
        "production.jobs_completed",
        "production.equipment_went_down",
        "production.equipment_went_up",
    }
    assert [r.disagreements for r in verify.run_proofs().results if not r.agrees] == []


def test_the_books_say_what_truly_happened(demo):
    plant = demo("S").live(hours=8)

    true = {
        job.code: (job.made, job.good)
        for job in plant.state.jobs.values()
        if job.status == "completed"
    }
    booked = {
        job.code: (int(job.totals.good + job.totals.scrap), int(job.totals.good))
        for job in JobOrder.objects.filter(dispatch_status="completed").select_related("totals")
    }
    assert len(true) > 5
    assert booked == true
    running = JobOrder.objects.filter(dispatch_status="running").values_list("code", flat=True)
    machines = plant.state.machines.values()
    assert set(running) == {code for each in machines if each.is_on for code in each.jobs}


def test_reports_say_when_it_happened_not_when_they_were_sent(demo):
    demo("S").live(hours=8)

    begins = TimeLog.objects.values_list("began_at", flat=True)
    assert min(begins) == MONDAY
    assert all((began - MONDAY).total_seconds() <= 8 * 3600 for began in begins)
    assert len({began for began in begins if began.minute}) > 10


def test_two_runs_of_one_seed_leave_the_same_books_and_another_seed_leaves_others(twice):
    first, second, other = twice(
        "S",
        lambda demo: demo.live(hours=6),
        lambda demo: demo.live(hours=6),
        lambda demo: demo.live(hours=6, seed=2),
    )

    assert first == second
    assert first != other


def test_a_plant_that_crashes_while_it_reports_goes_on_and_says_nothing_twice(twice):
    def crash_and_go_on(demo):
        demo.cut_after = 40  # it arrived; the answer did not
        with pytest.raises(ConnectionResetError):
            demo.live(hours=6)
        demo.live(hours=6)

    def crash(demo):
        demo.cut_after = 40
        with pytest.raises(ConnectionResetError):
            demo.live(hours=6)

    whole, gone_on, broken_off = twice("S", lambda demo: demo.live(hours=6), crash_and_go_on, crash)

    assert whole == gone_on
    assert whole != broken_off


def test_what_a_person_does_meanwhile_is_taken_as_it_is(demo):
    here = demo("S")
    plant = here.live(hours=2)
    machine = next(each for each in plant.state.machines.values() if each.is_on)
    [code] = machine.jobs
    plant.doors.post("job-completions", [{"job": code}])

    plant = here.live(hours=6)

    assert JobOrder.objects.get(code=code).dispatch_status == "completed"
    assert plant.state.jobs[code].status == "completed"
    assert all(code not in each.jobs for each in plant.state.machines.values())
    assert [f"{code} is completed, so nothing can" in said for said in here.refusals[:1]] == [True]
    assert [r.disagreements for r in verify.run_proofs().results if not r.agrees] == []


def test_customers_call_trucks_load_and_the_plan_is_made_anew_by_the_same_doors(demo):
    here = demo("S")
    plant = here.live(hours=12)

    assert here.refusals == []
    told = OperationsEvent.objects.filter(source="api").values_list("kind", flat=True)
    kinds = Counter(told)
    assert kinds["orders.demands_saved"] >= 1
    assert kinds["orders.demands_shipped"] == 1  # a truck at 14:00 UTC
    assert 1 <= kinds["scheduling.plan_published"] <= 2  # once a shift
    plant.until(plant.state.now)  # a look at what the last step has published
    newest = PlanVersion.objects.filter(published_at__isnull=False).order_by("number").last()
    assert plant.state.plan == str(newest.number)
    planned = dict(JobOrder.objects.values_list("code", "planned_start_at"))
    ready = [job for job in plant.state.jobs.values() if job.status == "ready"]
    assert len(ready) > 20
    assert all(job.planned == int(planned[job.code].timestamp()) for job in ready)
    shipped = Demand.objects.filter(status="shipped")
    assert shipped.count() > 0
    gone = StockMove.objects.filter(document__in=shipped.values("code"))
    assert sum(each.quantity for each in gone) == sum(each.quantity for each in shipped)
    assert [r.disagreements for r in verify.run_proofs().results if not r.agrees] == []


def test_nothing_is_made_for_which_the_books_lack_material(demo):
    demo("S").live(hours=12)

    assert not OperationsEvent.objects.filter(kind="production.material_was_short").exists()
