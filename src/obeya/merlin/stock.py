"""What lies on reels and in bins this morning, and what suppliers owe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from obeya.kestrel.rows import Row
from obeya.merlin.boards import PIECES_A_WEEK, boards
from obeya.merlin.making import STORAGE, box_parts, components
from obeya.merlin.orders import FORECAST_WEEKS, WEEKS
from obeya.merlin.parts import SUPPLIERS, Placed, bought

STOCK_DAYS = 48
COVERED_DAYS = 90  # by stock and open purchases
ORDER_DAYS = 30  # of use in a purchase
FINISHED_DAYS = 4
LEFT_OVER = 400  # pieces of a part that no board takes any more


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
    label = 100_001
    for each in bought():
        quantity = use.get(each.code, 0.0) * STOCK_DAYS / 7 * rng.uniform(0.6, 1.4)
        place = STORAGE.get(each.group, "PARTS")
        if not each.reel:
            if round(quantity):
                yield _held(each.code, place, round(quantity))
            continue
        for pieces in _reels(round(max(quantity, LEFT_OVER)), each.reel, rng):
            yield _held(each.code, place, pieces) | {"lot": f"R{label}"}
            label += 1


def _reels(quantity: int, full: int, rng: np.random.Generator) -> list[int]:
    """Its pieces on a reel that was begun, full ones, and what is over on another begun one."""
    begun = int(rng.integers(60, min(full, quantity) + 1))
    reels, over = divmod(quantity - begun, full)
    return [begun, *([full] * reels), *([over] if over else [])]


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
        full = each.reel or 1
        quantity = max(-(-a_week / 7 * ORDER_DAYS // full) * full, 20.0)
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
