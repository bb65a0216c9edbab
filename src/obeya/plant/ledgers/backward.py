"""Moves for times that are past: what they take must have lain there, then and ever since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.db.models import F

from obeya.plant.ledgers.balances import InsufficientStock, Key, make_empty, present_of
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.ledgers.stock import Move
from obeya.plant.log.checking import rows_of
from obeya.plant.resources.models import Site

Change = tuple[datetime, Decimal, Decimal]  # when, how much in all, and how much of it is new
MOST_NAMED = 3


def refuse_overdrawn(moves: Sequence[Move], *, site: Site) -> None:
    """Raise InsufficientStock where a place would have held less than nothing.

    `stock.post` asks what lies there now. That does not see goods that were used in March and
    came in May. Quantities are in base units, and every move says when it was. Three queries, and
    a fourth where a place has never held the material.
    """
    new: dict[Key, list[Change]] = defaultdict(list)
    takes = {}  # what is only brought to a place cannot overdraw it
    for move in moves:
        if move.at is None:
            raise ValueError(f"A move of {move.material} has no time. Say when it was.")
        for place, status, sign in (
            (move.from_location, move.from_status or move.status, -1),
            (move.to_location, move.status, 1),
        ):
            if not place.is_virtual:
                lot_id = move.lot.pk if move.lot else 0
                key = Key(place.pk, move.material.pk, lot_id, status)
                change = sign * move.quantity
                new[key].append((move.at, change, change))
                if sign < 0:
                    takes[key] = move
    if not takes:
        return
    first = min(at for key in takes for at, _, _ in new[key])
    held = _held(takes)  # before the moves: one that came in between would count twice
    known = _moves_since(first, takes, site)
    short = []
    for key, move in takes.items():
        before = held[key] - sum(change for _, change, _ in known[key])
        found = _first_shortage(before, [*known[key], *new[key]])
        if found:
            at, there, asked = found
            lot = f", lot {move.lot}" if move.lot else ""
            unit = move.material.unit
            short.append(
                f"{move.material}{lot} at {move.from_location}: {_text(there)} {unit} on hand"
                f" at {at:%Y-%m-%d %H:%M} UTC, {_text(asked)} {unit} asked"
            )
    if short:
        more = f"; and {len(short) - MOST_NAMED} more" if len(short) > MOST_NAMED else ""
        raise InsufficientStock(
            f"{'; '.join(short[:MOST_NAMED])}{more}. Post first what had come by then, and do not"
            " take what the opening stock no longer counts."
        )


def _first_shortage(
    held: Decimal, changes: Iterable[Change]
) -> tuple[datetime, Decimal, Decimal] | None:
    """When, what was there and what was asked; only where the new moves are what makes it short."""
    of_new = Decimal(0)
    for at, together in groupby(sorted(changes), key=lambda change: change[0]):
        there = held
        asked = Decimal(0)
        for _, change, new in together:
            held += change
            of_new += new
            if change > 0:
                there += change
            else:
                asked -= change
        if held < 0 and of_new < 0:
            return at, there, asked
    return None


def _moves_since(first: datetime, keys: Iterable[Key], site: Site) -> dict[Key, list[Change]]:
    """What the ledger holds of these places from then on."""
    wanted = set(keys)
    found: dict[Key, list[Change]] = defaultdict(list)
    moves = StockMove.objects.at(site).filter(effective_at__gte=first)
    for move in rows_of(moves, "material_id", {key.material_id for key in wanted}):
        for key, change in _changes(move):
            if key in wanted:
                found[key].append((move.effective_at, change, Decimal(0)))
    return found


def _changes(move: StockMove) -> Iterator[tuple[Key, Decimal]]:
    lot = move.lot_id or 0
    yield Key(move.from_location_id, move.material_id, lot, move.from_status), -move.quantity
    yield Key(move.to_location_id, move.material_id, lot, move.status), move.quantity


def _held(keys: Iterable[Key]) -> dict[Key, Decimal]:
    """What lies there now; it stays so until the transaction ends.

    What has no row cannot be locked, so a place that has never held the material gets one of zero.
    """
    wanted = set(keys)
    if missing := sorted(wanted - present_of(wanted).keys()):
        make_empty(missing)
    places = {key.location_id for key in wanted}
    materials = {key.material_id for key in wanted}
    rows = StockBalance.objects.filter(location__in=places, material__in=materials)
    lot = F("lot_id").asc(nulls_first=True)
    in_turn = rows.order_by("location_id", "material_id", lot, "status")  # as `stock.post` does
    found: dict[Key, Decimal] = defaultdict(Decimal)
    for row in in_turn.select_for_update():
        key = Key(row.location_id, row.material_id, row.lot_id or 0, row.status)
        if key in wanted:
            found[key] = row.quantity
    return found


def _text(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"
