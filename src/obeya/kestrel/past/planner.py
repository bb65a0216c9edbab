"""The planner: every working morning, what must be released so that the lines can be met."""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from obeya.kestrel.making import INTO, all_parts, line_lot
from obeya.kestrel.parts import INSIDE_LOTS, Part
from obeya.kestrel.past.places import Places
from obeya.kestrel.past.records import Job, Line, Order
from obeya.kestrel.past.store import WAIVED, Store
from obeya.kestrel.routings import ROUTES, Step, standard_s
from obeya.kestrel.stock import weekly_use
from obeya.kestrel.work_centers import CENTERS

DAY_S = 86_400
QUEUE_H = {  # working hours that work usually waits before an operation
    "SAW": 3.5, "TURN": 10.5, "MILL": 12, "GEAR": 14, "PRESS": 14, "WELD": 4, "HEAT": 13,
    "GRIND": 13, "WASH": 2, "PLATE": 3.5, "ASSY": 5, "TEST": 2,
}  # fmt: skip
ALLOWED = 0.94  # of these: he cuts it fine, and one line in ten is late
REQUEST_S = 10 * DAY_S  # until an older part is promised
OUTSIDE_S = 8 * DAY_S  # to the coater and back, with the wait for the truck
COVER_DAYS = {"AR": 5.0, "HS": 5.0, "CV": 5.0, "BB": 5.0, "PS": 9.0, "PN": 10.0}


class Request(NamedTuple):
    """Somebody wants so many of an older part."""

    at: int
    part: Part
    pieces: int


