"""The whole plant: every sheet of its workbook, and what it does not know about itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from obeya.kestrel import making, orders, people, places, setups, standards, stock
from obeya.kestrel.bought import SUPPLIERS
from obeya.kestrel.routings import operations
from obeya.kestrel.rows import Row

SIZES = {"M": 1, "L": 6}  # how many of each machine and person, and of the demand
SEED = 20
SITE = {"code": "KES", "name": "Kestrel Automotive Parts", "time_zone": "Europe/Berlin",
        "currency": "EUR"}  # fmt: skip


@dataclass(frozen=True)
class Plant:
    """Sheets in the order of the workbook: name → rows, each column → value."""

    sheets: Mapping[str, Sequence[Row]]
    true_factors: Mapping[tuple[str, int], float]  # (part, operation) → actual over standard


def kestrel(size: str, *, today: date, seed: int = SEED) -> Plant:
    """Kestrel of a size, as it stands on a day; the same day and seed give the same plant."""
    copies = SIZES[size]
    lines, stores, owed, hidden = (np.random.default_rng([seed, part]) for part in range(4))
    stock_rows = list(stock.stock(copies, stores))
    sheets: dict[str, Sequence[Row]] = {
        "Site": [SITE],
        "Reasons": list(places.reasons()),
        "Calendars": list(places.calendars(today.year)),
        "Equipment": list(places.equipment(copies)),
        "People": list(people.people(today, copies)),
        "Parties": _parties(),
        "Tools": list(making.tools(copies)),
        "Materials": list(making.materials()),
        "BOM": list(making.bom()),
        "Operations": list(operations(making.all_parts())),
        "Alternates": list(making.alternates(lambda code: places.copies_of(code, copies))),
        "Setup": list(setups.setup_times(places.machines_of(copies))),
        "Stock": stock_rows,
        "Demand": orders.order_lines(today, copies, lines),
        "Purchases": list(stock.purchases(today, copies, stock_rows, owed)),
    }
    return Plant(sheets, standards.true_factors(hidden))


def _parties() -> list[Row]:
    rows: list[Row] = [
        {"code": code, "name": each.name, "is_customer": True, "is_supplier": False}
        for code, each in orders.CUSTOMERS.items()
    ]
    rows += [
        {"code": code, "name": each.name, "is_customer": False, "is_supplier": True,
         "lead_time_days": Decimal(str(each.lead_days))}
        for code, each in SUPPLIERS.items()
    ]  # fmt: skip
    return rows
