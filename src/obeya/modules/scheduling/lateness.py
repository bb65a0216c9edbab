"""When each demand is met, how late that is, and why."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from obeya.engines.scheduling import Schedule
from obeya.modules.scheduling.bridge import PlantProblem
from obeya.modules.scheduling.reasons import cause_sentences
from obeya.plant.work.models import Demand


@dataclass(frozen=True)
class Lateness:
    """One demand under a schedule; times in seconds from the plant's origin."""

    demand: Demand
    due: int
    end: int
    cause: str  # a sentence, empty when in time
    chain: frozenset[int]  # orders that make it, components included

    @property
    def late_s(self) -> int:
        """Above 0: late; below: in hand."""
        return self.end - self.due


def lateness_of(plant: PlantProblem, schedule: Schedule) -> list[Lateness]:
    """Every demand under this plan, the earliest due first."""
    causes = cause_sentences(plant, schedule)
    last = plant.problem.orders.last_operation.tolist()
    ends = {
        order: int(schedule.end[last[i]]) for i, order in enumerate(plant.order_ids) if last[i] >= 0
    }
    suppliers = _suppliers(plant)
    rows = []
    for served in plant.served:
        ready = plant.seconds(served.ready_at)
        due = plant.seconds(served.demand.due_at)
        latest = max(served.order_ids, key=lambda o: ends.get(o, 0), default=None)
        end = max(ready, ends.get(latest, 0)) if latest else ready
        cause = ""
        if end > due:
            cause = _cause(plant, causes, latest if ends.get(latest, 0) > ready else None, ready)
        rows.append(Lateness(served.demand, due, end, cause, _chain(served.order_ids, suppliers)))
    return rows


def _cause(plant: PlantProblem, causes: Mapping[int, str], latest: int | None, ready: int) -> str:
    if latest is not None:
        return causes[latest]
    if ready > plant.seconds(plant.as_of):
        return _("A purchase comes too late.")
    return _("It was due already; what it needs is there.")


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
