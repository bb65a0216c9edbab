"""Customers send their trucks, order anew, change their minds, and sometimes are in a hurry."""

from collections.abc import Iterator, MutableMapping, Sequence, Set
from dataclasses import replace

from obeya_demo_plant import shapes
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.market import Line
from obeya_demo_plant.partners import (
    ANNOUNCED_SWING,
    CANCELLED,
    CHANGED,
    CHANGED_BY,
    DAY_S,
    FIRM_S,
    HOUR_S,
    LEAST,
    MONDAY,
    ORDER_SIGMA,
    RUSH,
    RUSH_WORKING_DAYS,
    SETTLED_S,
    is_working_day,
    rounded,
    working_day_after,
)
from obeya_demo_plant.state import Book, State
from obeya_demo_plant.telling import Telling

CALL_HOUR, TRUCK_HOUR = 8, 14
FIRM = ("order_line", "call_off")


class Customers:
    """Who wait for something from one plant."""

    def __init__(self, state: State, chance: Chance, telling: Telling) -> None:
        self.state, self.chance, self.telling = state, chance, telling

    def calls(self, since: int, until: int) -> Iterator[int]:
        """Mornings on which they call, later than ``since`` and up to ``until``."""
        return _times(CALL_HOUR, since, until)

    def trucks(self, since: int, until: int) -> Iterator[int]:
        return _times(TRUCK_HOUR, since, until)

    def load(
        self,
        lines: Sequence[Line],
        stock: MutableMapping[str, float],
        at: int,
        *,
        in_parts: Set[str] = frozenset(),
    ) -> list[Line]:
        """Whole lines that are due by the next working day, the longest due first; as loaded.

        ``in_parts``: orders of which a part is welcome, too, because deliveries are added up.
        """
        by = (working_day_after(at // DAY_S, 1) + 1) * DAY_S
        loaded = []
        for line in sorted(lines, key=lambda each: (each.due, each.code)):
            if line.kind not in FIRM or line.due >= by:
                continue
            there = stock.get(line.material, 0.0)
            if there < line.quantity:
                there = there // LEAST * LEAST if line.order in in_parts else 0.0
            if taken := min(there, line.quantity):
                stock[line.material] -= taken
                loaded.append(replace(line, quantity=taken))
        self.telling.shipped(loaded, at)
        return loaded

    def call(
        self, lines: Sequence[Line], at: int, *, called: Sequence[tuple[str, float]] = ()
    ) -> None:
        """What they want from this morning on; ``called`` was ordered by EDI."""
        firm = sorted((line for line in lines if line.kind in FIRM), key=lambda each: each.code)
        announced = {line.code: line for line in lines if line.kind == "forecast"}
        day = at // DAY_S
        touched = self._swung(announced, at) if day % 7 == MONDAY else {}
        ordered = list(called)
        if firm:
            ordered += self._change(firm, day, at)
        touched |= _made_firm({**announced, **touched}, ordered)
        left = [line for line in touched.values() if line.quantity > 0]
        self.telling.wanted(left)
        gone = [announced[code] for code, line in touched.items() if line.quantity <= 0]
        self.telling.wanted(gone, status="closed")

    def _change(self, firm: Sequence[Line], day: int, at: int) -> list[tuple[str, float]]:
        """Of those who order line by line; parts and quantities that are new."""
        book = self.state.book = self.state.book or book_of(firm, at)
        cancelled = [line for line in firm if self._happens(CANCELLED, "cancel", line, at)]
        changed = [
            self._changed(line, at)
            for line in firm
            if line not in cancelled and self._happens(CHANGED, "change", line, at)
        ]
        new = list(self._ordered(firm, day, book))
        self.state.has_news = self.state.has_news or bool(cancelled or changed or new)
        self.telling.wanted(cancelled, status="cancelled")
        self.telling.wanted([*changed, *new])
        return [(line.material, line.quantity) for line in new]

    def _happens(self, share: float, what: str, line: Line, at: int) -> bool:
        book = self.state.book
        if book is None or line.due < at + SETTLED_S:
            return False
        return self.chance.uniform(line.code, what, at // DAY_S) < share / book.ahead_days

    def _changed(self, line: Line, at: int) -> Line:
        name = (line.code, "changed by", at // DAY_S)
        factor = self.chance.between(1 - CHANGED_BY, 1 + CHANGED_BY, *name)
        return replace(line, quantity=rounded(line.quantity * factor))

    def _ordered(self, firm: Sequence[Line], day: int, book: Book) -> Iterator[Line]:
        """Like the lines that they have open: the same parts, about the same quantities."""
        for number in range(self.chance.poisson(book.lines_a_day, "ordered", day)):
            name = ("ordered", day, number)
            like = firm[int(self.chance.uniform(*name, "like") * len(firm))]
            size = shapes.lognormal(1.0, ORDER_SIGMA, self.chance.uniform(*name, "size"))
            is_rush = self.chance.uniform(*name, "rush") < RUSH
            ahead = book.ahead_days
            if is_rush:
                low, high = RUSH_WORKING_DAYS
                ahead = int(self.chance.between(low, high + 1, *name, "ahead"))
            yield replace(
                like,
                code=f"SN-{day}-{number + 1}/1",
                order=f"SN-{day}-{number + 1}",
                quantity=rounded(like.quantity * size),
                due=working_day_after(day, ahead) * DAY_S + like.due % DAY_S,
                weight=2 if is_rush else 1,
            )

    def _swung(self, announced: dict[str, Line], at: int) -> dict[str, Line]:
        """What is announced beyond the firm weeks is more this week, or less."""
        found = {}
        for code, line in announced.items():
            if line.due > at + FIRM_S:
                low, high = 1 - ANNOUNCED_SWING, 1 + ANNOUNCED_SWING
                factor = self.chance.between(low, high, code, "swing", at // DAY_S)
                found[code] = replace(line, quantity=rounded(line.quantity * factor))
        return found


def _made_firm(announced: dict[str, Line], new: Sequence[tuple[str, float]]) -> dict[str, Line]:
    """What has been ordered now is not announced any more."""
    found: dict[str, Line] = {}
    by_due = sorted(announced.values(), key=lambda each: (each.due, each.code))
    for part, pieces in new:
        left = pieces
        for code in [line.code for line in by_due if line.material == part]:
            line = found.get(code, announced[code])
            taken = min(left, line.quantity)
            if taken > 0:
                found[code] = replace(line, quantity=line.quantity - taken)
                left -= taken
    return found


def book_of(firm: Sequence[Line], at: int) -> Book:
    """As many lines a day as they have open for each day from this one on."""
    last = max(line.due for line in firm) // DAY_S
    ahead = sum(is_working_day(day) for day in range(at // DAY_S, last + 1))
    return Book(len(firm) / max(1, ahead), max(1, ahead))


def _times(hour: int, since: int, until: int) -> Iterator[int]:
    for day in range(since // DAY_S, until // DAY_S + 1):
        at = day * DAY_S + hour * HOUR_S
        if since < at <= until and is_working_day(day):
            yield at
