"""The supply crisis: Kestrel, whose bar, coil and bearings are on allocation from the second week.

What a planner can know on the first morning stands in the rows: less comes, and the rest, like
whatever is ordered now, is promised for when the supplier says that it is over; other mills'
material could be used once it is approved; a second source and a broker deliver a little. What
nobody can know yet (which approvals fail, how long it lasts in truth) stands in `Hidden`, for the
program that plays the plant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from obeya.kestrel.making import all_bought
from obeya.kestrel.plant import Plant
from obeya.kestrel.rows import Row
from obeya.kestrel.stock import weekly_use

SEED = 3
WEEKS = 16
BEGINS_DAYS = 7
COVER_DAYS = 14
ALLOCATED, WANDERS = 0.25, 0.30  # of what was ordered, and how much more or less
LASTS_WEEKS = (9, 14)
ALTERNATE_WEEKS = (5, 8)
SECOND_WEEKS, SECOND_SHARE = (6, 8), (0.30, 0.35)
BROKER_SHARE = 0.06
APPROVED_IN_TIME, APPROVED_LATE = 0.70, 0.20  # the others are refused
LATE_WEEKS = 2
ALTERNATE = "-ALT"
SPARED = ("BAR16-28",)  # of another mill, which delivers
WITHOUT_ALTERNATE = ("6203-2RS", "6204-2RS")  # bearings of a single source
SECOND, BROKER, OTHER_MILL = "SIERRA", "HARGREAVES", "VALMET"
PARTIES = {SECOND: ("Sierra Metals (second source)", 42), BROKER: ("Hargreaves Brokers", 7),
           OTHER_MILL: ("Valmora Steel and Bearings", 28)}  # fmt: skip


@dataclass(frozen=True)
class Hidden:
    """What turns out later, by material."""

    ends_weeks: Mapping[str, int]  # after which the supplier delivers again
    approval: Mapping[str, str]  # of the alternate: "in time", "late" or "refused"
    cycle_factor: Mapping[str, float]  # of operations with the alternate
    scrap_points: Mapping[str, float]  # more, in its first three lots
    price_factor: Mapping[tuple[str, str], float]  # (supplier, material)


def is_touched(code: str) -> bool:
    """On allocation: bar 42CrMo4 and 16MnCr5, coil DC04 and bearings."""
    bearing = code.startswith("62") and code.endswith("2RS")
    metal = code.startswith(("BAR42-", "BAR16-", "DC04-")) and not code.endswith(ALTERNATE)
    return (metal or bearing) and code not in SPARED


def in_crisis(plant: Plant, *, today: date, seed: int = SEED) -> Plant:
    """The plant (of size M) on the first morning of the crisis."""
    begins, told = today + timedelta(days=BEGINS_DAYS), what_is_told(seed)
    rng = np.random.default_rng([seed, 1])
    sheets = dict(plant.sheets)
    use = weekly_use(1)
    touched = sorted(code for code in use if is_touched(code))
    sheets["Parties"] = [*sheets["Parties"], *_parties()]
    sheets["Materials"] = [
        *_served_afterwards(sheets["Materials"], told),
        *_alternates(sheets["Materials"]),
    ]
    sheets["BOM"] = list(_with_alternates(sheets["BOM"], today, rng))
    sheets["Stock"] = list(_covering(sheets["Stock"], use))
    sheets["Demand"] = [*sheets["Demand"], *_announced(sheets["Demand"], today)]
    sheets["Purchases"] = [
        *(row for row in sheets["Purchases"] if not is_touched(row["material"])),
        *_on_allocation(sheets["Purchases"], begins, told, rng),
        *_from_others(touched, use, begins, rng),
    ]
    return replace(plant, sheets=sheets)


def what_is_told(seed: int) -> Mapping[str, int]:
    """After how many weeks it is over, by material, as its supplier says; it will be revised."""
    rng = np.random.default_rng([seed, 2])
    return {code: int(rng.integers(LASTS_WEEKS[0], LASTS_WEEKS[1] + 1)) for code in _all_touched()}


def what_happens(seed: int) -> Hidden:
    """Drawn once, before anything is known."""
    rng = np.random.default_rng([seed, 0])
    codes = _all_touched()
    fate = {
        code: "in time" if draw < APPROVED_IN_TIME
        else "late" if draw < APPROVED_IN_TIME + APPROVED_LATE else "refused"
        for code, draw in zip(codes, rng.random(len(codes)), strict=True)
        if code not in WITHOUT_ALTERNATE
    }  # fmt: skip
    return Hidden(
        ends_weeks={code: int(rng.integers(LASTS_WEEKS[0], LASTS_WEEKS[1] + 1)) for code in codes},
        approval=fate,
        cycle_factor={code: float(rng.uniform(1.08, 1.15)) for code in fate},
        scrap_points={code: float(rng.uniform(1, 2)) for code in fate},
        price_factor={(SECOND, code): float(rng.uniform(1.14, 1.22)) for code in codes}
        | {(BROKER, code): float(rng.uniform(1.6, 2.2)) for code in codes},
    )


def _all_touched() -> list[str]:
    return [each.code for each in all_bought() if is_touched(each.code)]


def alternate_of(code: str) -> str:
    return code + ALTERNATE


def _parties() -> Iterator[Row]:
    for code, (name, days) in PARTIES.items():
        yield {"code": code, "name": name, "is_customer": False, "is_supplier": True,
               "lead_time_days": Decimal(days)}  # fmt: skip


def _has_alternate(code: str) -> bool:
    return is_touched(code) and code not in WITHOUT_ALTERNATE


def _served_afterwards(materials: Iterable[Row], told: Mapping[str, int]) -> Iterator[Row]:
    """Who orders more today gets it in the first week after the allocation."""
    for row in materials:
        days = BEGINS_DAYS + 7 * (told.get(row["code"], 0) + 1)
        yield row | {"lead_time_days": Decimal(days)} if row["code"] in told else row


def _alternates(materials: Iterable[Row]) -> Iterator[Row]:
    for row in materials:
        if _has_alternate(row["code"]):
            yield row | {
                "code": alternate_of(row["code"]),
                "name": f"{row['name']}, other mill (alternate, approval needed)",
                "supplier": OTHER_MILL,
                "lead_time_days": Decimal(PARTIES[OTHER_MILL][1]),
            }


def _with_alternates(bom: Iterable[Row], today: date, rng: np.random.Generator) -> Iterator[Row]:
    """The second line of a group counts from the day for which its approval is planned."""
    least, most = ALTERNATE_WEEKS
    planned: dict[str, date] = {}
    for row in bom:
        code = row["component"]
        if not _has_alternate(code):
            yield row
            continue
        if code not in planned:
            planned[code] = today + timedelta(weeks=int(rng.integers(least, most + 1)))
        yield row | {"alternate_group": code, "priority": 1}
        yield row | {"alternate_group": code, "priority": 2, "component": alternate_of(code),
                     "valid_from": planned[code]}  # fmt: skip


def _covering(stock: Iterable[Row], use: Mapping[str, float]) -> Iterator[Row]:
    """Two weeks of what is on allocation, on its lots in the shares in which they lay there."""
    rows = list(stock)
    held: dict[str, Decimal] = {}
    for row in rows:
        held[row["material"]] = held.get(row["material"], Decimal(0)) + row["quantity"]
    for row in rows:
        code = row["material"]
        if is_touched(code) and use.get(code):
            wanted = Decimal(use[code] * COVER_DAYS / 7)
            share = row["quantity"] / held[code]
            yield row | {"quantity": Decimal(max(1, round(wanted * share)))}
        else:
            yield row


def _announced(demand: Iterable[Row], today: date) -> Iterator[Row]:
    """Sixteen weeks are watched: the last announced week goes on."""
    rows = [row for row in demand if row["kind"] == "forecast"]
    last = max(row["due_at"] for row in rows)
    rows = [row for row in rows if row["due_at"].date() == last.date()]
    weeks = WEEKS - round((last.date() - today).days / 7)
    for week in range(1, weeks + 1):
        for row in rows:
            code, line = row["code"].split("/")
            order = f"{code}-{week}"
            yield row | {"code": f"{order}/{line}", "order_code": order,
                         "due_at": row["due_at"] + timedelta(weeks=week)}  # fmt: skip


def _on_allocation(
    purchases: Iterable[Row], begins: date, told: Mapping[str, int], rng: np.random.Generator
) -> Iterator[Row]:
    """A quarter of what was ordered comes; the rest is promised for when it is said to be over."""
    for row in purchases:
        code, due = row["material"], row["due_at"].date()
        over = begins + timedelta(weeks=told.get(code, 0))
        if not is_touched(code):
            continue
        if not begins <= due < over:
            yield row
            continue
        share = ALLOCATED * rng.uniform(1 - WANDERS, 1 + WANDERS)
        comes = max(1, round(float(row["quantity"]) * share))
        owed = int(row["quantity"]) - comes
        number = row["number"].split("/")[0]
        yield row | {"quantity": Decimal(comes)}
        if owed > 0:
            later = over + timedelta(days=int(rng.integers(3, 15)))
            yield row | {"number": f"{number}/2", "quantity": Decimal(owed),
                         "due_at": datetime.combine(later, time(7))}  # fmt: skip


def _from_others(
    touched: Iterable[str], use: Mapping[str, float], begins: date, rng: np.random.Generator
) -> Iterator[Row]:
    """A second source from its seventh week or so, and a broker's few, a line a week."""
    number = 9_001
    for code in touched:
        starts = int(rng.integers(SECOND_WEEKS[0], SECOND_WEEKS[1] + 1))
        share = float(rng.uniform(*SECOND_SHARE))
        for supplier, first, part in ((SECOND, starts, share), (BROKER, 2, BROKER_SHARE)):
            for week in range(first, WEEKS):
                due = begins + timedelta(weeks=week - 1, days=2)
                yield {
                    "number": f"PO-{number}/1",
                    "material": code,
                    "quantity": Decimal(max(1, round(use[code] * part))),
                    "due_at": datetime.combine(due, time(7)),
                    "supplier": supplier,
                }
                number += 1
