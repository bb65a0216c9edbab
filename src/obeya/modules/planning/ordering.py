"""What an order to make brings with it: its jobs by the routing, its material by the BOM."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from typing import Any

from obeya.engines.mrp import chosen_components
from obeya.modules.planning.bridge import components_of, received
from obeya.modules.planning.units import millionths, seconds
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.checking import rows_of
from obeya.plant.log.fields import MILLION
from obeya.plant.log.publishing import Change
from obeya.plant.log.saving import update_many
from obeya.plant.resources.models import Material, MaterialRevision, Site
from obeya.plant.work.job_states import open_jobs
from obeya.plant.work.models import (
    JobOrder,
    JobSpecification,
    MaterialRequirement,
    Operation,
    SupplyOrder,
)

Routings = Mapping[int, Sequence[Operation]]  # by revision


def routings_of(site: Site, revisions: Iterable[MaterialRevision]) -> Routings:
    """How each revision is made at the site, in the order of its operations; one query."""
    found: dict[int, list[Operation]] = defaultdict(list)
    wanted = {revision.pk for revision in revisions}
    for operation in rows_of(Operation.objects.at(site), "revision_id", wanted):
        found[operation.revision_id].append(operation)
    return {pk: sorted(steps, key=lambda each: each.number) for pk, steps in found.items()}


def begun_orders(orders: Iterable[SupplyOrder]) -> set[int]:
    """Orders of which a job has begun here; one query."""
    jobs = rows_of(JobOrder.objects.all(), "supply_order_id", {order.pk for order in orders})
    return {job.supply_order_id for job in jobs if job.actual_start_at is not None}


def left_of(site: Site, orders: Iterable[SupplyOrder]) -> dict[int, Decimal]:
    """Of each open order, what is still to be made, as the ledger says."""
    got = received(site)
    return {
        each.pk: max(each.quantity - got.get(each.pk, Decimal(0)), Decimal(0)) for each in orders
    }


def open_with_jobs(
    orders: Sequence[SupplyOrder], routings: Routings, *, at: datetime, by: Actor
) -> None:
    """The jobs of new orders, waiting, and what they need and yield."""
    steps = [
        (order, operation)
        for order in orders
        for operation in routings.get(order.material_revision_id, ())
    ]
    open_jobs(
        [
            JobOrder(
                code=f"{order.number}-{operation.number}",
                site_id=order.site_id,
                supply_order=order,
                operation_number=operation.number,
                quantity=order.quantity,
            )
            for order, operation in steps
        ],
        specifications=[JobSpecification.of(operation) for _, operation in steps],
        at=at,
        by=by,
    )
    _require(orders, now=at)


def _require(orders: Sequence[SupplyOrder], *, now: datetime) -> None:
    if not orders:
        return
    site = orders[0].site
    components = components_of(site, now)
    made = []
    for order in orders:
        parts = components.get(order.material_id, ())
        for part in chosen_components(parts, at=seconds(order.due_at)):
            need = Decimal(part.need(millionths(order.quantity))) / MILLION
            made.append(_requirement(order, part.material, "consumed", need, part.operation_number))
        made.append(_requirement(order, order.material_id, "produced", order.quantity))
    insert_many(made)


def _requirement(
    order: SupplyOrder,
    material_id: int,
    direction: str,
    quantity: Decimal,
    operation_number: int | None = None,
) -> MaterialRequirement:
    return MaterialRequirement(
        supply_order=order,
        material_id=material_id,
        direction=direction,
        quantity=quantity,
        operation_number=operation_number,
    )


def resize(orders: Mapping[int, tuple[Decimal, Decimal]]) -> list[Change]:
    """Jobs and material of orders that become larger or smaller: id → (before, now)."""
    jobs = rows_of(JobOrder.objects.all(), "supply_order_id", orders)
    needs = rows_of(
        MaterialRequirement.objects.select_related("material__unit"), "supply_order_id", orders
    )
    changes = []
    for job in jobs:
        changes.append(_with_quantity(job, orders[job.supply_order_id][1]))
        job.revision += 1
    for need in needs:
        before, now = orders[need.supply_order_id]
        changes.append(_with_quantity(need, _scaled(need.quantity, before, now, need.material)))
    update_many(jobs, ["quantity", "revision"])
    update_many(needs, ["quantity"])
    return changes


def _scaled(quantity: Decimal, before: Decimal, now: Decimal, material: Material) -> Decimal:
    """In proportion, rounded up to what the material can be counted in."""
    step = Decimal(1).scaleb(-material.unit.decimals)
    return (quantity * now / before).quantize(step, rounding=ROUND_CEILING)


def _with_quantity(row: Any, quantity: Decimal) -> Change:
    change = Change(row._meta.label, row.pk, {"quantity": [row.quantity, quantity]})
    row.quantity = quantity
    return change
