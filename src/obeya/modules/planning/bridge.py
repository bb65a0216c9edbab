"""Rows ↔ the explosion: the only place of this room where datetimes become seconds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model, Q, QuerySet, Sum

from obeya.engines.mrp import Component, ExplosionProblem, Gross, MaterialRule, Supply
from obeya.modules.planning.made import OPEN, Made, made_by_order
from obeya.modules.planning.netting import Holding, Need, Netting
from obeya.modules.planning.proposed import proposed_of
from obeya.modules.planning.units import millionths, seconds
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log.fields import MILLION
from obeya.plant.resources.models import Material, MaterialAtSite, MaterialRevision, Site
from obeya.plant.work.models import BomLine, Demand, MaterialRequirement, SupplyOrder

ONE_DAY = timedelta(days=1)  # tables name the last day of effect, the engine the first without
Row = TypeVar("Row", bound=Model)
MADE = ("finished", "semifinished")  # kinds that are made where a site says nothing else


def load_netting(
    site: Site,
    *,
    now: datetime,
    only: Collection[int] | None = None,
    run_id: int | None = None,
) -> Netting:
    """Read the plant's demands, stock, open orders and BOM in a fixed number of queries.

    With ``only``, what concerns these materials, and their rules without components; ``run_id``
    counts what that plan run proposes to make and buy, and what that needs, as decided.
    """
    chosen = Material.objects.order_by("pk").select_related("unit")
    materials = list(chosen if only is None else chosen.filter(pk__in=only))
    at = {material.pk: index for index, material in enumerate(materials)}
    components = _components(site, materials, at, now) if only is None else {}
    flows = _flows(site, only)
    made = made_by_order(site, only)
    gross, needs = _gross(site, at, flows, made, only)
    supplies, holdings = _supplies(site, at, flows, made, only)
    if run_id is not None:
        proposed = proposed_of(run_id, at)
        gross += [each for each, _ in proposed.needs]
        needs += [each for _, each in proposed.needs]
        supplies += [each for each, _ in proposed.supplies]
        holdings += [each for _, each in proposed.supplies]
    return Netting(
        site=site,
        now=now,
        problem=ExplosionProblem(
            tuple(_rules(site, materials, components)), tuple(gross), tuple(supplies)
        ),
        material_ids=tuple(material.pk for material in materials),
        needs=tuple(needs),
        holdings=tuple(holdings),
    )


def components_of(site: Site, now: datetime) -> dict[int, list[Component]]:
    """What goes into each material of today's BOM; here a component's number is its id."""
    materials = list(Material.objects.order_by("pk").select_related("unit"))
    return _components(site, materials, {each.pk: each.pk for each in materials}, now)


def received(site: Site) -> dict[int, Decimal]:
    """What came into stock of each open order, in its own material."""
    owner = dict(SupplyOrder.objects.at(site).filter(status__in=OPEN).values_list("pk", "material"))
    flows = _flows(site)
    return {pk: max(flows.get((pk, made), Decimal(0)), Decimal(0)) for pk, made in owner.items()}


def effective_revisions(now: datetime, site: Site) -> dict[int, MaterialRevision]:
    """The revision of each material that is in force: of several, the one that began last."""
    today = now.astimezone(ZoneInfo(site.time_zone)).date()
    in_force = MaterialRevision.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    )
    oldest_first = sorted(in_force, key=lambda r: (r.valid_from or date.min, r.pk))
    return {revision.material_id: revision for revision in oldest_first}


def made_at(site: Site) -> set[int]:
    """Materials that the site makes."""
    policies = dict(MaterialAtSite.objects.filter(site=site).values_list("material", "policy"))
    return {
        pk
        for pk, kind in Material.objects.values_list("pk", "kind")
        if (policies[pk] == "make" if pk in policies else kind in MADE)
    }


def _rules(
    site: Site, materials: list[Material], components: Mapping[int, list[Component]]
) -> Iterable[MaterialRule]:
    local = {row.material_id: row for row in MaterialAtSite.objects.filter(site=site)}
    for material in materials:
        row = local.get(material.pk)
        is_made = row.policy == "make" if row else material.kind in MADE
        yield MaterialRule(
            is_made=is_made,
            lead_time=row.lead_time_s if row else 0,
            lot_minimum=millionths(row.lot_minimum or Decimal(0)) if row else 0,
            lot_multiple=millionths(row.lot_multiple or Decimal(0)) if row else 0,
            components=tuple(components.get(material.pk, ())) if is_made else (),
        )


def _components(
    site: Site, materials: list[Material], at: Mapping[int, int], now: datetime
) -> dict[int, list[Component]]:
    step = {m.pk: MILLION // 10**m.unit.decimals for m in materials}
    zone = ZoneInfo(site.time_zone)
    revisions = {r.pk: m for m, r in effective_revisions(now, site).items()}
    result: dict[int, list[Component]] = defaultdict(list)
    lines = BomLine.objects.filter(revision__in=revisions, is_by_product=False)
    for line in lines.order_by("revision", "priority", "pk"):
        result[revisions[line.revision_id]].append(
            Component(
                material=at[line.component_id],
                quantity=millionths(line.quantity_per),
                per=millionths(line.per_quantity),
                scrap=millionths(line.scrap_rate),
                step=step[line.component_id],
                operation_number=line.operation_number,
                alternate_group=line.alternate_group,
                priority=line.priority,
                valid_from=_midnight(line.valid_from, zone),
                valid_to=_midnight(line.valid_to and line.valid_to + ONE_DAY, zone),
            )
        )
    return result


def _midnight(day: date | None, zone: ZoneInfo) -> int | None:
    return None if day is None else seconds(datetime.combine(day, time(), zone))


def _gross(
    site: Site,
    at: Mapping[int, int],
    flows: Mapping[tuple[int, int], Decimal],
    made: Mapping[int, Made],
    only: Collection[int] | None,
) -> tuple[list[Gross], list[Need]]:
    gross, needs = [], []
    demands = _of(only, Demand.objects.at(site).filter(status="open"))
    demands = demands.order_by("due_at", "-weight", "pk")
    for rank, demand in enumerate(demands):
        quantity = millionths(demand.quantity)
        gross.append(Gross(at[demand.material_id], quantity, seconds(demand.due_at), rank))
        needs.append(Need(demand_id=demand.pk))
    issued = {key: -flow for key, flow in flows.items() if flow < 0}
    requirements = _of(
        only,
        MaterialRequirement.objects.filter(
            supply_order__site=site, supply_order__status__in=OPEN, direction="consumed"
        ),
    ).select_related("supply_order")
    for requirement in requirements.order_by("supply_order__due_at", "pk"):
        if made[requirement.supply_order_id].is_done(requirement.operation_number):
            continue  # what its operation has not used by now, it will not use any more
        key = requirement.supply_order_id, requirement.material_id
        served = min(issued.get(key, Decimal(0)), requirement.quantity)
        issued[key] = issued.get(key, Decimal(0)) - served
        if left := millionths(requirement.quantity - served):
            due = seconds(requirement.supply_order.due_at)
            gross.append(Gross(at[requirement.material_id], left, due))
            needs.append(Need(requirement_id=requirement.pk))
    return gross, needs


def _supplies(
    site: Site,
    at: Mapping[int, int],
    flows: Mapping[tuple[int, int], Decimal],
    made: Mapping[int, Made],
    only: Collection[int] | None,
) -> tuple[list[Supply], list[Holding]]:
    supplies, holdings = [], []
    lying = StockBalance.objects.filter(location__site=site, status="available", quantity__gt=0)
    on_hand = (
        _of(only, lying).values("material").annotate(total=Sum("quantity")).order_by("material")
    )
    for row in on_hand:
        supplies.append(Supply(at[row["material"]], millionths(row["total"]), available=0))
        holdings.append(Holding())
    orders = _of(only, SupplyOrder.objects.at(site).filter(status__in=OPEN))
    for order in orders.order_by("due_at", "pk"):
        received = max(flows.get((order.pk, order.material_id), Decimal(0)), Decimal(0))
        left = order.quantity - received - made[order.pk].lost_on_the_way
        if left > 0:
            available = seconds(order.available_at or order.due_at)
            supplies.append(Supply(at[order.material_id], millionths(left), available))
            holdings.append(Holding(order.pk))
    return supplies, holdings


def _flows(site: Site, only: Collection[int] | None = None) -> dict[tuple[int, int], Decimal]:
    """Out of production less into it, by open order and material, as the ledger says.

    Positive: received from the order; negative: issued to it. Reversals cancel by themselves.
    """
    totals: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    moves = _of(only, StockMove.objects.filter(site=site, job__supply_order__status__in=OPEN))
    for end, sign in (("from_location", 1), ("to_location", -1)):
        rows = (
            moves.filter(**{f"{end}__code": "PRODUCTION"})
            .values("job__supply_order", "material")
            .annotate(total=Sum("quantity"))
            .order_by("job__supply_order", "material")
        )
        for row in rows:
            totals[row["job__supply_order"], row["material"]] += sign * row["total"]
    return totals


def _of(only: Collection[int] | None, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those of some materials, or all."""
    return rows if only is None else rows.filter(material__in=only)
