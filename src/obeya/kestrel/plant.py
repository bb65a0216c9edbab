"""The whole plant: every sheet of its workbook, and what it does not know about itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

from obeya.kestrel import making, orders, people, places, setups, standards, stock
from obeya.kestrel.bought import SUPPLIERS
from obeya.kestrel.past import Told, history, tell
from obeya.kestrel.routings import operations
from obeya.kestrel.rows import Row
from obeya.kestrel.stock import FIRST_PURCHASE

SIZES = {"M": 1, "L": 6}  # how many of each machine and person, and of the demand
SEED = 20
SITE = {"code": "KES", "name": "Kestrel Automotive Parts", "time_zone": "Europe/Berlin",
        "currency": "EUR"}  # fmt: skip


@dataclass(frozen=True)
class Plant:
    """Sheets in the order of the workbook: name → rows, each column → value."""

    sheets: Mapping[str, Sequence[Row]]
    true_factors: Mapping[tuple[str, int], float]  # (part, operation) → actual over standard
    past: Told | None = None  # its last ninety days, where it was asked for them


def kestrel(size: str, *, today: date, seed: int = SEED, now: datetime | None = None) -> Plant:
    """Kestrel of a size, as it stands on a day; the same day and seed give the same plant.

    With ``now``, a moment of that day, the plant has a past: it has been run until then, and what
    is in stock, under way and owed to customers is what that past has left.
    """
    copies = SIZES[size]
    lines, stores, owed, hidden = (np.random.default_rng([seed, part]) for part in range(4))
    stock_rows = list(stock.stock(copies, stores, has_jobs=now is not None))
    demand = orders.order_lines(today, copies, lines)
    factors = standards.true_factors(hidden)
    machines, staff = list(places.equipment(copies)), list(people.people(today, copies))
    told = None
    if now is not None:
        zone = ZoneInfo(SITE["time_zone"])
        run = history(now, zone=zone, copies=copies, demand=demand, factors=factors, seed=seed)
        told = tell(
            run,
            stock=stock_rows,
            people=staff,
            first_purchase=FIRST_PURCHASE,
            copies=copies,
            seed=seed,
        )
        stock_rows = list(told.stock)
        demand = orders.with_new_dates(demand, today, told.owed)
        machines = [row | _set_up(row["code"], run.families) for row in machines]
    sheets: dict[str, Sequence[Row]] = {
        "Site": [SITE],
        "Reasons": list(places.reasons()),
        "Calendars": list(places.calendars(today.year)),
        "Equipment": machines,
        "People": staff,
        "Parties": _parties(),
        "Tools": list(making.tools(copies)),
        "Materials": list(making.materials()),
        "BOM": list(making.bom()),
        "Operations": list(operations(making.all_parts())),
        "Alternates": list(making.alternates(lambda code: places.copies_of(code, copies))),
        "Setup": list(setups.setup_times(places.machines_of(copies))),
        "Stock": stock_rows,
        "Demand": demand,
        "Purchases": list(stock.purchases(today, copies, stock_rows, owed)),
    }
    return Plant(sheets, factors, told)


def _set_up(machine: str, families: Mapping[str, str]) -> Row:
    return {"setup_family": families[machine]} if machine in families else {}


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
