"""The REST door of the floor: the same verbs, and the lists of jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.production import actions, queries
from obeya.modules.production.rows import (
    JobCompletionRow,
    JobInterruptionRow,
    JobStartRow,
    QuantityRow,
)
from obeya.plant.log.api import ListEndpoint, RowsEndpoint
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.resources.models import Person, Reason, Site
from obeya.plant.work.models import JobOrder


def _starts(rows: Sequence[JobStartRow], *, site: Site) -> Mapping[str, Any]:
    check = RowCheck(rows)
    jobs = _jobs(check, site)
    people = check.known("person", Person.objects.all(), what="person")
    check.refuse()
    return {
        "starts": [actions.JobStart(jobs[row.job], row.at, people.get(row.person)) for row in rows]
    }


def _reports(rows: Sequence[QuantityRow], *, site: Site) -> Mapping[str, Any]:
    check = RowCheck(rows)
    check.at_least(0, "good", "scrap")
    jobs = _jobs(check, site)
    reasons = check.known("reason", Reason.objects.filter(kind="scrap"), what="scrap reason")
    check.refuse()
    return {
        "reports": [
            actions.QuantityReport(
                job=jobs[row.job],
                good=row.good,
                scrap=row.scrap,
                at=row.at,
                reason=reasons.get(row.reason),
                is_sure=row.is_sure,
            )
            for row in rows
        ]
    }


def _interruptions(rows: Sequence[JobInterruptionRow], *, site: Site) -> Mapping[str, Any]:
    check = RowCheck(rows)
    jobs = _jobs(check, site)
    reasons = check.known("reason", Reason.objects.filter(kind="down"), what="reason of stops")
    check.refuse()
    return {
        "interruptions": [
            actions.JobInterruption(jobs[row.job], row.at, reasons.get(row.reason)) for row in rows
        ]
    }


def _completions(rows: Sequence[JobCompletionRow], *, site: Site) -> Mapping[str, Any]:
    check = RowCheck(rows)
    jobs = _jobs(check, site)
    check.refuse()
    moments = [row.at for row in rows if row.at is not None]
    return {"jobs": [jobs[row.job] for row in rows], "at": max(moments, default=None)}


def _jobs(check: RowCheck[Any], site: Site) -> dict[str, JobOrder]:
    if not check.rows:
        raise RowsRefused([Problem("no rows", "Name at least one job.", field="rows")])
    check.filled("job")
    mine = JobOrder.objects.at(site).select_related("equipment", "supply_order__material")
    return check.known("job", mine, what="job", remedy="Publish the plan that makes it first.")


endpoints = [
    RowsEndpoint("job-starts", actions.start_jobs, JobStartRow, prepare=_starts),
    RowsEndpoint("job-reports", actions.report_quantities, QuantityRow, prepare=_reports),
    RowsEndpoint(
        "job-interruptions", actions.interrupt_jobs, JobInterruptionRow, prepare=_interruptions
    ),
    RowsEndpoint("job-completions", actions.complete_jobs, JobCompletionRow, prepare=_completions),
    ListEndpoint(
        "jobs",
        queries.job_rows,
        {
            "code": "code",
            "status": "dispatch_status",
            "equipment": "equipment__code",
            "material": "supply_order__material__code",
            "quantity": "quantity",
            "good": "totals__good",
            "scrap": "totals__scrap",
            "planned_start": "planned_start_at",
            "planned_end": "planned_end_at",
            "began": "actual_start_at",
            "ended": "actual_end_at",
        },
    ),
]
