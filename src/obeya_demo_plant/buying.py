"""The buyer: orders what the plan proposes when it is time, and calls suppliers who are late."""

from collections import Counter
from collections.abc import Iterator, Sequence

from obeya_demo_plant.chance import Chance
from obeya_demo_plant.doors import Doors
from obeya_demo_plant.market import Proposal, Purchase, proposals
from obeya_demo_plant.partners import (
    ANY_SUPPLIER,
    CANDID,
    DAY_S,
    HOUR_S,
    HURRIED,
    SUPPLIERS,
    is_working_day,
    working_day_after,
)
from obeya_demo_plant.state import State, Supply
from obeya_demo_plant.telling import Telling

BUYING_HOUR = 9
AHEAD_S = 7 * DAY_S  # what must be ordered within a week is ordered today
LATE_S = DAY_S  # after the promise he calls


class Buyer:
    """Of one plant."""

    def __init__(self, doors: Doors, state: State, chance: Chance, telling: Telling) -> None:
        self.doors, self.state, self.chance, self.telling = doors, state, chance, telling

    def look(self, lines: Sequence[Purchase]) -> None:
        """Once each working day, from nine on; ``lines``: what is owed."""
        day = self.state.now // DAY_S
        is_time = self.state.now % DAY_S >= BUYING_HOUR * HOUR_S
        if day == self.state.bought_on or not is_time or not is_working_day(day):
            return
        self.state.bought_on = day
        self.order(proposals(self.doors.list("purchase-proposals")))
        self.telling.purchased(list(self._called(lines, day)))

    def order(self, found: Sequence[Proposal]) -> None:
        """What must be ordered within a week; the supplier promises when he is mostly there.

        A plan that had looked before the last orders proposes them still: of such a one nothing
        is ordered that was, and of one that looked before, but came later, nothing at all.
        """
        state = self.state
        if not found:
            return
        plan = found[0].as_of
        if plan != state.bought_of:
            if plan <= state.bought_at:
                return
            state.bought_of, state.bought = plan, []
        ordered: list[Purchase] = []
        alike: Counter[str] = Counter()  # one plan may want the same twice
        for each in found:
            like = f"{each.material} {each.due} {each.quantity:g}"
            alike[like] += 1
            name = f"{like} {alike[like]}"
            if each.due - each.lead_s > state.now + AHEAD_S or name in state.bought:
                continue
            state.bought.append(name)
            number = f"PB-{state.now // DAY_S}-{len(ordered) + 1}/1"
            ordered.append(
                Purchase(number, each.material, each.quantity, self._promised(each), each.supplier)
            )
        if ordered:
            state.bought_at = state.now
        self.telling.purchased(ordered)

    def _promised(self, each: Proposal) -> int:
        """When it is wanted, or when the supplier can keep it."""
        supplier = SUPPLIERS.get(each.supplier, ANY_SUPPLIER)
        day = int((self.state.now + supplier.promised_days * DAY_S) // DAY_S) + 1
        return max(each.due, working_day_after(day - 1, 1) * DAY_S + each.due % DAY_S)

    def _called(self, lines: Sequence[Purchase], day: int) -> Iterator[Purchase]:
        """Whoever is a day late hurries a little, and says when he will come, mostly truly."""
        for line in sorted(lines, key=lambda each: each.number):
            supply = self.state.supplies.get(line.number)
            if supply is None or self.state.now - line.due < LATE_S:
                continue
            name = (line.number, "called", day)
            low, high = HURRIED
            left_s = (supply.comes - self.state.now) * self.chance.between(low, high, *name, "by")
            self._hurry(supply, left_s)
            said = supply.comes // DAY_S
            if self.chance.uniform(*name, "candid") >= CANDID:
                said = min(said, working_day_after(day, 1))
            yield Purchase(
                line.number,
                line.material,
                line.quantity,
                said * DAY_S + line.due % DAY_S,
                line.supplier,
            )

    def _hurry(self, supply: Supply, left_s: float) -> None:
        """He comes at the hour that he would have come at, on a working day."""
        hour_s, today = supply.comes % DAY_S, self.state.now // DAY_S
        day = max(today + 1, int((self.state.now + left_s) // DAY_S))
        while not is_working_day(day):
            day += 1
        supply.comes = min(supply.comes, day * DAY_S + hour_s)
