from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from obeya.plant.work.job_states import ALLOWED, Status, move_jobs, open_jobs
from obeya.plant.work.models import JobOrder, JobSpecification, JobTransition
from obeya.plant.work.proofs import disagreements
from obeya.plant.work.tests.conftest import SIX_AM
from obeya.plant.work.transitions import StepRefused

MINUTE = timedelta(minutes=1)


@pytest.fixture
def jobs(kestrel, press_4, system_by):
    rows = [
        JobOrder(site=kestrel, code=f"J-{number}", equipment=press_4, quantity=Decimal(300))
        for number in (1, 2, 3)
    ]
    return open_jobs(rows, at=SIX_AM, by=system_by)


def walk(jobs, by, *states):
    for number, state in enumerate(states, start=1):
        jobs = move_jobs(jobs, state, at=SIX_AM + number * MINUTE, by=by)
    return jobs


def test_a_new_job_waits_and_has_its_side_rows(jobs):
    job = JobOrder.objects.get(code="J-1")

    assert job.dispatch_status == "waiting"
    assert job.specification.is_frozen is False
    assert job.totals.good == 0
    assert [(t.from_status, t.to_status) for t in job.transitions.all()] == [("", "waiting")]


def test_from_release_to_completion_with_who_and_when(jobs, system_by):
    [job, *_] = walk(jobs, system_by, "ready", "running", "interrupted", "running", "completed")

    assert job.dispatch_status == "completed"
    assert job.actual_start_at == SIX_AM + 2 * MINUTE  # the first start
    assert job.actual_end_at == SIX_AM + 5 * MINUTE
    assert job.revision == 5
    steps = JobTransition.objects.filter(job=job)
    assert [step.to_status for step in steps] == [
        "waiting",
        "ready",
        "running",
        "interrupted",
        "running",
        "completed",
    ]
    assert {step.by_id for step in steps} == {system_by.account_id}
    assert disagreements() == []


def test_an_undone_start_and_an_undone_completion(jobs, system_by):
    [undone, *_] = walk(jobs[:1], system_by, "ready", "running", "ready")
    [reopened] = walk(jobs[1:2], system_by, "ready", "running", "completed", "interrupted")

    assert (undone.dispatch_status, undone.actual_start_at) == ("ready", None)
    assert (reopened.dispatch_status, reopened.actual_end_at) == ("interrupted", None)
    assert reopened.actual_start_at == SIX_AM + 2 * MINUTE


def test_one_job_that_may_not_keeps_all_where_they_are(jobs, system_by):
    walk(jobs[:2], system_by, "ready")
    before = JobTransition.objects.count()

    with pytest.raises(StepRefused) as refused:
        move_jobs(jobs, "running", at=SIX_AM, by=system_by)

    [problem] = refused.value.problems
    assert problem.row == 2
    assert problem.rule == "J-3 is waiting and cannot become running"
    assert problem.remedy == "Allowed: cancelled, ready."
    assert JobTransition.objects.count() == before
    assert [job.dispatch_status for job in JobOrder.objects.order_by("code")] == [
        "ready",
        "ready",
        "waiting",
    ]


def test_nothing_follows_a_closed_job(jobs, system_by):
    closed = walk(jobs[:1], system_by, "ready", "running", "completed", "closed")

    with pytest.raises(StepRefused, match="Nothing follows that state"):
        move_jobs(closed, "running", at=SIX_AM, by=system_by)


def test_what_the_caller_holds_in_memory_does_not_count(jobs, system_by):
    stale = JobOrder.objects.get(pk=jobs[0].pk)
    walk(jobs[:1], system_by, "ready", "running")

    with pytest.raises(StepRefused, match="J-1 is running and cannot become cancelled"):
        move_jobs([stale], "cancelled", at=SIX_AM, by=system_by)


def test_a_job_is_named_once(jobs, system_by):
    with pytest.raises(StepRefused, match="J-1 is named twice"):
        move_jobs([jobs[0], jobs[0]], "ready", at=SIX_AM, by=system_by)


@pytest.mark.parametrize("state", Status.values)
def test_every_state_is_known_to_the_machine_and_to_the_database(state, jobs):
    assert state in ALLOWED
    values = {"actual_start_at": SIX_AM, "actual_end_at": SIX_AM, "dispatch_status": state}

    assert JobOrder.objects.filter(code="J-1").update(**values) == 1


def test_the_database_knows_no_other_state(jobs):
    with pytest.raises(DatabaseError, match="job_dispatch_status_is_known"), transaction.atomic():
        JobOrder.objects.update(dispatch_status="sleeping")


def test_release_freezes_how_the_job_is_done(jobs, system_by):
    walk(jobs[:1], system_by, "ready")

    frozen = JobSpecification.objects.order_by("job__code").values_list("is_frozen", flat=True)
    assert list(frozen) == [True, False, False]


def test_a_status_changed_behind_the_machine_is_found(jobs):
    JobOrder.objects.filter(code="J-2").update(dispatch_status="ready")

    assert disagreements() == ["J-2: the status says ready, the last transition waiting."]


def test_a_step_that_does_not_follow_the_last_is_found(jobs, system_by):
    JobTransition.objects.create(
        job=jobs[0], from_status="ready", to_status="waiting", at=SIX_AM, by_id=system_by.account_id
    )

    assert disagreements() == ["J-1: ready → waiting: the step before ended elsewhere, in waiting."]


def test_transitions_are_never_changed(jobs):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JobTransition.objects.update(to_status="closed")


def test_one_and_a_thousand_jobs_take_the_same_queries(kestrel, system_by):
    def counted(count, start):
        rows = [JobOrder(site=kestrel, code=f"N-{start + n}") for n in range(count)]
        opened = open_jobs(rows, at=SIX_AM, by=system_by)
        with CaptureQueriesContext(connection) as queries:
            for before, after in pairwise(["waiting", "ready", "running", "completed"]):
                assert {job.dispatch_status for job in opened} == {before}
                opened = move_jobs(opened, after, at=SIX_AM, by=system_by)
        return len(queries)

    assert counted(1, 0) == counted(1000, 1)


def test_the_fields_of_a_job_order_are_those_of_the_design_and_no_more():
    # DESIGN section 3, in its order; a new field belongs to JobSpecification or to a room's header.
    listed = """
        code, site, work_type, supply_order, operation_number, split, equipment,
        planned_start_at, planned_end_at, actual_start_at, actual_end_at,
        dispatch_status, priority, pinned, quantity, revision
    """
    names = [field.name for field in JobOrder._meta.concrete_fields if not field.primary_key]

    assert names == [name.strip() for name in listed.split(",")]
