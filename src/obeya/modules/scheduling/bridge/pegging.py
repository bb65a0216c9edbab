"""Who waits for whom between orders, and for which purchases."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from obeya.modules.scheduling.bridge.plant_problem import Served
from obeya.modules.scheduling.bridge.steps import Work
from obeya.plant.work.models import Demand, Peg


@dataclass
class Pegging:
    """Pegs of a plan run, read once."""

    arcs: set[tuple[int, int]] = field(default_factory=set)  # steps: last of supplier, consumer
    ready_at: dict[int, datetime] = field(default_factory=dict)  # step → its purchases are there
    served: list[Served] = field(default_factory=list)
    due: dict[int, Demand] = field(default_factory=dict)  # order id → its most urgent demand
    weight: dict[int, int] = field(default_factory=dict)


def load_pegging(work: Work, *, now: datetime) -> Pegging:
    """Turn pegs into precedence between steps, dates of material, and due dates of orders."""
    result = Pegging()
    if work.run_id is None:
        return result
    pegs = (
        Peg.objects.filter(plan_run=work.run_id)
        .select_related(
            "supply_order", "requirement", "demand__customer", "demand__material", "demand__site"
        )
        .order_by("pk")
    )
    by_demand: dict[int, list[Peg]] = defaultdict(list)
    for peg in pegs:
        if peg.demand_id is not None:
            by_demand[peg.demand_id].append(peg)
        else:
            _requirement(peg, work, result, now)
    for rows in by_demand.values():
        _demand(rows, work, result, now)
    result.served.sort(key=lambda served: (served.demand.due_at, served.demand.code))
    return result


def _requirement(peg: Peg, work: Work, result: Pegging, now: datetime) -> None:
    consumer = peg.requirement.supply_order_id
    if consumer not in work.by_order or peg.supply_order_id is None:
        return  # the consumer is finished, or its material lies in stock
    number = peg.requirement.operation_number
    rows = work.by_order[consumer]
    users = [i for i in rows if work.steps[i].number == number] or work.first_steps(consumer)
    if peg.supply_order_id in work.by_order:
        last = work.by_order[peg.supply_order_id][-1]
        result.arcs |= {(last, user) for user in users}
        return
    ready = _available(peg, now)
    for user in users:
        result.ready_at[user] = max(result.ready_at.get(user, ready), ready)


def _demand(pegs: list[Peg], work: Work, result: Pegging, now: datetime) -> None:
    demand = pegs[0].demand
    made = [peg.supply_order_id for peg in pegs if peg.supply_order_id in work.by_order]
    others = [
        _available(p, now) for p in pegs if p.supply_order_id and p.supply_order_id not in made
    ]
    result.served.append(Served(demand, tuple(dict.fromkeys(made)), max([now, *others])))
    for order in made:
        known = result.due.get(order)
        if known is None or demand.due_at < known.due_at:
            result.due[order] = demand
        result.weight[order] = max(result.weight.get(order, 0), 1, round(demand.weight))


def _available(peg: Peg, now: datetime) -> datetime:
    """A purchase that should have come already may come any moment."""
    order = peg.supply_order
    return max(order.available_at or order.due_at, now)
