"""What lies in the stores this morning, and what suppliers owe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from obeya.kestrel.bought import SUPPLIERS
from obeya.kestrel.making import INTO, all_bought, all_parts
from obeya.kestrel.parts import SOLD
from obeya.kestrel.rows import Row

RAW_DAYS, WIP_DAYS, FINISHED_DAYS = 18, 9, 8  # of the specification's money
ON_THEIR_WAY = ("TS", "PN", "VS", "BR")  # long routes: where no job stands half done, the pieces
# between their operations, and at the coater, lie in the finished store already
FIRST_PURCHASE = 7_301
COVERED_DAYS = 70  # by stock and open purchases
LOTS = 3  # heats of a bar or coil in stock


def weekly_use(copies: int) -> Mapping[str, float]:
    """Pieces or kilograms of every material that a usual week takes, from the BOM."""
    use: dict[str, float] = defaultdict(float)
    parts = {part.code: part for part in all_parts()}
    for part in parts.values():
        if part.is_sold:
            use[part.code] = SOLD[part.kind].pieces * part.share * copies

    def take(code: str, pieces: float) -> None:
        for component, quantity, per, scrap in INTO[parts[code].kind](parts[code]):
            used = pieces * quantity / per / (1 - scrap / 100)
            use[component] += used
            if component in parts:
                take(component, used)

    for code, pieces in list(use.items()):
        take(code, pieces)
    return dict(use)


def stock(copies: int, rng: np.random.Generator, *, has_jobs: bool = False) -> Iterator[Row]:
    """Rows of the sheet Stock: more of one, less of another, as counted.

    With jobs under way, what is between two operations lies on the floor, not in the store.
    """
    use, spread = weekly_use(copies), 0.15 if has_jobs else 0.3
    for part in all_parts():
        days = FINISHED_DAYS if part.is_sold else WIP_DAYS
        if part.is_sold and part.kind in ON_THEIR_WAY and not has_jobs:
            days += WIP_DAYS
        pieces = use.get(part.code, 0.0) * days / 7 * rng.uniform(1 - spread, 1 + spread)
        if not part.is_sold and not pieces:  # an older series
            pieces = float(rng.integers(20, 400))
        if round(pieces):
            yield _held(part.code, "FINISHED" if part.is_sold else "WIP", round(pieces))
    for each in all_bought():
        quantity = use.get(each.code, 0.0) * RAW_DAYS / 7 * rng.uniform(0.6, 1.4)
        if each.kind == "raw":
            for lot in range(LOTS):
                kilos = round(max(quantity, 900.0) / LOTS * rng.uniform(0.8, 1.2))
                heat = f"{each.code}-H{int(rng.integers(1_000, 9_999))}{lot}"
                yield _held(each.code, "RAW", kilos) | {"lot": heat}
        elif each.kind == "purchased":
            yield _held(each.code, "PARTS", max(round(quantity), 200))
        elif each.kind == "spare":
            if rng.random() > 0.07:  # seven of a hundred are out of stock
                yield _held(each.code, "SPARES", int(rng.integers(1, 9)))
        else:
            yield _held(each.code, "PACK", round(quantity) + int(rng.integers(150, 900)))


def purchases(
    today: date, copies: int, stock_rows: Iterable[Row], rng: np.random.Generator
) -> Iterator[Row]:
    """Rows of the sheet Purchases: a line whenever the one before it would be used up."""
    held: dict[object, float] = defaultdict(float)
    for row in stock_rows:
        held[row["material"]] += float(str(row["quantity"]))
    use = weekly_use(copies)
    number = FIRST_PURCHASE
    for each in all_bought():
        a_day = use.get(each.code, 0.0) / 7
        if not a_day:
            continue
        supplier = SUPPLIERS[each.supplier]
        minimum = supplier.minimum if each.kind in ("raw", "purchased") else 0
        quantity = max(minimum, round(a_day * 21, -1), 10)
        covered = held[each.code] / a_day
        while covered < COVERED_DAYS:
            due = today + timedelta(days=_due_day(covered, supplier.on_time_percent, rng))
            yield {
                "number": f"PO-{number}/1",
                "material": each.code,
                "quantity": Decimal(int(quantity)),
                "due_at": datetime.combine(due, time(7)),
                "supplier": each.supplier,
            }
            number += 1
            covered += quantity / a_day


def _due_day(covered_days: float, on_time_percent: int, rng: np.random.Generator) -> int:
    """Some days before it is needed; of what is needed soon, the late part is overdue."""
    day = int(covered_days) - int(rng.integers(5, 10))
    if covered_days < RAW_DAYS and rng.random() * 100 > on_time_percent:
        day = -int(rng.integers(1, 7))
    return day


def _held(material: str, location: str, quantity: int) -> Row:
    return {"material": material, "location": location, "quantity": Decimal(quantity)}
