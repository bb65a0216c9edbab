"""Order lines: 67 a week for six weeks, some overdue, and what customers have only announced."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from obeya.kestrel.parts import SOLD, Part, sold_parts
from obeya.kestrel.rows import Row

WEEKS, WORKING_DAYS = 6, 30
MOST_LUMPY = 5.0  # times a usual line, in the past: a greater one would be a project of its own
PAST_LEVEL = {  # of today's pieces
    "BT": 0.95742, "OP": 0.95742, "TS": 0.91605, "VS": 0.911125, "BR": 0.97515,
}  # fmt: skip
FORECAST_WEEKS = 4  # announced beyond the lines, so that the plant is as busy in the sixth week
OVERDUE_PERCENT = 6
RUSH_A_WEEK = 3.5
LINES_AN_ORDER = 3
NEW_DATE_DAYS = 3  # working days from today
LUMPY = 1.04  # sigma of a lognormal whose coefficient of variation is 1.4
STEADY = 0.22
RAMP_WEEKS, RAMP_FROM = 14, 0.2


@dataclass(frozen=True)
class Customer:
    name: str
    revenue_percent: int
    kind: str = "order_line"
    sigma: float = STEADY
    is_ramping: bool = False


CUSTOMERS = {
    "AUREL": Customer("Aurel Motors", 38, "call_off", 0.15),
    "BORSIG": Customer("Borsig Antriebe", 22),
    "CASTOR": Customer("Castor Pumps", 15),
    "DELVAUX": Customer("Delvaux Aftermarket", 12, sigma=LUMPY),
    "ESKIL": Customer("Eskil Industrial", 8),
    "FENNEK": Customer("Fennek Mobility (launch)", 5, is_ramping=True),
}


@dataclass(frozen=True)
class Line:
    """One line before it gets its number."""

    part: Part
    day: int  # working days from today; below 0 overdue
    pieces: float
    customer: str = ""
    is_forecast: bool = False
    is_rush: bool = False


def order_lines(today: date, copies: int, rng: np.random.Generator) -> list[Row]:
    """Rows of the sheet Demand."""
    lines = _lines(copies, rng)
    lines = _with_overdue_and_rush(lines, copies, rng)
    lines = _given_to_customers(lines, rng)
    lines = _to_scale(lines, copies)
    lines += _announced(copies)
    return list(_numbered(lines, today, first=_first_order(copies)))


def past_lines(today: date, weeks: int, copies: int, rng: np.random.Generator) -> list[Row]:
    """The lines of so many weeks before today, as they were asked for."""
    days = weeks * WORKING_DAYS // WEEKS
    lines = [
        replace(line, pieces=min(line.pieces, MOST_LUMPY * SOLD[line.part.kind].lot))
        for line in _given_to_customers(_lines(copies, rng, weeks), rng)
    ]
    scaled = _to_scale(lines, copies, weeks, PAST_LEVEL)
    lines = [replace(line, day=line.day - days) for line in scaled]
    return list(_numbered(lines, today, first=_first_order(copies) - len(lines)))


def with_new_dates(rows: Sequence[Row], today: date, count: int) -> list[Row]:
    """So many of the overdue lines have got another date: their customers agreed to it."""
    overdue = [row["code"] for row in rows if row["due_at"].date() < today][:count]
    days = {code: working_day(today, NEW_DATE_DAYS + place) for place, code in enumerate(overdue)}
    return [
        row | {"due_at": datetime.combine(days[row["code"]], row["due_at"].time())}
        if row["code"] in days
        else row
        for row in rows
    ]


def _lines(copies: int, rng: np.random.Generator, weeks: int = WEEKS) -> list[Line]:
    """Spread evenly over the days; each part has lines by its share of its family."""
    days = weeks * WORKING_DAYS // WEEKS
    found: list[Line] = []
    for kind, family in SOLD.items():
        parts = [part for part in sold_parts() if part.kind == kind]
        count = family.lines * weeks * copies
        owed = np.zeros(len(parts))
        for place in range(count):
            owed += [part.share for part in parts]
            part = int(owed.argmax())
            owed[part] -= 1
            day = (place + rng.random()) * days / count
            found.append(Line(parts[part], int(day), family.lot))
    found.sort(key=lambda line: (line.day, line.part.code))
    return found


def _with_overdue_and_rush(found: list[Line], copies: int, rng: np.random.Generator) -> list[Line]:
    """Some are overdue already, some are asked for at short notice."""
    overdue = rng.choice(len(found), round(len(found) * OVERDUE_PERCENT / 100), replace=False)
    rush = rng.choice(len(found), round(RUSH_A_WEEK * WEEKS * copies), replace=False)
    for place in overdue:
        found[place] = replace(found[place], day=-1 - int(rng.integers(4)))
    for place in rush:
        found[place] = replace(found[place], is_rush=True)
    return found


def _given_to_customers(lines: list[Line], rng: np.random.Generator) -> list[Line]:
    """To whoever is furthest below his share of the revenue; then everybody orders in his way."""
    revenue = sum(_worth(line) for line in lines)
    left = {code: revenue * each.revenue_percent / 100 for code, each in CUSTOMERS.items()}
    given = []
    for line in (lines[place] for place in rng.permutation(len(lines))):
        code = max(left, key=lambda each: left[each])
        left[code] -= _worth(line)
        customer = CUSTOMERS[code]
        size = float(rng.lognormal(-(customer.sigma**2) / 2, customer.sigma))
        if customer.is_ramping:
            size *= RAMP_FROM + (1 - RAMP_FROM) * max(line.day, 0) / 5 / RAMP_WEEKS
        given.append(replace(line, customer=code, pieces=line.pieces * size))
    return given


def _to_scale(
    lines: list[Line], copies: int, weeks: int = WEEKS, level: Mapping[str, float] | None = None
) -> list[Line]:
    """Each family's lines sum up to its pieces a week."""
    scaled = []
    for kind, family in SOLD.items():
        of_family = [line for line in lines if line.part.kind == kind]
        wanted = family.pieces * weeks * copies * (level or {}).get(kind, 1.0)
        factor = wanted / sum(line.pieces for line in of_family)
        taken = carried = 0.0
        for line in of_family:
            carried += line.pieces * factor
            pieces = max(family.pack, round((carried - taken) / family.pack) * family.pack)
            taken += pieces
            scaled.append(replace(line, pieces=pieces))
    return scaled