class Planner:
    """Nets lines against stock and open orders; components are reordered before they end."""

    def __init__(
        self, places: Places, store: Store, copies: int, release: Callable[[Order, int], None]
    ) -> None:
        self.places, self.store, self.release = places, store, release
        self.copies = copies
        self.lines: dict[str, list[Line]] = defaultdict(list)
        self.open: dict[str, list[Order]] = defaultdict(list)
        self.requests: list[Request] = []
        self.count = 0
        self.daily = {code: pieces / 7 for code, pieces in weekly_use(copies).items()}
        self.sold = [part for part in all_parts() if part.is_sold]
        self.inside = [
            part
            for part in all_parts()
            if part.kind in INSIDE_LOTS and part.share and (part.kind != "PN" or part.is_sold)
        ]

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            insort(self.lines[line.material], line, key=lambda each: each.due)

    def ask(self, requests: Iterable[Request]) -> None:
        """For older parts: made once, when somebody wants them."""
        self.requests += requests

    def morning(self, at: int) -> None:
        for request in [each for each in self.requests if each.at <= at]:
            self.requests.remove(request)
            jobs, _ = self._jobs(request.part, request.pieces, at + REQUEST_S)
            self._release(request.part, request.pieces, at + REQUEST_S, jobs, at)
        for part in self.inside:
            self._reorder(part, at)
        for part in self.sold:
            if part.kind != "PN":
                self._net(part, at)

    def _net(self, part: Part, at: int) -> None:
        """An order for each line that neither stock nor open orders will meet."""
        lines = self.lines[part.code] = [
            line for line in self.lines[part.code] if line.shipped is None
        ]
        expected = self.store.held[part.code] + self._coming(part)
        for line in lines:
            if line.known > at:
                continue
            expected -= line.quantity
            if expected >= (WAIVED - 1) * line.quantity:
                expected = max(expected, 0.0)
                continue
            lot = max(_least(part), round(-expected * (1 + ROUTE_SCRAP[part.kind])))
            due = line.due
            jobs, starts = self._jobs(part, lot, due)
            if starts > at + DAY_S:
                break
            self._release(part, lot, max(due, at), jobs, at)
            expected += lot / (1 + ROUTE_SCRAP[part.kind])

    def _reorder(self, part: Part, at: int) -> None:
        daily = self.daily.get(part.code, 0.0)
        if part.kind == "PN":
            self.lines[part.code] = [x for x in self.lines[part.code] if x.shipped is None]
        lot = round(INSIDE_LOTS[part.kind] * (1 + ROUTE_SCRAP[part.kind]))
        usual = 1.15 * max(line_lot(parent) for parent in PARENTS[part.kind])
        level = daily * COVER_DAYS[part.kind] + usual
        reserved = self.store.reserved[part.code]
        while self.store.held[part.code] + self._coming(part) - reserved < level:
            jobs, _ = self._jobs(part, lot, at + int(COVER_DAYS[part.kind] * 0.75 * DAY_S))
            self._release(part, lot, jobs[-1].planned[1], jobs, at)

    def _coming(self, part: Part) -> float:
        open_orders = self.open[part.code] = [o for o in self.open[part.code] if not o.is_done]
        return sum(
            (order.pieces if order.at else order.quantity) / (1 + _scrap_left(order))
            for order in open_orders
        )

    def _release(self, part: Part, lot: int, due: int, jobs: list[Job], at: int) -> None:
        self.count += 1
        order = Order(
            place=self.count,
            part=part,
            quantity=lot,
            due=due,
            released=at,
            jobs=jobs,
            needs=dict(needs_of(part, lot)),
            pieces=lot,
        )
        self.open[part.code].append(order)
        self.release(order, at)

    def _jobs(self, part: Part, lot: int, due: int) -> tuple[list[Job], int]:
        """Planned windows backward from the due date, and when to begin at the latest."""
        jobs, end = [], due
        for step in reversed(ROUTES[part.kind]):
            if not step.center:
                jobs.append(Job(step, (end - OUTSIDE_S // 2, end)))
                end -= OUTSIDE_S
                continue
            hours = self.places.hours[step.center]
            worked = max(hours.worked(end), 0)
            begins = max(worked - self._takes(step, part, lot), 0)
            jobs.append(Job(step, (hours.begin(begins), hours.end(max(worked, 1)))))
            end = hours.begin(max(begins - int(QUEUE_H[step.center] * ALLOWED * 3600), 0))
        jobs.reverse()
        return jobs, end

    def _takes(self, step: Step, part: Part, lot: int) -> int:
        setup_s = CENTERS[step.center].setup_min * 60
        return int(setup_s + lot * float(standard_s(step, part)) * 1.2 + step.fixed_min * 60)


def _least(part: Part) -> int:
    """What goes through the furnaces is made in whole lots."""
    if part.kind in ("TS", "VS"):
        return round(line_lot(part) * (1 + ROUTE_SCRAP[part.kind]))
    return line_lot(part) // 2


def needs_of(part: Part, lot: int) -> Iterable[tuple[str, float]]:
    """Whole pieces, and kilograms to the gram, as requirements are rounded."""
    for component, quantity, per, scrap in INTO[part.kind](part):
        exact = Decimal(str(quantity)) * lot / per / (1 - Decimal(str(scrap)) / 100)
        step = (
            Decimal("0.001") if component.startswith(("BAR", "DC04", "S355", "CO-")) else Decimal(1)
        )
        yield component, float((exact / step).to_integral_value(ROUND_CEILING) * step)


def _lost(steps: Iterable[Step]) -> float:
    good = 1.0
    for step in steps:
        if step.center:
            good *= 1 - CENTERS[step.center].scrap_percent / 100
    return 1 / good - 1


def _scrap_left(order: Order) -> float:
    return SCRAP_FROM[order.part.kind][order.at] if not order.is_done else 0.0


ROUTE_SCRAP = {kind: _lost(steps) for kind, steps in ROUTES.items()}
SCRAP_FROM: Mapping[str, list[float]] = {
    kind: [_lost(steps[place:]) for place in range(len(steps) + 1)]
    for kind, steps in ROUTES.items()
}
PARENTS = {
    kind: [p for p in all_parts() if p.kind == into]
    for kind, into in {
        "AR": "BT",
        "PS": "BT",
        "BB": "BT",
        "HS": "OP",
        "CV": "OP",
        "PN": "OP",
    }.items()
}
