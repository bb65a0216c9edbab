"""Eighty order lines over three weeks from today; a few are overdue."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from obeya.modules.orders.actions import save_demands
from obeya.modules.orders.rows import DemandRow
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand

SITE = "KES"
PATTERN = {  # material: lines, first working day due, pieces per line, customers in turn
    "BT-210": (17, 0, 312, ("AUREL", "BORSIG", "AUREL", "DELVAUX")),
    "BT-220": (10, 1, 264, ("BORSIG", "AUREL")),
    "OP-120": (11, 1, 120, ("CASTOR", "AUREL", "ESKIL")),
    "OP-130": (9, 2, 96, ("CASTOR", "ESKIL")),
    "TS-410": (10, 2, 140, ("BORSIG", "AUREL")),
    "TS-420": (8, 5, 110, ("BORSIG", "ESKIL")),
    "BR-610": (9, 5, 2400, ("AUREL", "DELVAUX")),
    "BR-620": (7, 4, 2000, ("BORSIG", "AUREL")),
}
LAST_DAY = 15  # working days from today
LINES = 3  # of an order
SIZES = (100, 120, 80, 110, 90, 130, 70)  # percent of the usual line, in turn
RUSH = {"OP-120": 3, "TS-410": 2}  # material: which of its lines counts double


def fill(*, by: Actor) -> None:
    """Once: what people change in the demo afterwards stays."""
    site = Site.objects.filter(code=SITE).first()
    if site is None or Demand.objects.at(site).exists():
        return
    today = clock.now().astimezone(site.zone).date()
    save_demands(site=site, rows=_lines(today), by=by)


def _lines(today: date) -> list[DemandRow]:
    found: list[tuple[float, str, int]] = []
    for material, (count, first, _, _) in PATTERN.items():
        step = (LAST_DAY - first) / (count - 1)
        found += [(first + step * number, material, number) for number in range(count)]
    rows = []
    order_of: dict[str, tuple[int, int]] = {}  # customer: number of its open order, lines in it
    for place, (day, material, number) in enumerate(sorted(found)):
        _, _, usual, customers = PATTERN[material]
        customer = customers[number % len(customers)]
        order, line = order_of.get(customer, (0, LINES))
        order, line = (4101 + place, 1) if line == LINES else (order, line + 1)
        order_of[customer] = order, line
        pieces = max(24, round(usual * SIZES[(place + number) % len(SIZES)] / 100 / 8) * 8)
        overdue = day == 0 or (material == "BT-220" and number == 0)
        due = _working_day(today, -1 if overdue else int(day))
        rows.append(
            DemandRow(
                code=f"SO-{order}/{line}",
                material=material,
                quantity=Decimal(pieces),
                due_at=datetime.combine(due, time(16 if place % 2 else 12)),
                customer=customer,
                order_code=f"SO-{order}",
                kind="call_off" if customer == "AUREL" else "order_line",
                weight=2 if RUSH.get(material) == number else 1,
            )
        )
    return rows


def _working_day(today: date, count: int) -> date:
    """``count`` working days (Monday to Friday) after today, or before it."""
    day, step = today, 1 if count >= 0 else -1
    left = abs(count)
    while left or day.weekday() > 4:
        day += timedelta(days=step)
        left -= left > 0 and day.weekday() < 5
    return day
