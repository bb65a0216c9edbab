"""Machines that cannot run: reported down, and up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from obeya.modules.production.events import EquipmentWentDown, EquipmentWentUp
from obeya.modules.production.moments import by_moment
from obeya.modules.production.refusals import AlreadyDown, NotDown, OtherSite
from obeya.plant.ledgers import time
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import publish
from obeya.plant.resources.models import Equipment, Reason, Site
from obeya.plant.work.job_states import move_jobs
from obeya.plant.work.models import JobOrder

REPORT = "production.report"


@dataclass(frozen=True)
class Downtime:
    """A machine cannot run from a moment on."""

    equipment: Equipment
    at: datetime | None = None  # None: now
    reason: Reason | None = None


@dataclass(frozen=True)
class DowntimeEnd:
    """It can run again."""

    equipment: Equipment
    at: datetime | None = None  # None: now


@action(permission=REPORT, in_branch=True)
def report_downtimes(*, site: Site, downtimes: Sequence[Downtime], by: Actor) -> list[TimeLog]:
    """Open a downtime of each machine; what runs there is interrupted in the same breath."""
    machines = [each.equipment for each in downtimes]
    _refuse_foreign(site, machines, by)
    _lock(machines)
    for down in open_downtimes(machines):
        raise AlreadyDown(
            f"{down.equipment} is reported down since {down.began_at:%Y-%m-%d %H:%M} UTC."
            " Report it up first."
        )
    now = clock.now()
    moments = [each.at or now for each in downtimes]
    running = _running(machines)
    for moment, together in by_moment(moments, machines).items():
        jobs = [job for machine in together for job in running.get(machine.pk, [])]
        if jobs:
            move_jobs(jobs, to="interrupted", at=moment, by=by)
            time.end(spans=list(TimeLog.objects.open().filter(job__in=jobs)), at=moment)
    rows = time.post(
        site=site,
        spans=[
            time.Span(
                kind="down",
                began_at=moment,
                equipment=each.equipment,
                job=_only(running.get(each.equipment.pk, [])),
                reason=each.reason,
            )
            for each, moment in zip(downtimes, moments, strict=True)
        ],
        by=by,
    )
    publish(
        EquipmentWentDown(
            equipment_ids=[machine.pk for machine in machines],
            reason_ids=[each.reason.pk if each.reason else None for each in downtimes],
            job_ids=[job.pk for jobs in running.values() for job in jobs],
        ),
        at=max(moments),
        site=site,
    )
    return rows


@action(permission=REPORT, in_branch=True)
def end_downtimes(*, site: Site, ends: Sequence[DowntimeEnd], by: Actor) -> list[TimeLog]:
    """Close the open downtime of each machine; its jobs wait to be started again."""
    machines = [each.equipment for each in ends]
    _refuse_foreign(site, machines, by)
    _lock(machines)
    down = {row.equipment_id: row for row in open_downtimes(machines)}
    for machine in machines:
        if machine.pk not in down:
            raise NotDown(f"{machine} is not reported down. Report it down first.")
    now = clock.now()
    moments = [each.at or now for each in ends]
    ended: dict[int | None, TimeLog] = {}
    for moment, together in by_moment(moments, machines).items():
        rows = time.end(spans=[down[machine.pk] for machine in together], at=moment)
        ended |= {row.equipment_id: row for row in rows}
    publish(EquipmentWentUp([machine.pk for machine in machines]), at=max(moments), site=site)
    return [ended[machine.pk] for machine in machines]


def open_downtimes(machines: Sequence[Equipment]) -> list[TimeLog]:
    """Of these machines, as they stand."""
    rows = TimeLog.objects.open().standing().filter(kind="down", equipment__in=machines)
    return list(rows.select_related("equipment").order_by("pk"))


def _only(jobs: Sequence[JobOrder]) -> JobOrder | None:
    """A batch of several jobs stood still for none of them alone."""
    return jobs[0] if len(jobs) == 1 else None


def _running(machines: Sequence[Equipment]) -> dict[int, list[JobOrder]]:
    found: dict[int, list[JobOrder]] = {}
    jobs = JobOrder.objects.filter(equipment__in=machines, dispatch_status="running")
    for job in jobs.select_related("equipment").order_by("pk"):
        found.setdefault(job.equipment_id, []).append(job)
    return found


def _lock(machines: Sequence[Equipment]) -> None:
    """Two terminals, one machine: in the order of ids, so that nobody waits in a circle."""
    ids = [machine.pk for machine in machines]
    list(Equipment.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _refuse_foreign(site: Site, machines: Sequence[Equipment], by: Actor) -> None:
    for machine in machines:
        if machine.site_id != site.pk:
            raise OtherSite(f"{machine} is not at {site}. Report it at its own site.")
        if by.branches(REPORT, site) is not None:
            by.must(REPORT, site=site, equipment=machine)
