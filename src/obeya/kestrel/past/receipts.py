"""What suppliers brought: told backward from what lies there now and what was used.

A delivery came when the one before it was nearly used up, so no bin was ever overdrawn, and what
is left is what the stores hold today. How late it was is the supplier's own spread.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil
from statistics import NormalDist
from zoneinfo import ZoneInfo

import numpy as np

from obeya.kestrel.bought import SUPPLIERS, Bought
from obeya.kestrel.making import all_bought
from obeya.kestrel.past.hours import instant
from obeya.kestrel.past.records import Order
from obeya.kestrel.rows import Row
from obeya.kestrel.stock import RAW_DAYS, weekly_use

MILLI = 1_000  # quantities are counted in thousandths, so that they add up
DAY_S = 86_400
USED_UP = (0.15, 0.5)  # of eighteen days' use is still there when the next delivery comes
PROMISED_AT = time(16)


@dataclass
class Receipt:
    """One line of a purchase order that came; times are seconds since 1970."""

    material: str
    supplier: str
    milli: int
    ordered: int
    due: int
    received: int
    lot: str = ""


@dataclass
class Bin:
    """One bought material: what lay there when the history began, and what came since."""

    opening: list[tuple[str, int]] = field(default_factory=list)  # lot, thousandths
    receipts: list[Receipt] = field(default_factory=list)
    taken: dict[int, list[tuple[str, int]]] = field(
        default_factory=dict
    )  # order → lot, thousandths


@dataclass(frozen=True)
class Issue:
    """An order took a material when its first operation ended."""

    at: int
    order: int
    milli: int


def bins(
    orders: Iterable[Order],
    stock: Sequence[Row],
    *,
    began: int,
    now: int,
    zone: ZoneInfo,
    copies: int,
    rng: np.random.Generator,
) -> Mapping[str, Bin]:
    """Every bought material by its code."""
    issues: dict[str, list[Issue]] = defaultdict(list)
    for order in orders:
        ended = order.jobs[0].ended
        if ended is not None and began < ended <= now:
            for code, need in order.needs.items():
                issues[code].append(Issue(ended, order.place, round(need * MILLI)))
    held: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in stock:
        held[row["material"]].append((row.get("lot", ""), int(row["quantity"] * MILLI)))
    use = weekly_use(copies)
    return {
        each.code: _Backward(each, held[each.code], use.get(each.code, 0.0) / 7, zone, rng).bin(
            sorted(issues[each.code], key=lambda issue: (issue.at, issue.order)), began, now
        )
        for each in all_bought()
    }


class _Backward:
    def __init__(
        self,
        what: Bought,
        held: list[tuple[str, int]],
        daily: float,
        zone: ZoneInfo,
        rng: np.random.Generator,
    ) -> None:
        self.what, self.held, self.daily, self.zone, self.rng = what, held, daily, zone, rng
        self.supplier = SUPPLIERS[what.supplier]

    def bin(self, issues: Sequence[Issue], began: int, now: int) -> Bin:
        result = Bin()
        left = sum(milli for _, milli in self.held)
        after = sum(issue.milli for issue in issues)  # used after the time looked at
        came, place, latest = 0, len(issues), now
        total = left + after
        lots = [*self.held]
        newest_first = list(reversed(lots))
        while self.daily:
            lot, milli = self._next(newest_first, len(result.receipts))
            keeps = self.rng.uniform(*USED_UP) * RAW_DAYS * self.daily * MILLI
            latest -= int(self.rng.uniform(0.5, 3.0) * DAY_S)
            while place and (
                issues[place - 1].at > latest
                or left + self._used(issues, place) < came + milli + keeps
            ):
                place -= 1
            if left + self._used(issues, place) < came + milli + keeps:
                break
            at = self._delivered(min(latest, issues[place].at if place < len(issues) else latest))
            if at <= began:
                break
            came += milli
            result.receipts.append(self._receipt(lot, milli, at))
            latest = at
        result.receipts.reverse()
        result.opening = self._opening(total - came, newest_first[len(result.receipts) :])
        self._take(result, issues)
        return result

    def _used(self, issues: Sequence[Issue], place: int) -> int:
        """By the issues from this one on."""
        if not hasattr(self, "sums"):
            self.sums = [0]
            for issue in reversed(issues):
                self.sums.append(self.sums[-1] + issue.milli)
        return self.sums[len(issues) - place]

    def _next(self, newest_first: Sequence[tuple[str, int]], count: int) -> tuple[str, int]:
        """Lot and size of the delivery before: those that still lie there first."""
        usual = max(self._minimum(), round(self.daily * 21, -1), 10.0)
        size = int(usual * self.rng.choice((0.8, 1.0, 1.0, 1.2))) * MILLI
        if self.what.kind != "raw":
            return "", size
        if count < len(newest_first):
            lot, milli = newest_first[count]
            is_oldest = count == len(newest_first) - 1
            return lot, max(milli, size) if is_oldest else milli
        return (
            f"{self.what.code}-H{int(self.rng.integers(1_000, 9_999))}{chr(65 + count % 26)}",
            size,
        )

    def _minimum(self) -> int:
        return self.supplier.minimum if self.what.kind in ("raw", "purchased") else 0

    def _delivered(self, at: int) -> int:
        """The last time before, on a working day between seven and two, that a truck came."""
        day = datetime.fromtimestamp(at, self.zone).date()
        came = self._truck(day)
        while came > at or day.weekday() > 4:
            day -= timedelta(days=1)
            came = self._truck(day)
        return came

    def _truck(self, day: date) -> int:
        minutes = (sum(map(ord, self.what.code)) * 7 + day.toordinal() * 13) % 400
        return instant(self.zone, day, time(7)) + minutes * 60

    def _receipt(self, lot: str, milli: int, at: int) -> Receipt:
        """Late by the supplier's spread: so many of a hundred come when they were promised."""
        spread = self.supplier.sigma_days
        late = NormalDist().inv_cdf(1 - self.supplier.on_time_percent / 100) * spread
        days = ceil(late + float(self.rng.normal(0.0, spread)))  # above 0: too late
        came_on = datetime.fromtimestamp(at, self.zone).date()
        due_on = came_on - timedelta(days=days)
        if due_on.weekday() > 4:  # promised for a working day
            monday = due_on + timedelta(days=7 - due_on.weekday())
            is_monday = days <= 0 or monday < came_on
            due_on = monday if is_monday else due_on - timedelta(days=due_on.weekday() - 4)
        due = instant(self.zone, due_on, PROMISED_AT)
        return Receipt(
            material=self.what.code,
            supplier=self.what.supplier,
            milli=milli,
            ordered=due - int(self.supplier.lead_days * DAY_S),
            due=due,
            received=at,
            lot=lot,
        )

    def _opening(self, milli: int, lots_left: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        if self.what.kind != "raw" or not lots_left:
            name = f"{self.what.code}-H{int(self.rng.integers(1_000, 9_999))}" * (
                self.what.kind == "raw"
            )
            return [(name, milli)] if milli else []
        oldest_first = list(reversed(lots_left))
        rest = milli - sum(each for _, each in oldest_first[1:])
        return [(oldest_first[0][0], rest), *oldest_first[1:]]

    def _take(self, result: Bin, issues: Sequence[Issue]) -> None:
        """First in, first out."""
        names = [lot for lot, _ in result.opening] + [each.lot for each in result.receipts]
        held = [milli for _, milli in result.opening] + [each.milli for each in result.receipts]
        place = 0
        for issue in issues:
            left = issue.milli
            parts = result.taken.setdefault(issue.order, [])
            while left:
                while not held[place]:
                    place += 1
                part = min(left, held[place])
                held[place] -= part
                left -= part
                parts.append((names[place], part))
