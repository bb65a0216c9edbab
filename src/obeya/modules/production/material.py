"""What a report does to stock: components go in, scrap and good pieces come out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F

from obeya.modules.production.refusals import NowhereToPut
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.ledgers.stock import Move
from obeya.plant.log.checking import rows_of
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialAtSite,
    MaterialLot,
    Site,
)
from obeya.plant.work.models import JobOrder, JobTotals, MaterialRequirement

MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class Made:
    """Pieces that a job made, and those that it spoiled."""

    job: JobOrder
    good: Decimal
    scrap: Decimal


@dataclass(frozen=True)
class Shortfall:
    """Used, though the books had less."""

    job: JobOrder
    material: Material
    quantity: Decimal


@dataclass
class Postings:
    moves: list[Move] = field(default_factory=list)
    shortfalls: list[Shortfall] = field(default_factory=list)


def postings_for(site: Site, made: Sequence[Made], *, at: datetime) -> Postings:
    """Moves for these reports; a fixed number of queries.

    Components of the operation are used in proportion to good and scrap together (backflush), the
    oldest lots first; what all reports of a job have used is rounded, not each by itself. What the
    books lack is taken from ADJUSTMENT and told as a shortfall: a report from the floor is never
    refused for a wrong balance, and the ledger still adds up.
    The last operation puts good pieces into stock; scrap of any operation goes to SCRAP as
    finished loss only there, before it the components are lost already.
    """
    places = _Places(site, made, at)
    result = Postings()
    for row in made:
        _use_components(row, places, result, at)
        if places.is_last(row.job):
            _put_away(row, places, result, at)
    return result


def _use_components(row: Made, places: "_Places", result: Postings, at: datetime) -> None:
    before = places.made_before(row.job)
    after = before + row.good + row.scrap
    for requirement in places.components_of(row.job):
        quantity = _used(requirement, row.job, after) - _used(requirement, row.job, before)
        for known, lot, part in places.take(requirement.material, quantity):
            if known is None:
                result.shortfalls.append(Shortfall(row.job, requirement.material, part))
                if requirement.material.is_lot_tracked:
                    continue  # nobody knows which lot: the count that follows says so
            result.moves.append(
                Move(
                    material=requirement.material,
                    quantity=part,
                    from_location=known or places.adjustment,
                    to_location=places.production,
                    lot=lot,
                    at=at,
                    job=row.job,
                    document=row.job.code,
                )
            )


def _used(requirement: MaterialRequirement, job: JobOrder, made: Decimal) -> Decimal:
    """Of a component, for this many pieces of the order."""
    used = requirement.quantity * made / job.supply_order.quantity
    return used.quantize(MILLIONTH, ROUND_HALF_UP)


def _put_away(row: Made, places: "_Places", result: Postings, at: datetime) -> None:
    material = row.job.supply_order.material
    for quantity, target in ((row.good, places.home(material)), (row.scrap, places.scrap)):
        if quantity:
            result.moves.append(
                Move(
                    material=material,
                    quantity=quantity,
                    from_location=places.production,
                    to_location=target,
                    lot=places.lot_of(row.job) if material.is_lot_tracked else None,
                    at=at,
                    job=row.job,
                    document=row.job.code,
                )
            )


class _Places:
    """Everything that the postings need to know, read once for all reports."""

    def __init__(self, site: Site, made: Sequence[Made], at: datetime) -> None:
        self._site = site
        storages = list(Equipment.objects.at(site).filter(level="storage").order_by("code"))
        by_code = {place.code: place for place in storages}
        self.production, self.scrap = by_code["PRODUCTION"], by_code["SCRAP"]
        self.adjustment = by_code["ADJUSTMENT"]
        self._real = {place.pk: place for place in storages if not place.is_virtual}
        orders = {row.job.supply_order_id for row in made}
        self._last = _last_numbers(orders)
        self._first = _first_numbers(orders)
        self._components: dict[int, list[MaterialRequirement]] = defaultdict(list)
        requirements = MaterialRequirement.objects.filter(
            supply_order__in=orders, direction="consumed"
        ).select_related("material__unit")
        for requirement in requirements:
            self._components[requirement.supply_order_id].append(requirement)
        materials = {r.material_id for rows in self._components.values() for r in rows}
        self._balances = _balances(materials, self._real)
        products = {row.job.supply_order.material_id for row in made}
        self._homes = dict(
            MaterialAtSite.objects.filter(site=site, material__in=products)
            .exclude(storage=None)
            .values_list("material", "storage")
        )
        self._lots = lots_of({row.job: at for row in made}, site)
        self._totals = {
            totals.job_id: totals.good + totals.scrap
            for totals in JobTotals.objects.filter(job__in=[row.job.pk for row in made])
        }

    def made_before(self, job: JobOrder) -> Decimal:
        """Good and scrap of the reports before this one."""
        return self._totals.get(job.pk, Decimal(0))

    def is_last(self, job: JobOrder) -> bool:
        return job.operation_number == self._last[job.supply_order_id]

    def components_of(self, job: JobOrder) -> Iterable[MaterialRequirement]:
        first = self._first[job.supply_order_id] == job.operation_number
        for requirement in self._components[job.supply_order_id]:
            number = requirement.operation_number
            if number == job.operation_number or (number is None and first):
                yield requirement

    def take(
        self, material: Material, quantity: Decimal
    ) -> Iterable[tuple[Equipment | None, MaterialLot | None, Decimal]]:
        """(place, lot, part) until the quantity is met; place None is what the books lack."""
        for balance in self._balances[material.pk]:
            part = min(balance.quantity, quantity)
            if part > 0:
                balance.quantity -= part
                quantity -= part
                yield self._real[balance.location_id], balance.lot, part
        if quantity > 0:
            yield None, None, quantity

    def home(self, material: Material) -> Equipment:
        """Its own storage, else the first of the site."""
        if not self._real:
            raise NowhereToPut(
                f"{self._site} has no storage for {material}. Add equipment of the level storage,"
                " then report again."
            )
        return self._real.get(self._homes.get(material.pk)) or next(iter(self._real.values()))

    def lot_of(self, job: JobOrder) -> MaterialLot:
        return self._lots[job.supply_order_id]


def _numbers(orders: Iterable[int], order_by: str) -> Mapping[int, int]:
    rows = JobOrder.objects.filter(supply_order__in=orders, work_type="production").order_by(
        order_by
    )
    return dict(rows.values_list("supply_order", "operation_number"))


def _last_numbers(orders: Iterable[int]) -> Mapping[int, int]:
    return _numbers(orders, "operation_number")


def _first_numbers(orders: Iterable[int]) -> Mapping[int, int]:
    return _numbers(orders, "-operation_number")


def _balances(materials: Iterable[int], real: Iterable[int]) -> dict[int, list[StockBalance]]:
    rows: dict[int, list[StockBalance]] = defaultdict(list)
    balances = StockBalance.objects.filter(
        material__in=materials, location__in=real, status="available", quantity__gt=0
    )
    for balance in balances.select_related("lot").order_by(
        F("lot__made_at").asc(nulls_first=True), "lot", "location"
    ):
        rows[balance.material_id].append(balance)
    return rows


def lots_of(made: Mapping[JobOrder, datetime], site: Site) -> dict[int, MaterialLot]:
    """The lot of each order whose material is kept by lot: one lot an order, made at that time.

    It is named after site and order: lots are one list for the whole enterprise, the numbers of
    orders begin anew at every site.
    """
    names = {
        job.supply_order_id: (
            job.supply_order.material_id,
            f"{site.code}-{job.supply_order.number}",
        )
        for job in made
        if job.supply_order.material.is_lot_tracked
    }
    moments = {
        names[job.supply_order_id]: at for job, at in made.items() if job.supply_order_id in names
    }
    existing = rows_of(MaterialLot.objects.all(), "code", {code for _, code in names.values()})
    known = {(lot.material_id, lot.code): lot for lot in existing}
    new = [
        MaterialLot(material_id=material, code=code, made_at=at)
        for (material, code), at in moments.items()
        if (material, code) not in known
    ]
    for lot in MaterialLot.objects.bulk_create(new):
        known[lot.material_id, lot.code] = lot
    return {pk: known[name] for pk, name in names.items()}
