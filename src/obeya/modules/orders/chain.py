"""What supplies an order line, level by level down to stock and purchases."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from obeya.plant.work.models import Demand, MaterialRequirement, Peg, SupplyOrder

DEEPEST = 12


def supply_chain(demand: Demand) -> list[dict[str, Any]]:
    """Nodes {material, quantity, order (none: stock), at, children}; two queries a level.

    Runs of the planner stand side by side: the pegs of the newest one count, and those of firm
    orders, which belong to none.
    """
    pegs = Peg.objects.filter(demand=demand)
    newest = pegs.aggregate(run=Max("plan_run"))["run"]
    current = Q(plan_run=None) | Q(plan_run=newest)
    level = _read(pegs.filter(current))
    pegs_of: dict[int, list[Peg]] = {}  # by requirement
    needs_of: dict[int, list[MaterialRequirement]] = defaultdict(list)  # by supply order
    top = level
    for _ in range(DEEPEST):
        orders = {p.supply_order_id for p in level if p.supply_order_id} - set(needs_of)
        if not orders:
            break
        needs = MaterialRequirement.objects.filter(
            supply_order__in=orders, direction=MaterialRequirement.Direction.CONSUMED
        ).select_related("material__unit")
        for need in needs:
            needs_of[need.supply_order_id].append(need)
        ids = [need.pk for order in orders for need in needs_of[order]]
        level = _read(Peg.objects.filter(current, requirement__in=ids))
        for peg in level:
            pegs_of.setdefault(peg.requirement_id, []).append(peg)
        for order in orders:
            needs_of.setdefault(order, [])
    return [_node(peg, demand.material, needs_of, pegs_of) for peg in top]


def _read(pegs: Any) -> list[Peg]:
    return list(
        pegs.select_related("supply_order__material__unit", "supply_order__supplier").order_by("id")
    )


def _node(
    peg: Peg,
    material: Any,
    needs_of: dict[int, list[MaterialRequirement]],
    pegs_of: dict[int, list[Peg]],
) -> dict[str, Any]:
    order = peg.supply_order
    children = [
        _node(below, need.material, needs_of, pegs_of)
        for need in (needs_of.get(order.pk, []) if order else [])
        for below in pegs_of.get(need.pk, [])
    ]
    return {
        "material": material,
        "quantity": peg.quantity,
        "order": order,
        "at": _available(order),
        "children": children,
    }


def _available(order: SupplyOrder | None) -> datetime | None:
    return (order.available_at or order.due_at) if order else None
