"""One pass over the BOM, lot for lot."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from obeya.engines.mrp.explosion import (
    Component,
    Consumer,
    Explosion,
    ExplosionProblem,
    MaterialRule,
    Pegging,
    PlannedOrder,
    PlannedRequirement,
    Supplier,
)
from obeya.engines.mrp.low_level import low_level_order


@dataclass(slots=True)
class _Open:
    """A supply that still has something to give."""

    supplier: Supplier
    index: int
    available: int
    left: int


@dataclass(slots=True)
class _Need:
    due: int
    rank: int
    consumer: Consumer
    index: int
    quantity: int


@dataclass(slots=True)
class _Book:
    """What one explosion writes down while it walks."""

    orders: list[PlannedOrder] = field(default_factory=list)
    requirements: list[PlannedRequirement] = field(default_factory=list)
    pegs: list[Pegging] = field(default_factory=list)


def explode(problem: ExplosionProblem) -> Explosion:
    """Net every need against what is there, level by level, and propose an order for the rest.

    Materials are taken in low-level order (Orlicky 1975, Material Requirements Planning, ch. 4),
    so that all needs of a material are known before it is netted. Within a material the needs are
    served by due date (then rank, then input order) from the supplies by date of availability;
    each unserved rest becomes one planned order (lot for lot), rounded up to the lot rule, whose
    surplus serves the needs after it. Need date of a component = need date of its parent minus
    the parent's lead time. A supply that comes after the need is used all the same: the schedule
    shows the delay, a second order beside an open one would hide it.

    Parameters
    ----------
    problem
        Quantities in millionths, times in seconds.

    Returns
    -------
    Explosion
        Every need is pegged to exactly its quantity; no supply gives more than it has.

    Raises
    ------
    CircularBom
        If a material contains itself.
    """
    book = _Book()
    needs: list[list[_Need]] = [[] for _ in problem.materials]
    for index, gross in enumerate(problem.gross):
        needs[gross.material].append(
            _Need(gross.due, gross.rank, Consumer.GROSS, index, gross.quantity)
        )
    open_supplies: list[list[_Open]] = [[] for _ in problem.materials]
    for index, supply in enumerate(problem.supplies):
        open_supplies[supply.material].append(
            _Open(Supplier.SUPPLY, index, supply.available, supply.quantity)
        )
    for material in low_level_order(problem.materials):
        rows = sorted(needs[material], key=lambda need: (need.due, need.rank))
        supplies = sorted(open_supplies[material], key=lambda supply: supply.available)
        first = len(book.orders)
        _net(material, problem.materials[material], rows, supplies, book)
        for order in range(first, len(book.orders)):
            _explode_order(order, problem.materials[material], needs, book)
    return Explosion(tuple(book.orders), tuple(book.requirements), tuple(book.pegs))


def _net(
    material: int, rule: MaterialRule, needs: list[_Need], supplies: list[_Open], book: _Book
) -> None:
    """Serve the needs in order; propose an order whenever the supplies have run out."""
    at = 0
    for need in needs:
        missing = need.quantity
        while missing:
            while at < len(supplies) and not supplies[at].left:
                at += 1
            if at == len(supplies):
                lot = rule.lot(missing)
                supplies.append(_Open(Supplier.PLANNED, len(book.orders), need.due, lot))
                book.orders.append(PlannedOrder(material, lot, need.due))
            source = supplies[at]
            taken = min(missing, source.left)
            source.left -= taken
            missing -= taken
            book.pegs.append(
                Pegging(source.supplier, source.index, need.consumer, need.index, taken)
            )


def _explode_order(order: int, rule: MaterialRule, needs: list[list[_Need]], book: _Book) -> None:
    if not rule.is_made:
        return
    planned = book.orders[order]
    due = planned.due - rule.lead_time
    for component in chosen_components(rule.components, at=planned.due):
        quantity = component.need(planned.quantity)
        index = len(book.requirements)
        book.requirements.append(PlannedRequirement(order, component, quantity, due))
        needs[component.material].append(_Need(due, 0, Consumer.PLANNED, index, quantity))


def chosen_components(components: Iterable[Component], *, at: int) -> list[Component]:
    """The lines that apply at a time: effective ones, and of each alternate group the first."""
    chosen: dict[str, Component] = {}
    result: list[Component] = []
    for component in components:
        if not component.is_effective(at):
            continue
        group = component.alternate_group
        if not group:
            result.append(component)
        elif group not in chosen or component.priority < chosen[group].priority:
            chosen[group] = component
    return result + list(chosen.values())
