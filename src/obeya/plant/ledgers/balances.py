"""What lies where: changed with the moves, recomputed from them for any day, and proved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F, QuerySet, Sum

from obeya.plant.ledgers.models import StockBalance, StockMove, StockStatus
from obeya.plant.log.one_moment import one_moment
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Equipment, Material, MaterialLot, Site

MILLION = 1_000_000
_TABLE = StockBalance._meta.db_table


class InsufficientStock(Refusal):
    """A place does not hold what is asked of it."""


class Key(NamedTuple):
    """What has one balance: sorted, so that everybody locks in one order."""

    location_id: int
    material_id: int
    lot_id: int  # 0: none
    status: str


class _Missed(Exception):
    """An update found less than it needed; its savepoint is rolled back."""


def change_balances(rows: Sequence[StockMove]) -> None:
    """Add and take what the moves say, in the order of the keys, or raise InsufficientStock.

    Lock and check in one: a balance that would fall below zero is not updated, so it is missed.
    """
    deltas = _deltas(rows)
    if not deltas:
        return
    present = present_of(deltas)
    _refuse_short(deltas, {key: held for key, (_, held) in present.items()})
    if missing := [key for key in deltas if key not in present]:
        make_empty(missing)
        present = present_of(deltas)
    values = [
        (millionths, present[key][0], -millionths)
        for key, millionths in ((key, int(delta * MILLION)) for key, delta in deltas.items())
    ]
    # With one update only, there is nothing to take back before we look what there was instead.
    try:
        with transaction.atomic() if len(values) > 1 else nullcontext():
            _update(values)
    except _Missed:  # somebody else was quicker
        left = {key: held for key, (_, held) in present_of(deltas).items()}
        _refuse_short(deltas, left)
        raise InsufficientStock(
            "Stock was taken by somebody else at the same moment. Look again and repeat."
        ) from None


def balances_as_of(
    at: datetime,
    *,
    site: Site,
    location: Equipment | None = None,
    material: Material | None = None,
    lot: MaterialLot | None = None,
) -> dict[Key, Decimal]:
    """What lay at real places when everything effective up to and including `at` had moved."""
    moves = StockMove.objects.at(site).filter(effective_at__lte=at)
    if material is not None:
        moves = moves.filter(material=material)
    if lot is not None:
        moves = moves.filter(lot=lot)
    sums = _sums(moves)
    return {
        key: quantity
        for key, quantity in sums.items()
        if quantity and (location is None or key.location_id == location.pk)
    }


@one_moment()
def disagreements() -> list[str]:
    """Proof: every balance is the sum of its moves.

    A plant goes on while it is looked at, so moves and balances are read as of one moment.
    """
    found = _differing()
    names = _Names(sorted(found))
    return [
        f"{names.of(key)}: the balance says {_text(found[key][0])},"
        f" the moves say {_text(found[key][1])}."
        for key in sorted(found)
    ]


def _differing() -> dict[Key, tuple[Decimal, Decimal]]:
    """What its balance says, and its moves, where the two differ."""
    sums = _sums(StockMove.objects.all())
    held = {
        Key(place, what, lot or 0, status): quantity
        for place, what, lot, status, quantity in StockBalance.objects.values_list(
            "location", "material", "lot", "status", "quantity"
        )
    }
    none = Decimal(0)
    both = {key: (held.get(key, none), sums.get(key, none)) for key in sums.keys() | held.keys()}
    return {key: said for key, said in both.items() if said[0] != said[1]}


def _deltas(rows: Iterable[StockMove]) -> dict[Key, Decimal]:
    """What each balance gains or loses, sorted by key; virtual places have none."""
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for row in rows:
        for place, status, sign in (
            (row.from_location, row.from_status, -1),
            (row.to_location, row.status, 1),
        ):
            if not place.is_virtual:
                key = Key(place.pk, row.material_id, row.lot_id or 0, status)
                sums[key] += sign * row.quantity
    return {key: sums[key] for key in sorted(sums) if sums[key]}


def present_of(keys: Iterable[Key]) -> dict[Key, tuple[int, Decimal]]:
    """Id and quantity of the balances that have a row."""
    wanted = set(keys)
    found = StockBalance.objects.filter(
        location__in={key.location_id for key in wanted},
        material__in={key.material_id for key in wanted},
    ).values_list("location", "material", "lot", "status", "pk", "quantity")
    rows = {
        Key(place, what, lot or 0, status): (pk, quantity)
        for place, what, lot, status, pk, quantity in found
    }
    return {key: rows[key] for key in wanted & rows.keys()}


def make_empty(keys: Sequence[Key]) -> None:
    """Balance rows of zero; whoever makes the same at the same time makes one."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_TABLE} (location_id, material_id, lot_id, status, quantity)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, 0) ON CONFLICT DO NOTHING",
            [(key.location_id, key.material_id, key.lot_id or None, key.status) for key in keys],
        )


def _update(values: Sequence[tuple[int, int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_TABLE} SET quantity = quantity + %s WHERE id = %s AND quantity >= %s",  # noqa: S608
            values,
        )
        if cursor.rowcount != len(values):
            raise _Missed


def _refuse_short(deltas: Mapping[Key, Decimal], held: Mapping[Key, Decimal]) -> None:
    short = [key for key, delta in deltas.items() if held.get(key, Decimal(0)) + delta < 0]
    if not short:
        return
    names = _Names(short)
    said = "; ".join(
        f"{names.of(key)}: {_text(held.get(key, Decimal(0)))} {names.unit(key)} on hand,"
        f" {_text(-deltas[key])} {names.unit(key)} asked"
        for key in short[:3]
    )
    more = f"; and {len(short) - 3} more" if len(short) > 3 else ""
    raise InsufficientStock(
        f"{said}{more}. Ask for less, take another lot or place, or post the missing receipt first."
    )


def _sums(moves: QuerySet[StockMove]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for place, status, sign in (("from_location", "from_status", -1), ("to_location", "status", 1)):
        grouped = (
            moves.filter(**{f"{place}__is_virtual": False})
            .order_by()
            .values_list(F(place), "material", "lot", F(status))
            .annotate(total=Sum("quantity"))
        )
        for location, material, lot, state, total in grouped:
            sums[Key(location, material, lot or 0, state)] += sign * total
    return sums


class _Names:
    """What people call the parts of some keys."""

    def __init__(self, keys: Iterable[Key]) -> None:
        chosen = list(keys)
        self.places = Equipment.objects.in_bulk({key.location_id for key in chosen})
        self.lots = MaterialLot.objects.in_bulk({key.lot_id for key in chosen if key.lot_id})
        self.materials = Material.objects.select_related("unit").in_bulk(
            {key.material_id for key in chosen}
        )

    def of(self, key: Key) -> str:
        lot = f", lot {self.lots[key.lot_id]}" if key.lot_id else ""
        state = "" if key.status == StockStatus.AVAILABLE else f" ({key.status})"
        place = self.places[key.location_id]
        return f"{self.materials[key.material_id]}{lot} at {place}{state}"

    def unit(self, key: Key) -> str:
        return str(self.materials[key.material_id].unit)


def _text(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"
