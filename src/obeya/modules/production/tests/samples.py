"""How to call the verbs of the floor with n rows: n jobs, each on a machine of its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from obeya.modules.production import actions, downtimes
from obeya.modules.production.actions import JobInterruption, JobStart, QuantityReport
from obeya.modules.production.past_rows import PastJob, PastOrder, PastSpan, PastUse
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialAtSite,
    MaterialRevision,
    Site,
    Unit,
)
from obeya.plant.work.job_states import move_jobs, open_jobs
from obeya.plant.work.models import JobOrder, Operation, SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders, open_supply_orders

AT = datetime(2020, 1, 6, 6, tzinfo=UTC)  # past on whatever day: what is taken over has happened


def ready_jobs(n: int, site: Site) -> list[JobOrder]:
    by = system_actor()
    unit, _ = Unit.objects.get_or_create(code="C62", defaults={"name": "pcs", "decimals": 0})
    material, _ = Material.objects.get_or_create(
        code="BOX", defaults={"name": "Box", "kind": "finished", "unit": unit}
    )
    if not Equipment.objects.at(site).filter(code="STORE").exists():
        Equipment.objects.create(site=site, code="STORE", name="Store", level="storage")
    first = JobOrder.objects.count()
    codes = [f"M{first + i}" for i in range(n)]
    machines = Equipment.objects.bulk_create(
        Equipment(site=site, code=code, name=code, level="work_unit") for code in codes
    )
    orders = open_supply_orders(
        [
            SupplyOrder(
                site=site,
                number=f"MO-{code}",
                kind="make",
                material=material,
                quantity=Decimal(5),
                due_at=AT,
                status="firm",
            )
            for code in codes
        ],
        at=AT,
        by=by,
    )
    jobs = open_jobs(
        [
            JobOrder(
                code=f"{order.number}-10",
                site=site,
                supply_order=order,
                operation_number=10,
                equipment=machine,
                quantity=Decimal(5),
            )
            for order, machine in zip(orders, machines, strict=True)
        ],
        at=AT,
        by=by,
    )
    move_supply_orders(orders, to="released", at=AT, by=by)
    return _fresh(move_jobs(jobs, to="ready", at=AT, by=by))


def running_jobs(n: int, site: Site) -> list[JobOrder]:
    jobs = ready_jobs(n, site)
    starts = [JobStart(job, AT) for job in jobs]
    actions.start_jobs(site=site, starts=starts, by=system_actor())
    return _fresh(jobs)


def _fresh(jobs: list[JobOrder]) -> list[JobOrder]:
    rows = JobOrder.objects.select_related("supply_order__material", "equipment")
    return list(rows.filter(pk__in=[job.pk for job in jobs]))


def machines_down(n: int, site: Site) -> list[Equipment]:
    machines = [job.equipment for job in running_jobs(n, site)]
    wishes = [downtimes.Downtime(machine, AT) for machine in machines]
    downtimes.report_downtimes(site=site, downtimes=wishes, by=system_actor())
    return machines


def past_orders(n: int, site: Site) -> list[PastOrder]:
    """Done on as many machines, with two spans of time each."""
    running_jobs(1, site)  # the unit and the store
    unit, store = Unit.objects.get(code="C62"), Equipment.objects.at(site).get(code="STORE")
    for code in ("CASE", "BOARD"):
        made, _ = Material.objects.get_or_create(
            code=code, defaults={"name": code, "kind": "finished", "unit": unit}
        )
        MaterialAtSite.objects.get_or_create(
            material=made, site=site, defaults={"policy": "make", "storage": store}
        )
    case = Material.objects.get(code="CASE")
    revision, _ = MaterialRevision.objects.get_or_create(material=case, code="A")
    first = JobOrder.objects.count()
    codes = [f"P{first + i}" for i in range(n)]
    machines = Equipment.objects.bulk_create(
        Equipment(site=site, code=code, name=code, level="work_unit") for code in codes
    )
    Operation.objects.get_or_create(
        revision=revision, site=site, number=10, defaults={"equipment": machines[0]}
    )
    used = (PastUse("BOARD", Decimal(1)),)
    half, end = AT + timedelta(hours=1), AT + timedelta(hours=2)
    spans = (PastSpan("setup", AT, half), PastSpan("run", half, end))
    done = PastJob(10, AT, end, began_at=AT, ended_at=end, good=Decimal(5), spans=spans)
    return [
        PastOrder("CASE", Decimal(5), end, AT, (replace(done, equipment=code),), used)
        for code in codes
    ]


SAMPLES = {
    "production.take_over_orders": lambda n, site: {"rows": past_orders(n, site)},
    "production.start_jobs": lambda n, site: {
        "starts": [JobStart(job, AT) for job in ready_jobs(n, site)]
    },
    "production.report_quantities": lambda n, site: {
        "reports": [
            QuantityReport(job, Decimal(1), Decimal(0), AT) for job in running_jobs(n, site)
        ]
    },
    "production.interrupt_jobs": lambda n, site: {
        "interruptions": [JobInterruption(job, AT) for job in running_jobs(n, site)]
    },
    "production.report_downtimes": lambda n, site: {
        "downtimes": [downtimes.Downtime(job.equipment, AT) for job in running_jobs(n, site)]
    },
    "production.end_downtimes": lambda n, site: {
        "ends": [downtimes.DowntimeEnd(machine, AT) for machine in machines_down(n, site)]
    },
    "production.complete_jobs": lambda n, site: {"jobs": running_jobs(n, site), "at": AT},
}
