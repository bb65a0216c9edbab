"""The verb for orders to make: firm from the start, released, or no more to be made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from obeya.modules.planning.bridge import effective_revisions
from obeya.modules.planning.events import ProductionOrdersSaved
from obeya.modules.planning.ordering import (
    Routings,
    begun_orders,
    left_of,
    open_with_jobs,
    resize,
    routings_of,
)
from obeya.modules.planning.rows import ProductionOrderRow
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import LONGEST_CODE, RowCheck, in_one_query, rows_of
from obeya.plant.log.numbers import pass_over
from obeya.plant.log.publishing import publish
from obeya.plant.log.saving import Saved, upsert
from obeya.plant.resources.models import Material, MaterialRevision, Site
from obeya.plant.resources.wall_clock import instant
from obeya.plant.work.job_states import move_jobs
from obeya.plant.work.models import JobOrder, SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders, open_supply_orders

Kind, Status = SupplyOrder.Kind, SupplyOrder.Status
OPEN = (Status.FIRM, Status.RELEASED, Status.STARTED)
LONGEST_NUMBER = LONGEST_CODE - 10  # a job's code is the order's with its operation's number


@dataclass(frozen=True)
class _Known:
    """What the plant says of the orders of the rows."""

    orders: Mapping[str, SupplyOrder]
    begun: set[int]  # ids
    left: Mapping[int, Decimal]  # id → still to be made

    def is_open(self, number: str) -> bool:
        return number in self.orders and self.orders[number].status in OPEN


@action(permission="planning.order")
def save_production_orders(*, site: Site, rows: Sequence[ProductionOrderRow], by: Actor) -> Saved:
    """Orders to make by their number, with jobs by the routing and material by the BOM.

    What is done or cancelled, and is not open here, is left as it is.
    """
    now = clock.now()
    check = RowCheck(rows)
    check.filled("number", "material")
    check.above_zero("quantity")
    check.at_least(0, "delivered")
    check.each(
        "number",
        lambda text: len(text) <= LONGEST_NUMBER,
        f"longer than {LONGEST_NUMBER} characters",
        "Shorten it.",
    )
    materials = check.known("material", Material.objects.all(), what="material")
    known = _known(site, rows)
    revisions = effective_revisions(now, site)
    mine = [revisions[each.pk] for each in materials.values() if each.pk in revisions]
    routings = routings_of(site, mine)
    _check_orders(check, known, materials)
    _check_routings(check, known, {code: revisions.get(m.pk) for code, m in materials.items()},
                    routings)  # fmt: skip
    check.refuse()

    open_rows = [row for row in rows if not row.is_finished]
    orders = upsert(
        SupplyOrder.objects.at(site),
        [_values(site, row, materials[row.material], revisions, known) for row in open_rows],
        key=("number",),
        insert=lambda made: open_supply_orders(made, at=now, by=by),
    )
    new = [o for o, state in zip(orders.objects, orders.states, strict=True) if state == "new"]
    open_with_jobs(new, routings, at=now, by=by)
    pass_over(site=site, document="make_order", numbers=[o.number for o in new], prefix="MO-")
    resized = resize(_resized(orders.objects, known))
    wanted = {row.number for row in open_rows if row.status == "released"}
    released = [o for o in orders.objects if o.number in wanted and o.status == Status.FIRM]
    _move(released, Status.RELEASED, JobOrder.DispatchStatus.READY, at=now, by=by)
    finished = [known.orders[r.number] for r in rows if r.is_finished and known.is_open(r.number)]
    _move(finished, Status.CANCELLED, JobOrder.DispatchStatus.CANCELLED, at=now, by=by)
    moved = {each.pk for each in [*released, *finished]}
    made, changed = orders.told(moved)
    told = {*made, *changed}
    touched = {o.material_id for o in [*orders.objects, *finished] if o.pk in told}
    publish(
        ProductionOrdersSaved(
            made,
            changed,
            sorted(each.pk for each in released),
            sorted(each.pk for each in finished),
            sorted(touched),
        ),
        site=site,
        changes=[*orders.changes, *resized],
    )
    return Saved(len(made), len(changed), len(rows) - len(told))


def _known(site: Site, rows: Sequence[ProductionOrderRow]) -> _Known:
    """Locked first, as the floor locks an order whose job begins: what is seen here stays."""
    numbers = [row.number for row in rows]
    found = in_one_query(SupplyOrder.objects.at(site), "number", numbers)
    mine = SupplyOrder.objects.filter(pk__in=[order.pk for order in found.values()])
    there = {order.number or "": order for order in mine.order_by("pk").select_for_update()}
    return _Known(there, begun_orders(there.values()), left_of(site, there.values()))


def _check_orders(
    check: RowCheck[ProductionOrderRow], known: _Known, materials: Mapping[str, Material]
) -> None:
    for index, row in enumerate(check.rows):
        order = known.orders.get(row.number)
        if order is not None:
            for complaint in _complaints(row, order, known, materials):
                check.add(index, *complaint)


def _complaints(
    row: ProductionOrderRow,
    order: SupplyOrder,
    known: _Known,
    materials: Mapping[str, Material],
) -> Iterator[tuple[str, str, str]]:
    """(field, rule, remedy) where the row cannot be followed."""
    number, state = row.number, order.get_status_display()
    is_begun = order.status == Status.STARTED or order.pk in known.begun
    if order.kind != Kind.MAKE:
        rule = f"{number} is an order to {order.get_kind_display()}, not to make"
        yield "number", rule, "Choose another number."
    elif order.status not in OPEN:
        if not row.is_finished:
            rule = f"{number} is {state} here already"
            yield "number", rule, "Enter what is still to be made under a new number."
    elif row.is_finished:
        if is_begun:
            rule = f"{number} is being made here and cannot be taken away"
            yield "status", rule, "Complete its jobs on the floor, or leave the row out."
    elif row.material in materials and materials[row.material].pk != order.material_id:
        yield "material", f"{number} is about another material here", "Choose another number."
    elif row.status == "firm" and order.status != Status.FIRM:
        yield "status", f"{number} is {state} already", "Write released."
    elif is_begun and row.left != known.left[order.pk]:
        rule = f"{number} has begun here: {known.left[order.pk].normalize():f} are left to be made"
        yield "quantity", rule, "Its jobs tell how far it is. Write that, or leave the row out."


def _check_routings(
    check: RowCheck[ProductionOrderRow],
    known: _Known,
    revisions: Mapping[str, MaterialRevision | None],
    routings: Routings,
) -> None:
    for index, row in enumerate(check.rows):
        if row.is_finished or row.number in known.orders or row.material not in revisions:
            continue
        revision = revisions[row.material]
        if revision is None or revision.pk not in routings:
            rule = f"{row.material} has no operations at this site"
            check.add(index, "material", rule, "Enter its operations first, as a list of routings.")


def _values(
    site: Site,
    row: ProductionOrderRow,
    material: Material,
    revisions: Mapping[int, MaterialRevision],
    known: _Known,
) -> dict[str, object]:
    order = known.orders.get(row.number)
    due_at = row.due_at if row.due_at.tzinfo else instant(site.zone, row.due_at)
    values: dict[str, object] = {"site_id": site.pk, "number": row.number, "due_at": due_at}
    if order is not None:
        received = order.quantity - known.left[order.pk]
        return values | {"quantity": received + row.left}
    return values | {
        "kind": Kind.MAKE,
        "material_id": material.pk,
        "material_revision_id": revisions[material.pk].pk,
        "quantity": row.left,
        "status": Status.FIRM,
    }


def _resized(orders: Sequence[SupplyOrder], known: _Known) -> dict[int, tuple[Decimal, Decimal]]:
    found = {}
    for order in orders:
        before = known.orders.get(order.number or "")
        if before is not None and before.quantity != order.quantity:
            found[order.pk] = before.quantity, order.quantity
    return found


def _move(orders: Sequence[SupplyOrder], to: str, jobs_to: str, *, at: datetime, by: Actor) -> None:
    """The orders and the jobs that nobody has begun."""
    if not orders:
        return
    move_supply_orders(orders, to, at=at, by=by)
    jobs = rows_of(JobOrder.objects.unfinished(), "supply_order_id", {o.pk for o in orders})
    move_jobs(jobs, jobs_to, at=at, by=by)
