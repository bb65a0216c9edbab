"""Order lines: 55 a week in lots of 60 to 1,500, most of them soon."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

import numpy as np

from obeya.kestrel.orders import working_day
from obeya.kestrel.rows import Row
from obeya.merlin.boards import PANEL, PIECES_A_WEEK, Board, boards

WEEKS, WORKING_DAYS = 6, 30
LINES_A_WEEK = 55
SMALLEST, LARGEST = 60, 1_500
SIGMA = 0.75  # of the lognormal lot sizes
OVERDUE_PERCENT = 5
FORECAST_WEEKS = 4  # announced beyond the lines
CUSTOMERS = {"ALTHEA": "Althea Medical", "BRAND": "Brandt Antriebstechnik",
             "CALDER": "Calder Lifts", "DOVER": "Dover Rail", "EIGER": "Eiger Energie",
             "FENWICK": "Fenwick Lighting", "GARDA": "Garda Elettronica",
             "HALLER": "Haller Gebäudetechnik", "ISAR": "Isar Sensorik"}  # fmt: skip


def order_lines(today: date, rng: np.random.Generator) -> list[Row]:
    """Rows of the sheet Demand."""
    made = boards()
    count = LINES_A_WEEK * WEEKS
    chosen = _in_turn(made, count)
    sizes = _sizes(count, rng)
    days = np.sort(rng.uniform(0, WORKING_DAYS, count)).astype(int)
    late = rng.choice(count, round(count * OVERDUE_PERCENT / 100), replace=False)
    days[late] = -1 - rng.integers(0, 4, len(late))
    customers = list(CUSTOMERS)
    rows = []
    for place in range(count):
        order, line = divmod(place, 2)
        board = chosen[place]
        rows.append(
            _row(f"SO-{6_201 + order}", line + 1, board, sizes[place]) | {
                "due_at": _at(today, int(days[place]), 12 + 2 * line),
                "customer": customers[order % len(customers)],
                "kind": "order_line",
                "weight": 2 if place % 18 == 7 else 1,
            }
        )  # fmt: skip
    return [*rows, *_announced(made, today)]


def _in_turn(made: list[Board], count: int) -> list[Board]:
    """Each board has lines by its share, spread evenly."""
    owed = np.zeros(len(made))
    chosen = []
    for _ in range(count):
        owed += [board.share for board in made]
        place = int(owed.argmax())
        owed[place] -= 1
        chosen.append(made[place])
    return chosen


def _sizes(count: int, rng: np.random.Generator) -> list[int]:
    """Lots between the smallest and the largest, whole panels, together what a week makes."""
    drawn = rng.lognormal(0, SIGMA, count)
    wanted = PIECES_A_WEEK * WEEKS
    scale = wanted / drawn.sum()
    for _ in range(60):  # clipping takes away from some what the others then get
        sizes = np.clip(drawn * scale, SMALLEST, LARGEST)
        scale *= wanted / sizes.sum()
    return [max(SMALLEST, round(float(size) / PANEL) * PANEL) for size in sizes]


def _announced(made: list[Board], today: date) -> Iterator[Row]:
    for week in range(FORECAST_WEEKS):
        for board in made:
            pieces = max(round(PIECES_A_WEEK * board.share / PANEL) * PANEL, PANEL)
            day = WORKING_DAYS + 5 * week + 4
            yield _row(f"FC-{board.code}-{week + 1}", 1, board, pieces) | {
                "due_at": _at(today, day, 14),
                "kind": "forecast",
            }


def _row(order: str, line: int, board: Board, pieces: int) -> Row:
    return {
        "code": f"{order}/{line}",
        "order_code": order,
        "material": board.sold_as,
        "quantity": Decimal(pieces),
    }


def _at(today: date, day: int, hour: int) -> datetime:
    return datetime.combine(working_day(today, day), time(hour))
