"""The verbs of the floor: start, report, interrupt, complete."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef

from obeya.modules.production.checks import (
    REPORT,
    lock_equipment,
    lock_orders,
    locked,
    refuse_busy,
    refuse_down,
    refuse_foreign,
)
from obeya.modules.production.events import (
    JobsCompleted,
    JobsInterrupted,
    JobsStarted,
    MaterialWasShort,
    QuantitiesReported,
)
from obeya.modules.production.material import Made, Shortfall, postings_for
from obeya.modules.production.moments import by_moment, of_orders
from obeya.modules.production.refusals import MoreThanPlausible, NothingReported, NotRunning
from obeya.plant.ledgers import stock, time
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import publish
from obeya.plant.resources.models import Person, Reason, Site
from obeya.plant.work import totals
from obeya.plant.work.job_states import move_jobs
from obeya.plant.work.models import JobOrder, SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders

PLAUSIBLE = 2  # times the job's quantity; beyond it somebody must say that they are sure


@dataclass(frozen=True)
class JobStart:
    """A job begins, or goes on after an interruption."""

    job: JobOrder
    at: datetime | None = None  # None: now, and the same wish sent again is the same start
    person: Person | None = None


@dataclass(frozen=True)
class QuantityReport:
    """Good and spoiled pieces since the last report, in the material's base unit."""

    job: JobOrder
    good: Decimal
    scrap: Decimal
    at: datetime | None = None  # None: now, and the same wish sent again is the same report
    reason: Reason | None = None
    is_sure: bool = False  # of a quantity far beyond the job's


@dataclass(frozen=True)
class JobInterruption:
    """A job stops before it is done."""

    job: JobOrder
    at: datetime | None = None  # None: now
    reason: Reason | None = None


@action(permission=REPORT, in_branch=True)
def start_jobs(*, site: Site, starts: Sequence[JobStart], by: Actor) -> list[JobOrder]:
    """Set jobs running: their machines must be free, their orders count as started."""
    refuse_foreign(site, [start.job for start in starts], by)
    orders = lock_orders([start.job for start in starts])
    jobs = locked([start.job for start in starts])
    lock_equipment(jobs)
    refuse_down(jobs)
    refuse_busy(jobs)
    now = clock.now()
    moments = [start.at or now for start in starts]
    for moment, together in by_moment(moments, jobs).items():
        move_jobs(together, to="running", at=moment, by=by)
    at = max(moments)
    by_order = of_orders(moments, jobs)
    released = [order for order in orders if order.status == "released"]
    began = [min(by_order[order.pk]) for order in released]
    move_supply_orders(released, to="started", at=at, moments=began, by=by)
    spans = [
        time.Span(kind="run", began_at=moment, equipment=job.equipment, job=job)
        for moment, job in zip(moments, jobs, strict=True)
    ]
    spans += [
        time.Span(kind="run", began_at=moment, person=start.person, job=start.job)
        for moment, start in zip(moments, starts, strict=True)
        if start.person is not None
    ]
    time.post(site=site, spans=spans, by=by)
    publish(JobsStarted([job.pk for job in jobs]), at=at, site=site)
    return jobs


@action(permission=REPORT, in_branch=True)
def report_quantities(
    *, site: Site, reports: Sequence[QuantityReport], by: Actor
) -> list[JobOrder]:
    """Book good and scrap: totals of the job, components out of stock, products into it."""
    jobs = [report.job for report in reports]
    refuse_foreign(site, jobs, by)
    _check_reports(reports)
    at = max(report.at or clock.now() for report in reports)
    made = [Made(report.job, report.good, report.scrap) for report in reports]
    postings = postings_for(site, made, at=at)
    if postings.moves:
        stock.post(moves=postings.moves, by=by)
    totals.add({row.job: totals.Addition(good=row.good, scrap=row.scrap) for row in made})
    publish(
        QuantitiesReported(
            job_ids=[job.pk for job in jobs],
            good=[report.good for report in reports],
            scrap=[report.scrap for report in reports],
            scrap_reason_ids=[r.reason.pk if r.reason else None for r in reports],
        ),
        at=at,
        site=site,
    )
    _tell_shortfalls(site, postings.shortfalls, at)
    return jobs


