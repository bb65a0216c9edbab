"""What happened on the floor."""

from dataclasses import dataclass
from decimal import Decimal

from obeya.plant.log.events import event


@event("production.jobs_started", view="production.view")
@dataclass(frozen=True)
class JobsStarted:
    """Work began (or went on) on these jobs."""

    job_ids: list[int]


@event("production.quantities_reported", view="production.view")
@dataclass(frozen=True)
class QuantitiesReported:
    """Pieces were made; one entry each per report, in the order of the reports."""

    job_ids: list[int]
    good: list[Decimal]
    scrap: list[Decimal]
    scrap_reason_ids: list[int | None]


@event("production.jobs_interrupted", view="production.view")
@dataclass(frozen=True)
class JobsInterrupted:
    """Work stopped before the jobs were done."""

    job_ids: list[int]
    reason_ids: list[int | None]


@event("production.jobs_completed", view="production.view")
@dataclass(frozen=True)
class JobsCompleted:
    """Jobs were reported complete; orders whose last job it was are complete too."""

    job_ids: list[int]
    supply_order_ids: list[int]


@event("production.material_was_short", view="inventory.view")
@dataclass(frozen=True)
class MaterialWasShort:
    """More was used than the books knew of: somebody should count these."""

    job_ids: list[int]
    material_ids: list[int]
    quantities: list[Decimal]


@event("production.equipment_went_down", view="production.view")
@dataclass(frozen=True)
class EquipmentWentDown:
    """Machines cannot run; the jobs that ran there are interrupted."""

    equipment_ids: list[int]
    reason_ids: list[int | None]
    job_ids: list[int]


@event("production.equipment_went_up", view="production.view")
@dataclass(frozen=True)
class EquipmentWentUp:
    """Machines that were down can run again."""

    equipment_ids: list[int]


@event("production.past_work_taken_over", view="production.view")
@dataclass(frozen=True)
class PastWorkTakenOver:
    """Orders were written with the work that was done on them before; one entry each per job."""

    supply_order_ids: list[int]
    job_ids: list[int]
    good: list[Decimal]
    scrap: list[Decimal]
    scrap_reason_ids: list[int | None]
