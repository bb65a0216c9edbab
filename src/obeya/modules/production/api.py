"""The REST door of the floor: the same verbs, and the lists of jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.production import actions, downtimes, queries
from obeya.modules.production.past_rows import PastOrder
from obeya.modules.production.rows import (
    DowntimeEndRow,
    DowntimeRow,
    JobCompletionRow,
    JobInterruptionRow,
    JobStartRow,
    QuantityRow,
)
from obeya.modules.production.taking_over import take_over_orders
from obeya.plant.log.api import ListEndpoint, RowsEndpoint
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.resources.models import Equipment, Person, Reason, Site
from obeya.plant.work.models import JobOrder
from obeya.plant.work.open_and_done import JOB


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
    return {"jobs": [jobs[row.job] for row in rows], "moments": [row.at for row in rows]}


def _downtimes(rows: Sequence[DowntimeRow], *, site: Site) -> Mapping[str, Any]:
    check = RowCheck(rows)
    machines = _machines(check, site)
    reasons = check.known("reason", Reason.objects.filter(kind="down"), what="reason of stops")
    check.refuse()
    return {
        "downtimes": [
            downtimes.Downtime(machines[row.equipment], row.at, reasons.get(row.reason))
            for row in rows
        ]
    }


def _downtime_ends(rows: Sequence[DowntimeEndRow], *, site: Site) -> Mapping[str, Any]:
    check = RowCheck(rows)
    machines = _machines(check, site)
    check.refuse()
    return {"ends": [downtimes.DowntimeEnd(machines[row.equipment], row.at) for row in rows]}


def _machines(check: RowCheck[Any], site: Site) -> dict[str, Equipment]:
    if not check.rows:
        raise RowsRefused([Problem("no rows", "Name at least one machine.", field="rows")])
    check.filled("equipment")
    mine = Equipment.objects.at(site).in_use().filter(level="work_unit")
    return check.known("equipment", mine, what="machine", remedy="Name a work unit of this site.")


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
    RowsEndpoint("downtimes", downtimes.report_downtimes, DowntimeRow, prepare=_downtimes),
    RowsEndpoint("downtime-ends", downtimes.end_downtimes, DowntimeEndRow, prepare=_downtime_ends),
    RowsEndpoint("past-orders", take_over_orders, PastOrder),
    ListEndpoint(
        "downtimes",
        queries.downtime_rows,
        {
            "equipment": "equipment__code",
            "job": "job__code",
            "reason": "reason__code",
            "began": "began_at",
            "ended": "ended_at",
        },
        key="equipment__code",
    ),
    ListEndpoint(
        "job-materials",
        queries.job_materials,
        {
            "order": "supply_order__number",
            "of": "supply_order__quantity",
            "operation": "operation_number",
            "material": "material__code",
            "quantity": "quantity",
        },
        key="supply_order__number",
    ),
    ListEndpoint(
        "jobs",
        queries.job_rows,
        {
            "code": "code",
            "status": "dispatch_status",
            "equipment": "equipment__code",
            "order": "supply_order__number",
            "operation": "operation_number",
            "name": "specification__name",
            "material": "supply_order__material__code",
            "setup_family": "specification__setup_family",
            "setup_s": "specification__setup_s",
            "run_s": "specification__run_s",
            "fixed_run_s": "specification__fixed_run_s",
            "is_batch": "specification__is_batch",
            "skill": "specification__skill__code",
            "crew": "specification__crew_size",
            "quantity": "quantity",
            "good": "totals__good",
            "scrap": "totals__scrap",
            "planned_start": "planned_start_at",
            "planned_end": "planned_end_at",
            "began": "actual_start_at",
            "ended": "actual_end_at",
        },
        state=JOB,
    ),
]