def _announced(copies: int) -> list[Line]:
    """What the greatest customer forecasts behind the lines."""
    lines = []
    for part in sold_parts():
        family = SOLD[part.kind]
        pieces = max(1, round(family.pieces * copies * part.share / family.pack)) * family.pack
        lines += [
            Line(part, WORKING_DAYS + 5 * week + 4, pieces, "AUREL", is_forecast=True)
            for week in range(FORECAST_WEEKS)
        ]
    return lines


def _first_order(copies: int) -> int:
    """Number of the first line that is open: those of the weeks before stand below it."""
    return 4_101 + 4_000 * (copies - 1)


def _worth(line: Line) -> float:
    return line.pieces * SOLD[line.part.kind].price


def _numbered(lines: list[Line], today: date, first: int) -> Iterator[Row]:
    order_of: dict[str, tuple[int, int]] = {}  # customer: number of its order, lines in it
    placed = sorted(lines, key=lambda line: (line.is_forecast, line.day, line.part.code))
    for place, line in enumerate(placed):
        order, count = order_of.get(line.customer, (0, LINES_AN_ORDER))
        if count == LINES_AN_ORDER or line.is_forecast:
            order, count = first + place, 0
        order_of[line.customer] = order, count + 1
        code = f"{'FC' if line.is_forecast else 'SO'}-{order}"
        kind = "forecast" if line.is_forecast else CUSTOMERS[line.customer].kind
        yield {
            "code": f"{code}/{count + 1}",
            "material": line.part.code,
            "quantity": Decimal(int(line.pieces)),
            "due_at": datetime.combine(working_day(today, line.day), time(16 if place % 2 else 12)),
            "customer": line.customer,
            "order_code": code,
            "kind": kind,
            "weight": 2 if line.is_rush else 1,
        }


def working_day(today: date, count: int) -> date:
    """``count`` working days (Monday to Friday) after today, or before it."""
    day, step = today, 1 if count >= 0 else -1
    left = abs(count)
    while left or day.weekday() > 4:
        day += timedelta(days=step)
        left -= left > 0 and day.weekday() < 5
    return day
