"""What supplies an order line, level by level down to stock and purchases."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from obeya.plant.work.models import Demand, MaterialRequirement, Peg, SupplyOrder
from obeya.ui.templatetags.ui import amount, badge

DEEPEST = 12


def supply_chain(demand: Demand) -> list[dict[str, Any]]:
    """Nodes for the tree part, with `at`: when it comes; two queries a level.

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
    for _level in range(DEEPEST):
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
    """With `planned_end`: when the last job of the supplying order ends by the published plan."""
    return list(
        pegs.select_related("supply_order__material__unit", "supply_order__supplier")
        .annotate(planned_end=Max("supply_order__jobs__planned_end_at"))
        .order_by("id")
    )


def _node(
    peg: Peg,
    material: Any,
    needs_of: dict[int, list[MaterialRequirement]],
    pegs_of: dict[int, list[Peg]],
    depth: int = 1,
) -> dict[str, Any]:
    order = peg.supply_order
    at = peg.planned_end or order.available_at or order.due_at if order else None  # type: ignore[attr-defined]
    return {
        "title": f"{material.code} × {amount(peg.quantity)} {material.unit.name}",
        "url": reverse("engineering:material", args=[material.code]),
        "badge": _badge(order),
        "note": _note(order, at),
        "at": at,
        "is_open": depth == 1,
        "children": [
            _node(below, need.material, needs_of, pegs_of, depth + 1)
            for need in (needs_of.get(order.pk, []) if order else [])
            for below in pegs_of.get(need.pk, [])
        ],
    }


def _badge(order: SupplyOrder | None) -> str:
    if order is None:
        return badge(_("stock"), "good")
    if order.status == SupplyOrder.Status.PROPOSED:
        return badge(f"{order.get_kind_display()}, {order.get_status_display()}")
    return badge(order.get_kind_display(), "active")


def _note(order: SupplyOrder | None, at: datetime | None) -> str:
    if order is None or at is None:
        return ""
    words = [
        order.number or "",
        str(order.supplier or ""),
        f"{date_format(localtime(at), 'SHORT_DATETIME_FORMAT')}",
    ]
    return " · ".join(word for word in words if word)
