"""Ninety days of the plant, run forward until the moment at which the demo opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from obeya.kestrel.making import all_parts
from obeya.kestrel.orders import past_lines
from obeya.kestrel.past.hours import instant
from obeya.kestrel.past.places import Places
from obeya.kestrel.past.planner import Planner, Request
from obeya.kestrel.past.records import Line, Order
from obeya.kestrel.past.shop import Shop
from obeya.kestrel.past.store import Store
from obeya.kestrel.past.truth import truths
from obeya.kestrel.rows import Row
from obeya.kestrel.stock import WIP_DAYS, weekly_use

DAYS = 90
WARM_UP_WEEKS = 7  # from an empty shop to a usual one; not part of the history
ASKED_DAYS, ASKED_PIECES = 14, (20, 61)  # an older part: not in the last days, and how many
HEARD_DAYS = 28  # before a line is due the planner knows it


@dataclass(frozen=True)
class History:
    """What is told of the past; times are seconds since 1970."""

    began: int
    now: int
    held: Mapping[str, int]  # pieces of what is made, now
    orders: Sequence[Order]
    lines: Sequence[Line]
    places: Places
    families: Mapping[str, str]  # machine → what it is set up for


def history(
    now: datetime,
    *,
    zone: ZoneInfo,
    copies: int,
    demand: Sequence[Row],
    factors: Mapping[tuple[str, int], float],
    seed: int,
) -> History:
    """Run the plant from ``DAYS`` before ``now``; the demand is what will be open then."""
    lines_rng, shop_rng, asked_rng = (np.random.default_rng([seed, part]) for part in (10, 11, 14))
    today = now.astimezone(zone).date()
    began_on = today - timedelta(days=DAYS)
    first = began_on - timedelta(weeks=WARM_UP_WEEKS)
    until, began = int(now.timestamp()), instant(zone, began_on, time(0))
    places = Places(copies, zone, first, today + timedelta(days=60))

    weeks = (DAYS + 7 * WARM_UP_WEEKS) // 7
    past = [_line(row, zone, is_past=True) for row in past_lines(today, weeks, copies, lines_rng)]
    future = [_line(row, zone, is_past=False) for row in demand if row["kind"] != "forecast"]
    past = _without(past, [line for line in future if line.due < until])

    shop = Shop(places, truths(), factors, shop_rng)
    store = Store(places, shop.later)
    orders: list[Order] = []

    def release(order: Order, at: int) -> None:
        orders.append(order)
        store.reserve(order)
        shop.arrive(order, at)

    planner = Planner(places, store, copies, release)
    shop.may_begin, shop.on_begin = store.has_parts_for, store.issue

    def made(order: Order, at: int) -> None:
        store.put(order, at)
        shop.look("ASSY", at)

    shop.on_made = made
    for code, pieces in weekly_use(copies).items():
        if code in store.held_parts:
            store.held[code] = round(pieces / 7 * WIP_DAYS * 0.8)
    planner.add([*past, *future])
    planner.ask(_requests(began_on, zone, asked_rng))
    for line in past:
        store.expect(line)
    day = first
    while day <= today:
        if day.weekday() < 5:
            shop.later(instant(zone, day, time(5, 30)), planner.morning)
        day += timedelta(days=1)
    shop.run(until)
    families = {
        state.machine.code: state.family for center in shop.states.values() for state in center
    }
    return History(began, until, dict(store.held), orders, past, places, families)


def _without(past: Sequence[Line], overdue: Sequence[Line]) -> list[Line]:
    """An overdue line is one of those that were due in the last days, not one more."""
    kept = list(past)
    for line in overdue:
        alike = [place for place, each in enumerate(kept) if each.material == line.material]
        if alike:
            del kept[max(alike, key=lambda place: kept[place].due)]
    return kept


def _requests(began_on: date, zone: ZoneInfo, rng: np.random.Generator) -> list[Request]:
    """A few of each older part, once in the time that is told."""
    found = []
    for part in (part for part in all_parts() if not part.share):
        day = began_on + timedelta(days=int(rng.integers(DAYS - ASKED_DAYS)))
        found.append(Request(instant(zone, day, time(5)), part, int(rng.integers(*ASKED_PIECES))))
    return found


def _line(row: Row, zone: ZoneInfo, *, is_past: bool) -> Line:
    due = int(row["due_at"].replace(tzinfo=zone).timestamp())
    return Line(
        code=row["code"],
        order_code=row["order_code"],
        material=row["material"],
        customer=row["customer"],
        kind=row["kind"],
        quantity=int(row["quantity"]),
        due=due,
        known=due - HEARD_DAYS * 86_400,
        is_past=is_past,
    )
