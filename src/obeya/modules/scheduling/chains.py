"""Which orders make what each demand asks for, and what their bars are called."""

from collections import defaultdict
from collections.abc import Sequence

from obeya.modules.scheduling.bridge import PlantProblem


def chains_of(plant: PlantProblem) -> list[frozenset[int]]:
    """For each demand served the orders that make it, components included."""
    suppliers = _suppliers(plant)
    return [_chain(served.order_ids, suppliers) for served in plant.served]


def demand_of_order(chains: Sequence[frozenset[int]]) -> dict[int, int]:
    """Order → position of the demand that it serves, directly or through other orders."""
    result: dict[int, int] = {}
    for position, chain in enumerate(chains):
        for order in chain:
            result.setdefault(order, position)
    return result


class BarNames:
    """What the board calls each bar: an operation and the demand that it serves.

    Positions count from one problem; a name means the same bar after work or time went on.
    """

    def __init__(self, plant: PlantProblem) -> None:
        self._plant = plant
        self._demand_of = demand_of_order(chains_of(plant))

    def of(self, operation: int) -> str:
        step = self._plant.step(operation)
        position = self._demand_of.get(step.order.pk)
        if position is None:
            return step.title
        return f"{step.title} {self._plant.served[position].demand.code}"


def _suppliers(plant: PlantProblem) -> dict[int, set[int]]:
    """Order → orders whose product goes into it."""
    result: dict[int, set[int]] = defaultdict(set)
    arcs = plant.problem.precedence
    for before, after in zip(arcs.before.tolist(), arcs.after.tolist(), strict=True):
        supplier, consumer = plant.step(before).order.pk, plant.step(after).order.pk
        if supplier != consumer:
            result[consumer].add(supplier)
    return result


def _chain(orders: tuple[int, ...], suppliers: dict[int, set[int]]) -> frozenset[int]:
    seen: set[int] = set()
    todo = list(orders)
    while todo:
        order = todo.pop()
        if order not in seen:
            seen.add(order)
            todo += suppliers.get(order, ())
    return frozenset(seen)
