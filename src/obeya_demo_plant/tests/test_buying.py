"""What the buyer orders of what the plan proposes, and what a call to a late supplier does."""

from datetime import UTC, datetime, timedelta
from statistics import fmean
from typing import Any

import pytest

from obeya_demo_plant.buying import Buyer
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.doors import Doors
from obeya_demo_plant.market import Proposal, Purchase
from obeya_demo_plant.state import State, Supply
from obeya_demo_plant.telling import Telling

DAY_S = 86_400
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOW = int(MONDAY.timestamp())


def a_buyer(*, now=NOW, seed=1):
    state = State(seed=seed, began=now, now=now)
    nobody = Doors("KES", lambda *_: (200, '{"items": [], "next": null}'))
    return Buyer(nobody, state, Chance(seed), Telling(state))


def a_proposal(*, days, lead_days=28.0, as_of=NOW - 60, **other):
    fields: dict[str, Any] = {"material": "SP-18", "quantity": 3_000.0, "supplier": "LINDQVIST"}
    fields |= other
    return Proposal(due=NOW + days * DAY_S, lead_s=int(lead_days * DAY_S), as_of=as_of, **fields)


def told(buyer):
    return [row for m in buyer.state.outbox if m["verb"] == "purchases" for row in m["rows"]]


def test_what_must_be_ordered_within_a_week_is_ordered_and_the_rest_waits():
    buyer = a_buyer()

    buyer.order([a_proposal(days=35), a_proposal(days=35.001, material="SP-20")])

    [row] = told(buyer)
    assert (row["material"], row["quantity"], row["supplier"]) == ("SP-18", 3_000, "LINDQVIST")


def test_the_supplier_promises_the_day_that_is_wanted_or_the_first_that_he_mostly_keeps():
    """LINDQVIST: 28 days, sigma 5, ninety of a hundred within 34.6 of them."""
    buyer = a_buyer()

    buyer.order([a_proposal(days=10), a_proposal(days=35)])

    early, late = (datetime.fromisoformat(row["due_at"]) for row in told(buyer))
    assert early.date() == (MONDAY + timedelta(days=35)).date()
    assert late == MONDAY + timedelta(days=35)


def test_nothing_is_ordered_twice_of_one_plan_nor_of_one_that_had_not_seen_the_order():
    buyer = a_buyer()
    buyer.order([a_proposal(days=20)])
    buyer.state.now += DAY_S
    buyer.order([a_proposal(days=20), a_proposal(days=22)])
    assert len(told(buyer)) == 2

    buyer.order([a_proposal(days=20, as_of=NOW + 3600)])
    assert len(told(buyer)) == 2  # that plan looked before the second order

    buyer.state.now += DAY_S
    buyer.order([a_proposal(days=20, as_of=NOW + DAY_S + 60)])
    assert len(told(buyer)) == 3


def test_two_equal_proposals_of_one_plan_are_two_orders_and_stay_two():
    buyer = a_buyer()

    buyer.order([a_proposal(days=20), a_proposal(days=20)])
    buyer.order([a_proposal(days=20), a_proposal(days=20)])

    assert [(row["material"], row["quantity"]) for row in told(buyer)] == [("SP-18", 3_000)] * 2


def late(buyer, number, *, days_late, days_to_come):
    due = buyer.state.now - int(days_late * DAY_S)
    comes = buyer.state.now + days_to_come * DAY_S
    buyer.state.supplies[number] = Supply(number, comes, 100.0, "")
    return Purchase(number, "SP-18", 100.0, due, "LINDQVIST")


def test_a_supplier_is_called_when_he_is_a_day_late_and_once_a_day():
    buyer = a_buyer()
    lines = [
        late(buyer, "PO-1/1", days_late=0.9, days_to_come=20),
        late(buyer, "PO-2/1", days_late=1, days_to_come=20),
        late(buyer, "PO-3/1", days_late=-4, days_to_come=20),
    ]

    buyer.look(lines)
    buyer.look(lines)

    assert [row["number"] for row in told(buyer)] == ["PO-2/1"]


@pytest.mark.parametrize(
    ("moment", "is_there"),
    [
        (MONDAY - timedelta(seconds=1), False),
        (MONDAY, True),
        (MONDAY + timedelta(days=5), False),  # a Saturday
    ],
)
def test_he_is_there_on_working_days_from_nine_on(moment, is_there):
    buyer = a_buyer(now=int(moment.timestamp()))

    buyer.look([late(buyer, "PO-2/1", days_late=2, days_to_come=20)])

    assert bool(told(buyer)) is is_there


def test_a_call_saves_fifteen_of_a_hundred_days_and_seven_of_ten_answers_are_true():
    """What is left is multiplied by a number between 0.7 and 1; whole days, none at weekends."""
    buyer = a_buyer()
    lines = [late(buyer, f"PO-{n}/1", days_late=2, days_to_come=100) for n in range(3_000)]

    buyer.look(lines)

    left = [(each.comes - NOW) / DAY_S for each in buyer.state.supplies.values()]
    assert fmean(left) == pytest.approx(85, abs=0.7)
    assert 69 <= min(left) < max(left) <= 100
    comes = {number: each.comes // DAY_S for number, each in buyer.state.supplies.items()}
    said = {
        row["number"]: int(datetime.fromisoformat(row["due_at"]).timestamp()) // DAY_S
        for row in told(buyer)
    }
    true = sum(said[number] == comes[number] for number in said)
    assert true / 3_000 == pytest.approx(0.7, abs=0.03)
    assert {said[n] - NOW // DAY_S for n in said if said[n] != comes[n]} == {1}
    days = {
        datetime.fromtimestamp(each.comes, UTC).weekday() for each in buyer.state.supplies.values()
    }
    assert days == {0, 1, 2, 3, 4}
