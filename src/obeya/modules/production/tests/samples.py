"""How to call the verbs of the floor with n rows: n jobs, each on a machine of its own."""

from datetime import UTC, datetime
from decimal import Decimal

from obeya.modules.production import actions, downtimes
from obeya.modules.production.actions import JobInterruption, JobStart, QuantityReport
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Equipment, Material, Site, Unit
from obeya.plant.work.job_states import move_jobs, open_jobs
from obeya.plant.work.models import JobOrder, SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders, open_supply_orders

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)


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


SAMPLES = {
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
