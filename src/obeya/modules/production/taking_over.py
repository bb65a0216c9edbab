"""The work of before: orders with what was done on them, for the first day with Obeya."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from obeya.modules.planning.public import effective_revisions
from obeya.modules.production import past_books
from obeya.modules.production.events import PastWorkTakenOver
from obeya.modules.production.material import lots_of
from obeya.modules.production.past_checks import Known, refuse_unwritable, refuse_wrong
from obeya.modules.production.past_rows import PastJob, PastOrder
from obeya.plant.ledgers import stock, time
from obeya.plant.ledgers.backward import refuse_overdrawn
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_columns
from obeya.plant.log.checking import in_one_query, rows_of
from obeya.plant.log.numbers import next_numbers
from obeya.plant.log.publishing import publish
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialAtSite,
    MaterialLot,
    Reason,
    Site,
)
from obeya.plant.resources.sites import PRODUCTION, SCRAP, virtual_places
from obeya.plant.work import totals
from obeya.plant.work.models import (
    JobOrder,
    MaterialRequirement,
    Operation,
    SupplyOrder,
)
from obeya.plant.work.taking_over import Steps, write_jobs, write_orders


@action(permission="production.take_over")
def take_over_orders(*, site: Site, rows: Sequence[PastOrder], by: Actor) -> list[SupplyOrder]:
    """Write orders with the work done on them: steps, times, pieces, scrap and material.

    Orders take the next numbers of the site. All or none; nothing may lie in the future, no
    machine may work for more jobs at once than it has room for, with what the books hold of it
    already, and no store may ever have held less than was taken out of it.
    """
    now = clock.now()
    refuse_unwritable(rows)
    known = _known(site, rows, now=now)
    machines = known.machines.values()
    past_books.lock(machines)
    refuse_wrong(rows, known, past_books.time_books(rows, machines), now=now)
    written = _Written(known)
    _write_orders(site, rows, written, by)
    _write_jobs(site, rows, written, by)
    _book(site, written, by, now=now)
    done = [job for _, job, _ in written.jobs]
    publish(
        PastWorkTakenOver(
            supply_order_ids=[order.pk for order in written.orders],
            job_ids=[job.pk for job in done],
            good=[row.good for row, _, _ in written.jobs],
            scrap=[row.scrap for row, _, _ in written.jobs],
            scrap_reason_ids=[
                known.reasons["scrap", row.scrap_reason].pk if row.scrap_reason else None
                for row, _, _ in written.jobs
            ],
        ),
        at=now,
        site=site,
    )
    return written.orders


@dataclass
class _Written:
    """What has been written so far."""

    known: Known
    orders: list[SupplyOrder] = field(default_factory=list)
    jobs: list[tuple[PastJob, JobOrder, bool]] = field(default_factory=list)  # whether the last


def _write_orders(site: Site, rows: Sequence[PastOrder], written: _Written, by: Actor) -> None:
    known = written.known
    numbers = next_numbers(site=site, document="make_order", count=len(rows), prefix="MO-")
    orders = [
        SupplyOrder(
            site=site,
            number=number,
            kind=SupplyOrder.Kind.MAKE,
            material=known.materials[row.material],
            material_revision=known.revisions[known.materials[row.material].pk],
            quantity=row.quantity,
            due_at=row.due_at,
        )
        for row, number in zip(rows, numbers, strict=True)
    ]
    written.orders = write_orders(orders, [_steps_of_order(row) for row in rows], by=by)
    needs = [
        (order.pk, known.materials[code].pk, direction, quantity)
        for row, order in zip(rows, written.orders, strict=True)
        for code, direction, quantity in (
            *((use.material, "consumed", use.quantity) for use in row.needs),
            (row.material, "produced", row.quantity),
        )
    ]
    insert_columns(
        MaterialRequirement,
        {
            "supply_order_id": [order for order, _, _, _ in needs],
            "material_id": [material for _, material, _, _ in needs],
            "direction": [direction for _, _, direction, _ in needs],
            "quantity": [quantity for _, _, _, quantity in needs],
            "is_frozen": [True] * len(needs),
        },
    )


def _write_jobs(site: Site, rows: Sequence[PastOrder], written: _Written, by: Actor) -> None:
    jobs, operations, histories = [], [], []
    for row, order in zip(rows, written.orders, strict=True):
        for each, operation in zip(
            row.jobs, written.known.operations_of(row.material), strict=True
        ):
            job = JobOrder(
                code=f"{order.number}-{each.operation}",
                site=site,
                work_type=JobOrder.WorkType.PRODUCTION,
                supply_order=order,
                operation_number=each.operation,
                equipment=written.known.machines.get(each.equipment),
                planned_start_at=each.planned_start_at,
                planned_end_at=each.planned_end_at,
                actual_start_at=each.began_at,
                actual_end_at=each.ended_at,
                quantity=row.quantity,
            )
            jobs.append(job)
            written.jobs.append((each, job, each is row.jobs[-1]))
            operations.append(operation)
            histories.append(_steps_of_job(row, each))
    write_jobs(jobs, histories, operations=operations, by=by)


def _steps_of_order(row: PastOrder) -> Steps:
    steps = [("firm", row.released_at), ("released", row.released_at)]
    if row.jobs and row.jobs[0].began_at is not None:
        steps.append(("started", row.jobs[0].began_at))
        if row.jobs[-1].ended_at is not None:
            steps.append(("completed", row.jobs[-1].ended_at))
    return steps


def _steps_of_job(row: PastOrder, job: PastJob) -> Steps:
    steps = [("waiting", row.released_at), ("ready", row.released_at)]
    if job.began_at is not None:
        steps.append(("running", job.began_at))
        if job.ended_at is not None:
            steps.append(("completed", job.ended_at))
        elif job.spans and job.spans[-1].kind == "down" and job.spans[-1].ended_at is None:
            steps.append(("interrupted", job.spans[-1].began_at))  # its machine stands still
    return steps


def _book(site: Site, written: _Written, by: Actor, *, now: datetime) -> None:
    """Hours, pieces and material of what was done."""
    spans = list(_spans(written))
    if spans:
        time.post_many(site=site, spans=spans, by=by)
    made = [(row, job) for row, job, _ in written.jobs if row.good or row.scrap]
    totals.add({job: totals.Addition(good=row.good, scrap=row.scrap) for row, job in made})
    moves = list(_moves(site, written, now))
    if moves:
        refuse_overdrawn(moves, site=site)
        stock.post(moves=moves, by=by)


def _spans(written: _Written) -> Iterator[time.Span]:
    """A machine stands still once, also where a batch of several jobs waits in it."""
    reasons = written.known.reasons
    stops: dict[tuple[str, datetime | None, datetime | None], time.Span] = {}
    for row, job, _ in written.jobs:
        for each in row.spans:
            span = time.Span(
                kind=each.kind,
                began_at=each.began_at,
                ended_at=each.ended_at,
                equipment=job.equipment,
                job=job,
                reason=reasons["down", each.reason] if each.reason else None,
            )
            if each.kind != "down" or job.equipment is None:
                yield span
                continue
            began = each.began_at if each.ended_at else None  # it can stand but once now
            stop = row.equipment, began, each.ended_at
            stops[stop] = replace(stops[stop], job=None) if stop in stops else span
    yield from stops.values()


def _moves(site: Site, written: _Written, now: datetime) -> Iterator[stock.Move]:
    """Components go in, good pieces and scrap of the last operation come out."""
    known, places = written.known, virtual_places(site)
    booked = [each for each in written.jobs if each[0].is_booked and each[0].began_at]
    ends = {job: row.ended_at or now for row, job, is_last in booked if is_last}
    lots = lots_of(ends, site)
    for row, job, is_last in booked:
        at = row.ended_at or now
        for use in row.uses:
            material = known.materials[use.material]
            yield stock.Move(
                material=material,
                quantity=use.quantity,
                from_location=known.homes[material.pk],
                to_location=places[PRODUCTION],
                lot=known.lots.get((material.pk, use.lot)),
                at=at,
                job=job,
                document=job.code,
            )
        product = job.supply_order.material
        outcome = ((row.good, known.homes[product.pk]), (row.scrap, places[SCRAP]))
        for quantity, target in outcome if is_last else ():
            if quantity:
                yield stock.Move(
                    material=product,
                    quantity=quantity,
                    from_location=places[PRODUCTION],
                    to_location=target,
                    lot=lots.get(job.supply_order_id),
                    at=at,
                    job=job,
                    document=job.code,
                )


def _known(site: Site, rows: Sequence[PastOrder], *, now: datetime) -> Known:
    uses = [use for row in rows for use in row.needs]
    uses += [use for row in rows for job in row.jobs for use in job.uses]
    materials = in_one_query(
        Material.objects.select_related("unit"),
        "code",
        {row.material for row in rows} | {use.material for use in uses},
    )
    ids = {each.pk for each in materials.values()}
    in_force = effective_revisions(now, site)
    revisions = {each: in_force[each] for each in ids if each in in_force}
    operations: Mapping[int, list[Operation]] = defaultdict(list)
    of_revisions = Operation.objects.at(site).filter(revision__in=revisions.values())
    for operation in of_revisions.order_by("number"):
        operations[operation.revision_id].append(operation)
    kept = MaterialAtSite.objects.at(site).exclude(storage=None).select_related("storage")
    lots = rows_of(MaterialLot.objects.all(), "code", {use.lot for use in uses if use.lot})
    machines = {job.equipment for row in rows for job in row.jobs if job.equipment}
    reasons = Reason.objects.filter(kind__in=("down", "scrap"), archived_at=None)
    return Known(
        materials=materials,
        revisions=revisions,
        operations=operations,
        machines=in_one_query(Equipment.objects.at(site), "code", machines),
        homes={k.material_id: k.storage for k in rows_of(kept, "material_id", ids) if k.storage},
        lots={(each.material_id, each.code): each for each in lots},
        reasons={(each.kind, each.code): each for each in reasons},
    )
