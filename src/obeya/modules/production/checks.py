"""What must hold before the floor does something, and the locks that keep it so meanwhile."""

from collections import Counter
from collections.abc import Sequence

from obeya.modules.production.downtimes import open_downtimes
from obeya.modules.production.refusals import EquipmentBusy, EquipmentIsDown, OtherSite
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Equipment, Site
from obeya.plant.work.models import JobOrder, SupplyOrder

REPORT = "production.report"


def refuse_foreign(site: Site, jobs: Sequence[JobOrder], by: Actor) -> None:
    """The permission was checked at this site, so only its jobs may be touched.

    Whoever holds it for a branch of the equipment alone works on the machines of that branch.
    """
    for job in jobs:
        if job.site_id != site.pk:
            raise OtherSite(f"{job.code} is not a job of {site}. Report it at its own site.")
    if by.branches(REPORT, site) is None:
        return
    machines = Equipment.objects.in_bulk({job.equipment_id for job in jobs if job.equipment_id})
    for job in jobs:
        by.must(REPORT, site=site, equipment=machines.get(job.equipment_id))


def lock_orders(jobs: Sequence[JobOrder]) -> list[SupplyOrder]:
    """The jobs' orders, locked before the jobs and in the order of ids."""
    ids = {job.supply_order_id for job in jobs}
    return list(SupplyOrder.objects.filter(pk__in=ids).select_for_update().order_by("pk"))


def locked(jobs: Sequence[JobOrder]) -> list[JobOrder]:
    """The jobs as they are now: publishing a plan may have moved them to other machines."""
    rows = JobOrder.objects.filter(pk__in=[job.pk for job in jobs]).order_by("pk")
    now = {row.pk: row for row in rows.select_related("equipment").select_for_update(of=("self",))}
    return [now[job.pk] for job in jobs]


def lock_equipment(jobs: Sequence[JobOrder]) -> None:
    """Two terminals, one machine: in the order of ids, so that nobody waits in a circle."""
    ids = {job.equipment_id for job in jobs if job.equipment_id}
    list(Equipment.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def refuse_down(jobs: Sequence[JobOrder]) -> None:
    for down in open_downtimes([job.equipment for job in jobs if job.equipment]):
        raise EquipmentIsDown(
            f"{down.equipment} is down since {down.began_at:%Y-%m-%d %H:%M} UTC. Report it up,"
            " then start the job."
        )


def refuse_busy(jobs: Sequence[JobOrder]) -> None:
    """Work outside, at a subcontractor, has no equipment here: there is always room."""
    inside = [job for job in jobs if job.equipment]
    wanted = Counter(job.equipment_id for job in inside)
    running: dict[int, list[JobOrder]] = {}
    for job in JobOrder.objects.filter(equipment__in=wanted, dispatch_status="running"):
        running.setdefault(job.equipment_id, []).append(job)
    for job in inside:
        there = [other for other in running.get(job.equipment_id, []) if other.pk != job.pk]
        room = max(job.equipment.capacity, job.equipment.batch_places or 1)
        if len(there) + wanted[job.equipment_id] > room:
            names = ", ".join(other.code for other in there[:3]) or "the others of this call"
            raise EquipmentBusy(
                f"{job.equipment} is busy with {names}. Complete or interrupt it, then start"
                f" {job.code}."
            )
