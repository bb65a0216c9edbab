"""Where a quantity comes from when nobody else gives anything up: stock, orders, and what is new.

The question behind a promise (APICS: available-to-promise, level by level). All others are served
first, as the plan serves them; what they leave is free. The rest is made or bought anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from obeya.engines.mrp import (
    CircularBom,
    Component,
    Consumer,
    Explosion,
    ExplosionProblem,
    Gross,
    MaterialRule,
    Pegging,
    Supplier,
    Supply,
    chosen_components,
    explode,
)
from obeya.modules.planning.bridge import (
    components_of,
    effective_revisions,
    load_netting,
    made_at,
)
from obeya.modules.planning.circles import circle_refusal
from obeya.modules.planning.netting import Netting
from obeya.modules.planning.ordering import Routings, routings_of
from obeya.modules.planning.units import millionths, seconds
from obeya.plant.log.fields import MILLION
from obeya.plant.resources.models import Material, MaterialRevision, Site
from obeya.plant.work.models import SupplyOrder


@dataclass(frozen=True)
class Lot:
    """A quantity that has to be made anew; ``revision`` None: none of it is in force."""

    material: Material
    revision: MaterialRevision | None
    quantity: Decimal


@dataclass(frozen=True)
class Share:
    """A quantity of a material on its way into a lot, or (``into`` None) to who asks for it.

    It comes out of ``lot``, which is made anew; from ``order``, which runs already; out of a
    purchase made now, ``lead_time_s`` from now; or else it lies in stock.
    """

    material: Material
    quantity: Decimal
    into: int | None
    operation_number: int | None = None
    lot: int | None = None
    order: SupplyOrder | None = None
    lead_time_s: int | None = None

    @property
    def is_from_stock(self) -> bool:
        return self.lot is None and self.order is None and self.lead_time_s is None


@dataclass(frozen=True)
class Cover:
    """Lots to make, and every share of material; ``routings`` by revision."""

    lots: tuple[Lot, ...]
    shares: tuple[Share, ...]
    routings: Routings


def cover(
    *,
    site: Site,
    material: Material,
    quantity: Decimal,
    due_at: datetime,
    now: datetime,
    run_id: int | None,
) -> Cover:
    """Say where the quantity comes from, beside all that the plan of a run needs.

    Raises
    ------
    BomIsCircular
    """
    parts, revisions = _chosen(site, material.pk, due_at=due_at, now=now)
    netting = load_netting(site, now=now, only=parts, run_id=run_id)
    at = {pk: index for index, pk in enumerate(netting.material_ids)}
    lines = {pk: [replace(each, material=at[each.material]) for each in parts[pk]] for pk in parts}
    rules = tuple(
        replace(rule, components=tuple(lines[pk]) if rule.is_made else ())
        for pk, rule in zip(netting.material_ids, netting.problem.materials, strict=True)
    )
    wanted = Gross(at[material.pk], millionths(quantity), seconds(due_at))
    try:
        left, holding = _left_by_others(netting, rules)
        answer = explode(ExplosionProblem(rules, (wanted,), left))
    except CircularBom as circle:
        raise circle_refusal(netting.material_ids, circle) from circle
    return _told(netting, answer, holding, site=site, revisions=revisions)


def _chosen(
    site: Site, material: int, *, due_at: datetime, now: datetime
) -> tuple[dict[int, list[Component]], Mapping[int, MaterialRevision]]:
    """Each material below, with the lines of it that apply: alternates and dates are decided."""
    components, made = components_of(site, now), made_at(site)
    found: dict[int, list[Component]] = {}
    todo = [material]
    while todo:
        pk = todo.pop()
        if pk in found:
            continue
        below = components.get(pk, []) if pk in made else []
        found[pk] = [
            replace(line, alternate_group="", valid_from=None, valid_to=None)
            for line in chosen_components(below, at=seconds(due_at))
        ]
        todo += [line.material for line in found[pk]]
    return found, effective_revisions(now, site)


def _left_by_others(
    netting: Netting, rules: tuple[MaterialRule, ...]
) -> tuple[tuple[Supply, ...], list[int]]:
    """What is left of each supply once all others have theirs; and which one it was.

    What they lack is not bought or made here in lots, which could leave something over.
    """
    problem = netting.problem
    lotless = tuple(replace(rule, lot_minimum=0, lot_multiple=0) for rule in rules)
    taken = [0] * len(problem.supplies)
    for peg in explode(ExplosionProblem(lotless, problem.gross, problem.supplies)).pegs:
        if peg.supplier is Supplier.SUPPLY:
            taken[peg.supply] += peg.quantity
    kept = [i for i, supply in enumerate(problem.supplies) if supply.quantity > taken[i]]
    free = tuple(
        replace(problem.supplies[i], quantity=problem.supplies[i].quantity - taken[i]) for i in kept
    )
    return free, kept


def _told(
    netting: Netting,
    answer: Explosion,
    holding: list[int],
    *,
    site: Site,
    revisions: Mapping[int, MaterialRevision],
) -> Cover:
    materials = Material.objects.select_related("unit").in_bulk(netting.material_ids)
    by_row = [materials[pk] for pk in netting.material_ids]
    rules = netting.problem.materials
    made_rows = [i for i, order in enumerate(answer.orders) if rules[order.material].is_made]
    lot_of = {row: index for index, row in enumerate(made_rows)}
    lots = tuple(
        Lot(
            by_row[answer.orders[row].material],
            revisions.get(by_row[answer.orders[row].material].pk),
            _quantity(answer.orders[row].quantity),
        )
        for row in made_rows
    )
    orders = SupplyOrder.objects.in_bulk(_orders_used(netting, answer.pegs, holding))
    shares = []
    for peg in answer.pegs:
        into, number = None, None
        if peg.consumer is Consumer.PLANNED:
            requirement = answer.requirements[peg.need]
            into, number = lot_of[requirement.order], requirement.component.operation_number
        order = lot = lead_time = None
        if peg.supplier is Supplier.SUPPLY:
            row = netting.problem.supplies[holding[peg.supply]].material
            order = orders.get(netting.holdings[holding[peg.supply]].supply_order_id or 0)
        else:
            row, lot = answer.orders[peg.supply].material, lot_of.get(peg.supply)
            lead_time = rules[row].lead_time if lot is None else None
        shares.append(
            Share(by_row[row], _quantity(peg.quantity), into, number, lot, order, lead_time)
        )
    to_make = [lot.revision for lot in lots if lot.revision is not None]
    return Cover(lots, tuple(shares), routings_of(site, to_make))


def _orders_used(netting: Netting, pegs: Iterable[Pegging], holding: list[int]) -> Iterator[int]:
    for peg in pegs:
        if peg.supplier is Supplier.SUPPLY:
            order = netting.holdings[holding[peg.supply]].supply_order_id
            if order is not None:
                yield order


def _quantity(amount: int) -> Decimal:
    return Decimal(amount) / MILLION
