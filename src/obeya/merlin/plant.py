"""The whole plant: every sheet of its workbook."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from obeya.kestrel.rows import Row
from obeya.merlin import changeovers, making, orders, people, places, stock
from obeya.merlin.parts import placed_parts

SEED = 38
SITE = {"code": "MER", "name": "Merlin Electronics", "time_zone": "Europe/Berlin",
        "currency": "EUR"}  # fmt: skip


def merlin(*, today: date, seed: int = SEED) -> Mapping[str, Sequence[Row]]:
    """Sheets in the order of the workbook: name → rows; the same day and seed, the same plant."""
    designs, lines, stores, owed = (np.random.default_rng([seed, part]) for part in range(4))
    placed = placed_parts(designs)
    demand = orders.order_lines(today, lines)
    use = stock.weekly_use(placed, demand)
    stock_rows = list(stock.stock(placed, use, stores))
    customers = [
        {"code": code, "name": name, "is_customer": True, "is_supplier": False}
        for code, name in orders.CUSTOMERS.items()
    ]
    return {
        "Site": [SITE],
        "Reasons": list(places.reasons()),
        "Calendars": list(places.calendars(today.year)),
        "Equipment": list(places.equipment()),
        "People": list(people.people()),
        "Parties": [*customers, *making.parties()],
        "Materials": list(making.materials(placed)),
        "BOM": list(making.bom(placed)),
        "Operations": list(making.operations()),
        "Setup": list(changeovers.setup_times(placed)),
        "Stock": stock_rows,
        "Demand": demand,
        "Purchases": list(stock.purchases(today, use, stock_rows, owed)),
    }
