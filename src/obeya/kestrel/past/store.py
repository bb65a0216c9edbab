"""The store of what is made here: what lies there, who waits for it, and what leaves."""

from collections import Counter, defaultdict
from collections.abc import Callable

from obeya.kestrel.making import all_parts
from obeya.kestrel.past.places import Places
from obeya.kestrel.past.records import Line, Order

MADE = frozenset(part.code for part in all_parts())
WAIVED = 0.96  # of a line: customers waive the rest
EARLY_S = 2 * 3600  # a line is loaded so long before it is due


class Store:
    """Pieces by part number; lines are shipped whole, in the order of their due dates."""

    def __init__(self, places: Places, later: Callable[[int, Callable[[int], None]], None]) -> None:
        self.places, self.later = places, later
        self.held_parts = MADE
        self.held: Counter[str] = Counter()
        self.reserved: Counter[str] = Counter()  # for orders that are released, not begun
        self.owed: dict[str, list[Line]] = defaultdict(list)

    def expect(self, line: Line) -> None:
        """Ship it when it is due."""

        def load(now: int) -> None:
            self.owed[line.material].append(line)
            self._ship(line.material, now)

        self.later(line.due - EARLY_S, load)

    def has_parts_for(self, order: Order) -> bool:
        """Whether all components that are made here lie in the store."""
        return all(self.held[code] >= need for code, need in order.needs.items() if code in MADE)

    def issue(self, order: Order) -> None:
        order.is_issued = True
        for code, need in order.needs.items():
            if code in MADE:
                self.held[code] -= int(need)
                self.reserved[code] -= int(need)

    def reserve(self, order: Order) -> None:
        for code, need in order.needs.items():
            if code in MADE:
                self.reserved[code] += int(need)

    def put(self, order: Order, at: int) -> None:
        self.held[order.part.code] += order.jobs[-1].good
        self._ship(order.part.code, at)

    def _ship(self, code: str, at: int) -> None:
        waiting = self.owed[code]
        waiting.sort(key=lambda line: line.due)
        while waiting and self.held[code] >= WAIVED * waiting[0].quantity:
            line = waiting.pop(0)
            line.delivered = min(line.quantity, self.held[code])
            self.held[code] -= line.delivered
            line.shipped = at + 1_800 if at <= line.due - EARLY_S else self.places.shipping_from(at)
