"""The answer of an explosion becomes rows of its plan run: invisible until the run is adopted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from obeya.engines.mrp import Consumer, Explosion, Supplier
from obeya.modules.planning.bridge import effective_revisions
from obeya.modules.planning.netting import Netting
from obeya.modules.planning.units import moment
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.fields import MILLION
from obeya.plant.log.models import Run
from obeya.plant.resources.models import MaterialAtSite, Site
from obeya.plant.work.models import MaterialRequirement, Peg, SupplyOrder


@dataclass(frozen=True)
class Proposed:
    """How much an explosion proposed."""

    make: int
    buy: int
    pegs: int


def write_proposals(netting: Netting, answer: Explosion, *, run: Run) -> Proposed:
    """Write orders, requirements and pegs of a run, in a fixed number of statements."""
    orders = insert_many(_orders(netting, answer, run), ids=True)
    requirements = insert_many(_requirements(netting, answer, orders), ids=True)
    pegs = insert_many(_pegs(netting, answer, orders, requirements, run))
    make = sum(order.kind == "make" for order in orders)
    return Proposed(make=make, buy=len(orders) - make, pegs=len(pegs))


def _orders(netting: Netting, answer: Explosion, run: Run) -> list[SupplyOrder]:
    revisions = effective_revisions(netting.now, netting.site)
    policies = _policies(netting.site)
    orders = []
    for planned in answer.orders:
        material_id = netting.material_ids[planned.material]
        rule = netting.problem.materials[planned.material]
        due = moment(planned.due)
        kind = "make" if rule.is_made else policies.get(material_id, "buy")
        orders.append(
            SupplyOrder(
                site=netting.site,
                kind=kind,
                material_id=material_id,
                material_revision=revisions.get(material_id) if rule.is_made else None,
                quantity=_quantity(planned.quantity),
                due_at=due,
                available_at=None if rule.is_made else _earliest(netting, rule.lead_time),
                status="proposed",
                plan_run=run,
            )
        )
    return orders


def _earliest(netting: Netting, lead_time: int) -> datetime:
    """When a purchase could be there if it were ordered now: the schedule waits no longer."""
    return moment(int(netting.now.timestamp()) + lead_time)


def _policies(site: Site) -> dict[int, str]:
    rows = MaterialAtSite.objects.filter(site=site).exclude(policy="make")
    return dict(rows.values_list("material_id", "policy"))


def _requirements(
    netting: Netting, answer: Explosion, orders: list[SupplyOrder]
) -> list[MaterialRequirement]:
    consumed = [
        MaterialRequirement(
            supply_order=orders[planned.order],
            operation_number=planned.component.operation_number,
            material_id=netting.material_ids[planned.component.material],
            direction="consumed",
            quantity=_quantity(planned.quantity),
        )
        for planned in answer.requirements
    ]
    produced = [
        MaterialRequirement(
            supply_order=order,
            material_id=order.material_id,
            direction="produced",
            quantity=order.quantity,
        )
        for order in orders
        if order.kind == "make"
    ]
    return consumed + produced


def _pegs(
    netting: Netting,
    answer: Explosion,
    orders: list[SupplyOrder],
    requirements: list[MaterialRequirement],
    run: Run,
) -> list[Peg]:
    pegs = []
    for pegging in answer.pegs:
        peg = Peg(plan_run=run, quantity=_quantity(pegging.quantity))
        if pegging.supplier is Supplier.PLANNED:
            peg.supply_order = orders[pegging.supply]
        else:
            peg.supply_order_id = netting.holdings[pegging.supply].supply_order_id
            peg.is_from_stock = peg.supply_order_id is None
        if pegging.consumer is Consumer.PLANNED:
            peg.requirement = requirements[pegging.need]
        else:
            need = netting.needs[pegging.need]
            peg.demand_id, peg.requirement_id = need.demand_id, need.requirement_id
        pegs.append(peg)
    return pegs


def _quantity(millionths: int) -> Decimal:
    return Decimal(millionths) / MILLION
