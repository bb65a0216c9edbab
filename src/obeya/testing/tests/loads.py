"""Rough load and needs from the rows alone: an account that is not the planner's."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from obeya.modules.engineering.rows import BomRow, OperationRow
from obeya.modules.inventory.rows import StockRow
from obeya.modules.orders.rows import DemandRow


def needs_beyond_stock(
    demands: Iterable[DemandRow], bom: Iterable[BomRow], stock: Iterable[StockRow]
) -> list[tuple[str, Decimal]]:
    """What must be made or bought, lot for lot by due date: (material, quantity) per need."""
    parts: dict[str, list[BomRow]] = defaultdict(list)
    for line in bom:
        parts[line.material].append(line)
    left: Counter[str] = Counter()
    for held in stock:
        left[held.material] += held.quantity  # type: ignore[assignment]
    found: list[tuple[str, Decimal]] = []

    def need(material: str, quantity: Decimal) -> None:
        taken = min(quantity, Decimal(left[material]))
        left[material] -= taken  # type: ignore[assignment]
        if short := quantity - taken:
            found.append((material, short))
            for line in parts[material]:
                need(line.component, short * line.quantity_per / line.per_quantity)

    for demand in sorted(demands, key=lambda each: each.due_at):
        need(demand.material, demand.quantity)
    return found


def hours_by_work_center(
    needs: Sequence[tuple[str, Decimal]], operations: Iterable[OperationRow], setup_min: int = 45
) -> dict[str, float]:
    """Run and setup hours; a setup counts ``setup_min``, between same and other family."""
    steps: dict[str, list[OperationRow]] = defaultdict(list)
    for step in operations:
        steps[step.material].append(step)
    hours: dict[str, float] = defaultdict(float)
    for material, quantity in needs:
        for step in steps[material]:
            if step.equipment and not step.is_batch:
                hours[step.equipment] += float(quantity * step.run_s) / 3600 + setup_min / 60
    return dict(hours)