@action(permission=REPORT, in_branch=True)
def interrupt_jobs(
    *, site: Site, interruptions: Sequence[JobInterruption], by: Actor
) -> list[JobOrder]:
    """Stop jobs before they are done; their machines are free for others."""
    jobs = [each.job for each in interruptions]
    refuse_foreign(site, jobs, by)
    now = clock.now()
    moments = [each.at or now for each in interruptions]
    locked(jobs)  # in one order, whatever the moments
    for moment, together in by_moment(moments, jobs).items():
        move_jobs(together, to="interrupted", at=moment, by=by)
        _end_spans(together, moment)
    publish(
        JobsInterrupted(
            job_ids=[job.pk for job in jobs],
            reason_ids=[each.reason.pk if each.reason else None for each in interruptions],
        ),
        at=max(moments),
        site=site,
    )
    return jobs


@action(permission=REPORT, in_branch=True)
def complete_jobs(
    *,
    site: Site,
    jobs: Sequence[JobOrder],
    at: datetime | None = None,
    moments: Sequence[datetime | None] = (),
    by: Actor,
) -> list[JobOrder]:
    """Finish jobs, whatever they have made; an order whose jobs are all done is complete.

    All at `at`, or `jobs[i]` at `moments[i]`; None is now.
    """
    now = clock.now()
    ended = [each or now for each in moments or [at] * len(jobs)]
    refuse_foreign(site, jobs, by)
    theirs = lock_orders(jobs)  # two terminals, the last two jobs: one of them sees the other's
    for moment, together in by_moment(ended, jobs).items():
        move_jobs(together, to="completed", at=moment, by=by)
        _end_spans(together, moment)
    open_jobs = JobOrder.objects.filter(supply_order=OuterRef("pk")).unfinished()
    orders = list(
        SupplyOrder.objects.filter(
            ~Exists(open_jobs), pk__in=[order.pk for order in theirs], status="started"
        )
    )
    last = max(ended, default=now)
    by_order = of_orders(ended, jobs)
    done = [max(by_order[order.pk]) for order in orders]
    move_supply_orders(orders, to="completed", at=last, moments=done, by=by)
    publish(
        JobsCompleted([job.pk for job in jobs], [order.pk for order in orders]), at=last, site=site
    )
    return list(jobs)


def _refuse_twice(reports: Sequence[QuantityReport]) -> None:
    twice = [job for job, count in Counter(r.job for r in reports).items() if count > 1]
    if twice:
        raise NothingReported(f"{twice[0].code} is reported twice in one call. Add the two up.")


def _end_spans(jobs: Sequence[JobOrder], at: datetime) -> None:
    """Whatever is still being done on these jobs ends now, people's hours included."""
    time.end(spans=list(TimeLog.objects.open().filter(job__in=jobs)), at=at)


def _check_reports(reports: Sequence[QuantityReport]) -> None:
    _refuse_twice(reports)
    states = dict(
        JobOrder.objects.filter(pk__in=[r.job.pk for r in reports])
        .select_for_update()
        .order_by("pk")
        .values_list("pk", "dispatch_status")
    )
    for report in reports:
        job = report.job
        if job.supply_order_id is None:
            raise NothingReported(f"{job.code} makes nothing. Complete it, without quantities.")
        if states.get(job.pk) != "running":
            raise NotRunning(
                f"{job.code} is {states.get(job.pk)}, so nothing can be reported on it."
                " Start it first."
            )
        if report.good < 0 or report.scrap < 0 or report.good + report.scrap == 0:
            raise NothingReported(
                f"{job.code}: good {report.good} and scrap {report.scrap} say nothing."
                " Enter a quantity above 0."
            )
        if report.good + report.scrap > PLAUSIBLE * job.quantity and not report.is_sure:
            raise MoreThanPlausible(
                f"{report.good + report.scrap:f} is more than {PLAUSIBLE} times the"
                f" {job.quantity:f} that {job.code} asks for. Correct it, or say that it is right."
            )


def _tell_shortfalls(site: Site, shortfalls: Sequence[Shortfall], at: datetime) -> None:
    if shortfalls:
        publish(
            MaterialWasShort(
                job_ids=[each.job.pk for each in shortfalls],
                material_ids=[each.material.pk for each in shortfalls],
                quantities=[each.quantity for each in shortfalls],
            ),
            at=at,
            site=site,
        )
