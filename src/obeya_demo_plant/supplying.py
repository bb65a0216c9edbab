"""Suppliers bring what they owe: mostly when they have promised it, some late, some less."""

import math
from collections.abc import Sequence

from obeya_demo_plant.chance import Chance
from obeya_demo_plant.market import Goods, Purchase
from obeya_demo_plant.partners import (
    ANY_SUPPLIER,
    DAY_S,
    HOUR_S,
    SHORT,
    SHORT_BY,
    SUPPLIERS,
    is_working_day,
)
from obeya_demo_plant.state import State, Supply
from obeya_demo_plant.telling import Telling

FIRST_TRUCK_HOUR, TRUCK_HOURS = 6, 8


class Suppliers:
    """Who owe something to one plant."""

    def __init__(self, state: State, chance: Chance, telling: Telling) -> None:
        self.state, self.chance, self.telling = state, chance, telling

    def adopt(self, lines: Sequence[Purchase], goods: Goods) -> None:
        """See what is ordered; what somebody else received or cancelled is brought no more."""
        known = self.state.supplies
        there = {line.number for line in lines}
        for gone in [number for number in known if number not in there]:
            del known[gone]
        for line in lines:
            if line.number not in known:
                known[line.number] = self._supply(line, goods)

    def deliver(self, until: int) -> None:
        """Everything that stands at the gate by ``until``, in its order."""
        due = [each for each in self.state.supplies.values() if each.comes <= until]
        for each in sorted(due, key=lambda supply: (supply.comes, supply.number)):
            self.telling.received(each, each.comes)
            del self.state.supplies[each.number]

    def _supply(self, line: Purchase, goods: Goods) -> Supply:
        supplier = SUPPLIERS.get(line.supplier, ANY_SUPPLIER)
        chance, name = self.chance, (line.number, "supply")
        known_late = (self.state.now - line.due) / DAY_S
        late = supplier.late_days(chance.uniform(*name, "late"), known_late_days=known_late)
        day = _working_day(line.due // DAY_S + math.ceil(late), is_late=late > 0)
        comes = day * DAY_S + int(
            HOUR_S * (FIRST_TRUCK_HOUR + TRUCK_HOURS * chance.uniform(*name, "hour"))
        )
        quantity = line.quantity
        if chance.uniform(*name, "short") < SHORT:
            quantity *= 1 - chance.between(*SHORT_BY, *name, "short by")
        if line.material in goods.counted:
            bad = chance.poisson(quantity * supplier.ppm / 1e6, *name, "bad")
            quantity = max(1.0, math.floor(quantity) - bad)
        lot = f"{line.material}-{line.number}" if line.material in goods.by_lot else ""
        return Supply(line.number, max(comes, self.state.now + 1), round(quantity, 3), lot)


def _working_day(day: int, *, is_late: bool) -> int:
    """What is on time comes before a weekend, what is late after it."""
    while not is_working_day(day):
        day += 1 if is_late else -1
    return day
