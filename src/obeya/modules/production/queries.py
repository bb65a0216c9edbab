"""What the floor's pages show; one function per page or fragment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When, Window
from django.db.models.functions import RowNumber

from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Equipment, Reason, Site
from obeya.plant.work.models import JobOrder, MaterialRequirement, SupplyOrder
from obeya.plant.work.open_and_done import JOB

VIEW = "production.view"
NEXT_JOBS = 6  # shown at each machine; the rest stands in the list of jobs
STOPPED_SHOWN = 8
ORDER = ("planned_start_at", "-priority", "pk")  # of work at one machine


@dataclass(frozen=True)
class MachineCard:
    """One machine of the dispatch list (or the work outside): what runs, what is next."""

    equipment: Equipment | None
    running: Sequence[JobOrder]
    queue: Sequence[JobOrder]
    waiting: int  # further jobs behind the queue


def _in_branches(site: Site, by: Actor) -> Q:
    """What stands on the machines that this actor may see: all, or those of some branches."""
    mine = Q()
    for path in by.branches(VIEW, site) or ():
        mine |= Q(equipment__path__startswith=path)
    return mine


def _jobs(site: Site, by: Actor) -> QuerySet[JobOrder]:
    """Those that this actor may see: all, or those on the machines of a branch."""
    jobs = JobOrder.objects.at(site).select_related(
        "equipment",
        "supply_order__material__unit",
        "specification__skill",
        "totals",
    )
    return jobs.filter(_in_branches(site, by))


@query(permission=VIEW, in_branch=True)
def job_rows(*, site: Site, by: Actor) -> QuerySet[JobOrder]:
    """All jobs of a site, for the REST door."""
    return _jobs(site, by)


@query(permission=VIEW, in_branch=True)
def job_list(*, site: Site, now: datetime, by: Actor) -> QuerySet[JobOrder]:
    """With `is_late`: still open after its planned end."""
    late = Q(dispatch_status__in=JOB.open, planned_end_at__lt=now)
    late_or_not = Case(When(late, then=True), default=False)
    return _jobs(site, by).select_related("site").annotate(is_late=late_or_not)


@query(permission=VIEW)
def job_materials(*, site: Site, by: Actor) -> QuerySet[MaterialRequirement]:
    """What the released orders take, each of all its pieces; done ones are left out."""
    return MaterialRequirement.objects.filter(
        supply_order__site=site,
        supply_order__status__in=(SupplyOrder.Status.RELEASED, SupplyOrder.Status.STARTED),
        direction="consumed",
    ).select_related("supply_order", "material")


@query(permission=VIEW, in_branch=True)
def downtime_rows(*, site: Site, by: Actor) -> QuerySet[TimeLog]:
    """When machines could not run, open ones included."""
    rows = TimeLog.objects.at(site).standing().filter(kind="down", equipment__isnull=False)
    return rows.filter(_in_branches(site, by))


@query(permission=VIEW, in_branch=True)
def dispatch_list(*, site: Site, by: Actor) -> list[MachineCard]:
    """The published plan, machine by machine, in the order of work; the work outside last.

    Of each queue only what is shown is read: a plan of six weeks holds thousands of jobs.
    """
    jobs = _jobs(site, by).dispatchable()
    others = jobs.exclude(dispatch_status="running")
    queued = dict(others.order_by().values_list("equipment_id").annotate(Count("pk")))
    places = Window(RowNumber(), partition_by=F("equipment_id"), order_by=list(ORDER))
    ranked = others.select_related(None).annotate(place=places)
    shown = jobs.filter(pk__in=ranked.filter(place__lte=NEXT_JOBS).values("pk"))
    running: dict[int | None, list[JobOrder]] = defaultdict(list)
    queues: dict[int | None, list[JobOrder]] = defaultdict(list)
    for job in jobs.filter(dispatch_status="running").order_by(*ORDER):
        running[job.equipment_id].append(job)
    for job in shown.order_by(*ORDER):
        queues[job.equipment_id].append(job)
    cards = []
    for machine in {**running, **queues}:
        queue = queues[machine]
        behind = queued.get(machine, 0) - len(queue)
        equipment = (running[machine] or queue)[0].equipment
        cards.append(MachineCard(equipment, running[machine], queue, behind))
    return sorted(cards, key=_place)


def _place(card: MachineCard) -> tuple[bool, str]:
    return (True, "") if card.equipment is None else (False, card.equipment.path)


@query(permission=VIEW, in_branch=True)
def machine_card(*, site: Site, equipment: Equipment | None, by: Actor) -> MachineCard:
    """One card of the dispatch list, redrawn after a tap."""
    jobs = _jobs(site, by).dispatchable().filter(equipment=equipment)
    return _card(equipment, list(jobs.order_by(*ORDER)))


def _card(equipment: Equipment | None, jobs: Sequence[JobOrder]) -> MachineCard:
    running = [job for job in jobs if job.dispatch_status == "running"]
    others = [job for job in jobs if job.dispatch_status != "running"]
    return MachineCard(equipment, running, others[:NEXT_JOBS], max(len(others) - NEXT_JOBS, 0))


@dataclass(frozen=True)
class JobPage:
    job: JobOrder
    siblings: Sequence[JobOrder]
    components: Sequence[MaterialRequirement]
    moves: Sequence[StockMove]
    history: Sequence[dict[str, Any]]

    @property
    def run_s(self) -> Decimal:
        """Closed run spans; the open one counts when it ends."""
        totals = getattr(self.job, "totals", None)
        return totals.run_s if totals else Decimal(0)


@query(permission=VIEW, in_branch=True)
def job_page(*, site: Site, code: str, by: Actor) -> JobPage:
    """A job with its neighbours in the order, its material and its history.

    Raises
    ------
    JobOrder.DoesNotExist
    """
    job = _jobs(site, by).get(code=code)
    requirements = MaterialRequirement.objects.filter(
        supply_order=job.supply_order_id, direction="consumed"
    )
    return JobPage(
        job=job,
        siblings=list(
            _jobs(site, by).filter(supply_order=job.supply_order_id).order_by("operation_number")
        )
        if job.supply_order_id
        else [],
        components=list(requirements.select_related("material__unit").order_by("pk")),
        moves=list(
            StockMove.objects.filter(job=job)
            .select_related("material__unit", "from_location", "to_location", "lot")
            .order_by("-pk")[:50]
        ),
        history=[
            {
                "at": step.at,
                "title": JobOrder.DispatchStatus(step.to_status).label,
                "by": step.by.username,
            }
            for step in job.transitions.select_related("by").order_by("-pk")
        ],
    )


@query(permission=VIEW)
def reasons(*, kind: str, by: Actor) -> QuerySet[Reason]:
    return Reason.objects.filter(kind=kind, archived_at=None).order_by("name", "pk")


@dataclass(frozen=True)
class Now:
    """The floor at one look."""

    running: int
    ready: int
    overdue: int  # should have begun, have not
    stopped: int
    stopped_first: Sequence[JobOrder]


@query(permission=VIEW, in_branch=True)
def floor_now(*, site: Site, at: datetime, by: Actor) -> Now:
    """Running, stopped, and what should have begun."""
    jobs = _jobs(site, by)
    stopped = jobs.filter(dispatch_status="interrupted")
    return Now(
        running=jobs.filter(dispatch_status="running").count(),
        ready=jobs.filter(dispatch_status="ready").count(),
        overdue=jobs.filter(dispatch_status="ready", planned_start_at__lt=at).count(),
        stopped=stopped.count(),
        stopped_first=list(stopped.order_by("planned_start_at")[:STOPPED_SHOWN]),
    )


@dataclass(frozen=True)
class MadeRow:
    material: str
    unit: str
    good: Any


@query(permission="production.view")
def made_between(*, site: Site, began_at: datetime, ended_at: datetime, by: Actor) -> list[MadeRow]:
    """Good pieces put into stock by production in a window, most first; reversals cancel."""
    received = StockMove.objects.at(site).filter(
        effective_at__gte=began_at,
        effective_at__lt=ended_at,
        job__supply_order__material=F("material"),
        from_location__code="PRODUCTION",
        to_location__is_virtual=False,
        reversed_by=None,
    )
    rows = (
        received.values("material__code", "material__unit__name")
        .annotate(good=Sum("quantity"))
        .order_by("-good")
    )
    return [MadeRow(r["material__code"], r["material__unit__name"], r["good"]) for r in rows]
