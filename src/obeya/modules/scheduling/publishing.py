"""What a published draft does to the plant: orders become firm and released, jobs get windows."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from obeya.modules.scheduling.bridge.marks import work_mark
from obeya.modules.scheduling.bridge.steps import Step
from obeya.modules.scheduling.drafting import Drawn
from obeya.plant.log.actor import Actor
from obeya.plant.log.numbers import next_numbers
from obeya.plant.log.saving import update_many
from obeya.plant.resources.models import Equipment
from obeya.plant.work.job_states import move_jobs, open_jobs
from obeya.plant.work.models import JobOrder, JobSpecification, SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders


@dataclass(frozen=True)
class Window:
    """Where and when one step is to be done."""

    equipment: Equipment | None
    start_at: datetime
    end_at: datetime
    pinned: bool


def has_moved_on(drawn: Drawn) -> bool:
    """Whether a job, an order or data of the plan changed since it was drawn; from now on no job
    can.
    """
    jobs = [step.job.pk for step in drawn.plant.work.steps if step.job is not None]
    locked = JobOrder.objects.filter(pk__in=jobs).select_for_update().order_by("pk")
    list(locked.values_list("pk"))
    return work_mark(drawn.draft.site, drawn.plant.work.run_id) != drawn.plant.work_mark


def windows_of(drawn: Drawn, locked: set[int]) -> dict[int, Window]:
    """Operation → its window on the plan; setup belongs to it."""
    plant, schedule = drawn.plant, drawn.schedule
    begun = plant.problem.fixed.tolist()
    return {
        i: Window(
            plant.machines[machine].equipment,
            plant.moment(start),
            plant.moment(end),
            i in locked and not begun[i],
        )
        for i, (machine, start, end) in enumerate(
            zip(
                schedule.machine.tolist(),
                schedule.setup_start.tolist(),
                schedule.end.tolist(),
                strict=True,
            )
        )
    }


def release_proposals(
    drawn: Drawn, windows: Mapping[int, Window], *, at: datetime, by: Actor
) -> list[SupplyOrder]:
    """Make the plan's proposals firm, open their jobs, and release them."""
    steps = {i: drawn.plant.step(i) for i in windows}
    proposed = {s.order.pk: s.order for s in steps.values() if s.order.status == "proposed"}
    if not proposed:
        return []
    orders = list(proposed.values())
    site = drawn.draft.site
    numbers = next_numbers(site=site, document="make_order", count=len(orders), prefix="MO-")
    orders = move_supply_orders(orders, to="firm", at=at, by=by, numbers=numbers)
    number_of = {order.pk: order.number for order in orders}
    rows = [(i, step) for i, step in steps.items() if step.order.pk in number_of]
    jobs = open_jobs(
        [_job(step, number_of[step.order.pk], windows[i]) for i, step in rows],
        specifications=[
            JobSpecification.of(how) for _, step in rows if (how := step.operation) is not None
        ],
        at=at,
        by=by,
    )
    orders = move_supply_orders(orders, to="released", at=at, by=by)
    move_jobs(jobs, to="ready", at=at, by=by)
    return orders


def moved_jobs(drawn: Drawn, windows: Mapping[int, Window]) -> list[JobOrder]:
    """Jobs that were there before and get another window, changed in memory only."""
    changed: list[JobOrder] = []
    for i, window in windows.items():
        job = drawn.plant.step(i).job
        if job is None or job.dispatch_status == "running":
            continue
        was = job.equipment_id, job.planned_start_at, job.planned_end_at, job.pinned
        equipment_id = window.equipment.pk if window.equipment else None
        if was != (equipment_id, window.start_at, window.end_at, window.pinned):
            moved = copy(job)
            moved.equipment_id, moved.pinned = equipment_id, window.pinned
            moved.planned_start_at, moved.planned_end_at = window.start_at, window.end_at
            moved.revision += 1
            changed.append(moved)
    return changed


def move_windows(drawn: Drawn, windows: Mapping[int, Window]) -> list[JobOrder]:
    """Give jobs that were there before their new window; returns those that changed."""
    changed = moved_jobs(drawn, windows)
    update_many(
        changed, ["equipment_id", "planned_start_at", "planned_end_at", "pinned", "revision"]
    )
    return changed


def _job(step: Step, number: str, window: Window) -> JobOrder:
    return JobOrder(
        code=f"{number}-{step.number}",
        site_id=step.order.site_id,
        work_type=JobOrder.WorkType.PRODUCTION,
        supply_order=step.order,
        operation_number=step.number,
        equipment=window.equipment,
        planned_start_at=window.start_at,
        planned_end_at=window.end_at,
        pinned=window.pinned,
        quantity=step.order.quantity,
    )
