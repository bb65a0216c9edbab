"""What suppliers bring and customers want, without a product: only what is told."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import fmean

import pytest

from obeya_demo_plant.chance import Chance
from obeya_demo_plant.market import Goods, Line, Purchase
from obeya_demo_plant.selling import Customers
from obeya_demo_plant.state import State
from obeya_demo_plant.supplying import Suppliers
from obeya_demo_plant.telling import Telling

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY_S = 86_400
GOODS = Goods(counted={"SP-1"}, by_lot={"BAR-40"})


def seconds(moment):
    return int(moment.timestamp())


def a_plant(kind, *, now=MONDAY, seed=1):
    state = State(seed=seed, began=seconds(now), now=seconds(now))
    return kind(state, Chance(seed), Telling(state))


def told(partner, verb):
    return [row for m in partner.state.outbox if m["verb"] == verb for row in m["rows"]]


def a_purchase(number, *, days=10, **other):
    due = seconds(MONDAY + timedelta(days=days, hours=1))
    return Purchase(
        **{"number": number, "material": "SP-1", "quantity": 3_000.0, "due": due,
           "supplier": "LINDQVIST"} | other
    )  # fmt: skip


def a_line(code, *, days=0, **other):
    due = seconds(MONDAY + timedelta(days=days, hours=6))
    return Line(
        **{"code": code, "material": "BT-210", "quantity": 100.0, "due": due, "customer": "AUREL",
           "order": code.partition("/")[0], "kind": "order_line", "weight": 1} | other
    )  # fmt: skip


def deliveries(count, **other):
    suppliers = a_plant(Suppliers)
    suppliers.adopt([a_purchase(f"PO-{n}/1", **other) for n in range(count)], GOODS)
    return suppliers


def test_ninety_of_a_hundred_springs_come_on_or_before_their_day_and_on_working_days():
    found = deliveries(4_000).state.supplies.values()

    due = seconds(MONDAY + timedelta(days=10, hours=1)) // DAY_S  # a Thursday
    on_time = sum(each.comes // DAY_S <= due for each in found)
    assert on_time / 4_000 == pytest.approx(0.90, abs=0.015)
    weekdays = {datetime.fromtimestamp(each.comes, UTC).weekday() for each in found}
    assert weekdays == {0, 1, 2, 3, 4}
    hours = {datetime.fromtimestamp(each.comes, UTC).hour for each in found}
    assert hours == set(range(6, 14))


def test_few_deliveries_are_short_and_bad_pieces_are_sorted_out():
    brought = [each.quantity for each in deliveries(4_000).state.supplies.values()]

    short = [each for each in brought if each < 0.985 * 3_000]
    assert len(short) / 4_000 == pytest.approx(0.04 * 185 / 180, abs=0.012)
    whole = [3_000 - each for each in brought if each >= 0.985 * 3_000]
    assert fmean(whole) == pytest.approx(3_000 * 300e-6, rel=0.1)  # ppm


def test_what_stands_at_the_gate_is_told_once_with_its_lot_if_it_has_one():
    suppliers = a_plant(Suppliers)
    bar = a_purchase("PO-7/1", material="BAR-40", quantity=2_000.0, supplier="KETTERING")
    suppliers.adopt([bar], GOODS)
    comes = suppliers.state.supplies["PO-7/1"].comes

    suppliers.deliver(comes - 1)
    assert told(suppliers, "receipts") == []
    suppliers.deliver(comes)
    suppliers.deliver(comes + DAY_S)

    [row] = told(suppliers, "receipts")
    assert row["number"] == "PO-7/1"
    assert row["lot"] == "BAR-40-PO-7/1"
    assert datetime.fromisoformat(row["received_at"]).timestamp() == comes


def test_an_overdue_line_comes_after_now_and_a_cancelled_one_never():
    suppliers = a_plant(Suppliers)
    suppliers.adopt([a_purchase("PO-1/1", days=-4), a_purchase("PO-2/1")], GOODS)
    assert suppliers.state.supplies["PO-1/1"].comes > seconds(MONDAY)

    suppliers.adopt([a_purchase("PO-1/1", days=-4)], GOODS)

    assert set(suppliers.state.supplies) == {"PO-1/1"}


def test_a_truck_takes_whole_lines_that_are_due_by_the_next_working_day_longest_due_first():
    customers = a_plant(Customers)
    lines = [
        a_line("SO-1/1", days=1),
        a_line("SO-2/1", days=-3),
        a_line("SO-3/1", days=2),
        a_line("SO-4/1", days=0, material="OP-110"),
        a_line("FC-1/1", days=-1, kind="forecast"),
    ]

    customers.load(lines, {"BT-210": 150.0, "OP-110": 100.0}, seconds(MONDAY + timedelta(hours=8)))

    assert [row["code"] for row in told(customers, "shipments")] == ["SO-2/1", "SO-4/1"]
    assert {row["shipped_at"] for row in told(customers, "shipments")} == {
        "2026-11-23T14:00:00+00:00"
    }


def test_trucks_and_calls_come_on_working_days_at_their_hours():
    customers = a_plant(Customers)
    since, until = seconds(MONDAY), seconds(MONDAY + timedelta(days=7))

    trucks = [datetime.fromtimestamp(at, UTC) for at in customers.trucks(since, until)]
    assert [(each.weekday(), each.hour) for each in trucks] == [(day, 14) for day in range(5)]
    assert len(list(customers.calls(since, until))) == 5


def a_year(seed=1):
    """A book of 400 lines over six weeks, called about on 250 mornings; what was told each day."""
    days = []
    lines = [a_line(f"SO-{n}/1", days=7 * (n % 6) + n // 6 % 5) for n in range(402)]
    customers = a_plant(Customers, seed=seed)
    for number in range(250):
        at = seconds(MONDAY) + (number // 5 * 7 + number % 5) * DAY_S + 2 * 3600
        moved = [
            Line(**vars(each) | {"due": each.due + at - seconds(MONDAY) - 2 * 3600})
            for each in lines
        ]
        customers.state.outbox = []
        customers.call(moved, at)
        days.append(Counter(_kind(row) for row in told(customers, "demands")))
    return sum(days, Counter())


def _kind(row):
    if row["status"] == "cancelled":
        return "cancelled"
    if not row["code"].startswith("SN-"):
        return "changed"
    return "rush" if row["weight"] == 2 else "new"


def test_sixty_seven_lines_a_week_come_anew_of_which_three_and_a_half_are_in_a_hurry():
    year = a_year()

    weeks = 250 / 5
    assert (year["new"] + year["rush"]) / weeks == pytest.approx(67, rel=0.05)
    assert year["rush"] / weeks == pytest.approx(3.5, rel=0.2)


def test_nine_of_a_hundred_lines_are_changed_and_two_cancelled_while_they_are_open():
    year = a_year()

    open_days = 402 * 250 * (1 - 2 / 30)  # the last two days before it is due are settled
    assert year["changed"] * 30 / open_days == pytest.approx(0.09, rel=0.15)
    assert year["cancelled"] * 30 / open_days == pytest.approx(0.02, rel=0.3)


def test_what_is_announced_swings_by_fifteen_percent_on_mondays_and_gives_way_to_orders():
    customers = a_plant(Customers)
    firm = [a_line(f"SO-{n}/1", days=n % 42) for n in range(400)]
    announced = [
        a_line(f"FC-{n}/1", days=50 + n, kind="forecast", quantity=1_000.0) for n in range(7)
    ]
    tuesday = seconds(MONDAY + timedelta(days=1, hours=2))

    customers.call([*firm, *announced], seconds(MONDAY + timedelta(hours=2)))

    rows = [row for row in told(customers, "demands") if row["code"].startswith("FC-")]
    ordered = sum(r["quantity"] for r in told(customers, "demands") if r["code"][:2] == "SN")
    assert len(rows) == 7
    left = sum(row["quantity"] for row in rows if row["status"] == "open")
    assert 7_000 * 0.85 - ordered <= left <= 7_000 * 1.15 - ordered
    customers.state.outbox = []
    customers.call([*firm, announced[0]], tuesday)
    [row] = [row for row in told(customers, "demands") if row["code"].startswith("FC-")]
    ordered = sum(r["quantity"] for r in told(customers, "demands") if r["code"][:2] == "SN")
    assert row["status"] == ("closed" if ordered >= 1_000 else "open")


def test_the_same_seed_gives_the_same_orders_and_another_seed_others():
    def morning(seed):
        customers = a_plant(Customers, seed=seed)
        customers.call([a_line(f"SO-{n}/1", days=n % 42) for n in range(400)], seconds(MONDAY))
        return told(customers, "demands")

    assert morning(1) == morning(1)
    assert morning(1) != morning(2)


def test_what_is_on_its_way_and_how_customers_order_survive_a_restart():
    state = deliveries(3).state
    customers = Customers(state, Chance(1), Telling(state))
    customers.call([a_line(f"SO-{n}/1", days=n % 42) for n in range(400)], seconds(MONDAY))

    again = State.of(json.loads(json.dumps(state.as_dict())))

    assert again == state
    assert len(again.supplies) == 3
    assert again.book is not None
