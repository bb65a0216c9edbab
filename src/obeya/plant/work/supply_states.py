"""The states of a supply order: which may follow which, and the only way from one to the next.

proposed → firm → released → started → completed → closed. A proposed order is a run's opinion: it
has no number and no transitions. One step goes back: completed → started, the undo of a report.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.refusal import Problem
from obeya.plant.log.saving import update_many
from obeya.plant.work.models import (
    JobSpecification,
    MaterialRequirement,
    SupplyOrder,
    SupplyOrderTransition,
)
from obeya.plant.work.transitions import Allowed, StepRefused, check

Status = SupplyOrder.Status
ALLOWED: Allowed = {
    Status.PROPOSED: frozenset({Status.FIRM}),
    Status.FIRM: frozenset({Status.RELEASED, Status.CANCELLED}),
    Status.RELEASED: frozenset({Status.STARTED, Status.COMPLETED, Status.CANCELLED}),
    Status.STARTED: frozenset({Status.COMPLETED, Status.CLOSED}),
    Status.COMPLETED: frozenset({Status.CLOSED, Status.STARTED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}


def open_supply_orders(
    orders: Sequence[SupplyOrder], *, at: datetime, by: Actor
) -> list[SupplyOrder]:
    """Write new orders that were never proposed: numbered, firm or released already."""
    insert_many(orders, ids=True)
    _record([(order.pk, "", order.status) for order in orders], [at] * len(orders), by)
    return list(orders)


def move_supply_orders(
    orders: Sequence[SupplyOrder],
    to: str,
    *,
    at: datetime,
    by: Actor,
    numbers: Sequence[str] = (),
    moments: Sequence[datetime] = (),
) -> list[SupplyOrder]:
    """Take every order to the state `to`, or none; returns them as they are then, in their order.

    All at `at`, or `orders[i]` at `moments[i]`. Becoming firm takes a number each (`numbers[i]`
    for `orders[i]`). Becoming released freezes the requirements of the order and the
    specifications of its jobs. Query count does not grow with the orders.
    """
    ids = [order.pk for order in orders]
    locked = {
        row.pk: row
        for row in SupplyOrder.objects.filter(pk__in=ids).select_for_update().order_by("pk")
    }
    check(orders, {pk: row.status for pk, row in locked.items()}, to, ALLOWED)
    steps = [(pk, locked[pk].status, to) for pk in ids]
    moved = [locked[pk] for pk in ids]
    for order in moved:
        order.status = to
    if to == Status.FIRM:
        _number(moved, numbers)
        update_many(moved, ["status", "number"])
    else:
        SupplyOrder.objects.filter(pk__in=ids).update(status=to)
    if to == Status.RELEASED:
        freeze(ids)
    _record(steps, moments or [at] * len(steps), by)
    return moved


def freeze(order_ids: Iterable[int]) -> None:
    """From now on the orders are made as required and specified now."""
    chosen = list(order_ids)
    MaterialRequirement.objects.filter(supply_order__in=chosen, is_frozen=False).update(
        is_frozen=True
    )
    JobSpecification.objects.filter(job__supply_order__in=chosen, is_frozen=False).update(
        is_frozen=True
    )


def _number(orders: Sequence[SupplyOrder], numbers: Sequence[str]) -> None:
    if len(numbers) != len(orders):
        raise StepRefused(
            [
                Problem(
                    f"{len(orders)} orders become firm, {len(numbers)} numbers are given",
                    "Give each its number, from the site's number series.",
                    field="number",
                )
            ]
        )
    for order, number in zip(orders, numbers, strict=True):
        order.number = number


def _record(steps: Sequence[tuple[int, str, str]], moments: Sequence[datetime], by: Actor) -> None:
    insert_many(
        [
            SupplyOrderTransition(
                supply_order_id=pk, from_status=state, to_status=to, at=at, by_id=by.account_id
            )
            for (pk, state, to), at in zip(steps, moments, strict=True)
        ]
    )
