"""What lies on reels and in bins this morning, and what suppliers owe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from obeya.kestrel.rows import Row
from obeya.merlin.boards import PIECES_A_WEEK, boards
from obeya.merlin.making import REELS, STORAGE, box_parts, components, reel_of
from obeya.merlin.orders import FORECAST_WEEKS, WEEKS
from obeya.merlin.parts import SUPPLIERS, Placed, bought

STOCK_DAYS = 48
COVERED_DAYS = 90  # by stock and open purchases
MOST_REELS = 4  # rows of one part: full reels and the one that was begun
ORDER_DAYS = 30  # of use in a purchase
FINISHED_DAYS = 4


def weekly_use(placed: Mapping[str, Placed], demand: Iterable[Row]) -> Mapping[str, float]:
    """Pieces of every bought part that a week takes, by what is ordered and announced."""
    asked: dict[str, float] = defaultdict(float)
    for row in demand:
        asked[row["material"]] += float(row["quantity"]) / (WEEKS + FORECAST_WEEKS)
    use: dict[str, float] = defaultdict(float)
    for board in boards():
        parts = components(board, placed) | (box_parts(board) if board.device else {})
        for code, count in parts.items():
            use[code] += asked[board.sold_as] * count
    return use


def stock(
    placed: Mapping[str, Placed], use: Mapping[str, float], rng: np.random.Generator
) -> Iterator[Row]:
    """Rows of the sheet Stock; a reel is a lot with a quantity."""
    for board in boards():
        pieces = round(PIECES_A_WEEK * board.share * FINISHED_DAYS / 7 * rng.uniform(0.3, 1.7))
        place = "WIP" if board.device else "FINISHED"
        yield _held(board.code, place, pieces) | {"lot": f"{board.code}-L{3_100 + board.number}"}
    for number, each in enumerate(bought()):
        quantity = use.get(each.code, 0.0) * STOCK_DAYS / 7 * rng.uniform(0.6, 1.4)
        place = STORAGE.get(each.group, "PARTS")
        if each.group not in REELS:
            if round(quantity):
                yield _held(each.code, place, round(quantity))
            continue
        for reel, pieces in enumerate(_reels(max(quantity, 400), reel_of(each), rng)):
            yield _held(each.code, place, pieces) | {"lot": f"R{100_000 + 10 * number + reel}"}


def _reels(quantity: float, full: int, rng: np.random.Generator) -> list[int]:
    """Its pieces on a few labels: a begun reel, and the others as one delivery or two."""
    begun = int(rng.integers(60, min(full, int(quantity)) + 1))
    rest = round(quantity) - begun
    labels = min(MOST_REELS - 1, -(-rest // full)) if rest > 0 else 0
    shares = [rest // labels + (n < rest % labels) for n in range(labels)] if labels else []
    return [begun, *shares]


def purchases(
    today: date, use: Mapping[str, float], stock_rows: Iterable[Row], rng: np.random.Generator
) -> Iterator[Row]:
    """Rows of the sheet Purchases: a line whenever the one before it would be used up."""
    held: dict[object, float] = defaultdict(float)
    for row in stock_rows:
        held[row["material"]] += float(str(row["quantity"]))
    number = 5_101
    for code, a_week in use.items():
        each = PARTS[code]
        if not a_week:
            continue
        quantity = max(-(-a_week / 7 * ORDER_DAYS // reel_of(each)) * reel_of(each), 20.0)
        covered = held[code] / a_week * 7
        while covered < COVERED_DAYS:
            day = int(covered) - int(rng.integers(10, 20))
            if (
                covered < STOCK_DAYS
                and rng.random() * 100 > SUPPLIERS[each.supplier].on_time_percent
            ):
                day = -int(rng.integers(1, 8))  # should have come
            due = today + timedelta(days=day)
            yield {
                "number": f"PO-{number}/1",
                "material": code,
                "quantity": Decimal(round(quantity)),
                "due_at": datetime.combine(due, time(8)),
                "supplier": each.supplier,
            }
            number += 1
            covered += quantity / a_week * 7


PARTS = {each.code: each for each in bought()}


def _held(material: str, location: str, quantity: int) -> Row:
    return {"material": material, "location": location, "quantity": Decimal(max(quantity, 1))}
