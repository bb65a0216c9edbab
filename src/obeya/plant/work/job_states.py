"""The states of a job: which may follow which, and the only way from one to the next.

waiting → ready (released) → running ⇄ interrupted → completed → closed. Two steps go back, for the
undo of a report: running → ready (it was not started), completed → interrupted (it was not done).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.work.models import (
    JobOrder,
    JobSpecification,
    JobTotals,
    JobTransition,
    MaterialRequirement,
)
from obeya.plant.work.transitions import Allowed, check

Status = JobOrder.DispatchStatus
ALLOWED: Allowed = {
    Status.WAITING: frozenset({Status.READY, Status.CANCELLED}),
    Status.READY: frozenset({Status.RUNNING, Status.CANCELLED}),
    Status.RUNNING: frozenset({Status.INTERRUPTED, Status.COMPLETED, Status.READY}),
    Status.INTERRUPTED: frozenset({Status.RUNNING, Status.COMPLETED, Status.CLOSED}),
    Status.COMPLETED: frozenset({Status.CLOSED, Status.INTERRUPTED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}


def open_jobs(
    jobs: Sequence[JobOrder],
    *,
    at: datetime,
    by: Actor,
    specifications: Sequence[JobSpecification] = (),
) -> list[JobOrder]:
    """Write new jobs, waiting, with their specification, their totals and their first transition.

    `specifications[i]` is that of `jobs[i]`; without any, each job gets an empty one.
    """
    for job in jobs:
        job.dispatch_status = Status.WAITING
    insert_many(jobs, ids=True)
    given = specifications or [JobSpecification() for _ in jobs]
    for job, specification in zip(jobs, given, strict=True):
        specification.job = job
    insert_many(given)
    insert_many([JobTotals(job=job) for job in jobs])
    _record([(job.pk, "") for job in jobs], Status.WAITING, at, by)
    return list(jobs)


def move_jobs(jobs: Sequence[JobOrder], to: str, *, at: datetime, by: Actor) -> list[JobOrder]:
    """Take every job to the state `to`, or none; returns them as they are then, in their order.

    Becoming ready is the release: specification and requirements are frozen. The first start and
    the completion are the actual window. Query count does not grow with the jobs.
    """
    ids = [job.pk for job in jobs]
    locked = {
        row.pk: row
        for row in JobOrder.objects.filter(pk__in=ids).select_for_update().order_by("pk")
    }
    check(jobs, {pk: row.dispatch_status for pk, row in locked.items()}, to, ALLOWED)
    rows = JobOrder.objects.filter(pk__in=ids)
    rows.update(
        dispatch_status=to,
        revision=F("revision") + 1,
        actual_start_at=_start(to, at),
        actual_end_at=at if to == Status.COMPLETED else _end(to),
    )
    if to == Status.READY:
        freeze(ids)
    _record([(pk, locked[pk].dispatch_status) for pk in ids], to, at, by)
    moved = {row.pk: row for row in rows}
    return [moved[pk] for pk in ids]


def freeze(job_ids: Iterable[int]) -> None:
    """From now on the jobs are done as specified now, whatever engineering changes."""
    chosen = list(job_ids)
    JobSpecification.objects.filter(job__in=chosen, is_frozen=False).update(is_frozen=True)
    MaterialRequirement.objects.filter(job__in=chosen, is_frozen=False).update(is_frozen=True)


def _start(to: str, at: datetime) -> object:
    if to == Status.RUNNING:
        return Coalesce(F("actual_start_at"), Value(at))
    if to == Status.READY:  # it was not started after all
        return Value(None)
    return F("actual_start_at")


def _end(to: str) -> object:
    if to == Status.CLOSED:
        return F("actual_end_at")
    return Value(None)


def _record(steps: Sequence[tuple[int, str]], to: str, at: datetime, by: Actor) -> None:
    insert_many(
        [
            JobTransition(job_id=pk, from_status=state, to_status=to, at=at, by_id=by.account_id)
            for pk, state in steps
        ]
    )
