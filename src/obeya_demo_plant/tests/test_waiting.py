"""A job waits for its material and a changeover for a setter; then they go on by themselves."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from obeya_demo_plant import crew
from obeya_demo_plant.tests.hall import HOUR_S, a_floor, an_order, said

BERLIN = ZoneInfo("Europe/Berlin")
NEED = {"order": "MO-1", "of": "1000", "operation": 10, "material": "DC04", "quantity": "410"}


def moment(year, month, day, hour, minute=0):
    return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp())


def begun(floor):
    return [row["job"] for row in said(floor, "job-starts")]


def test_a_job_without_its_material_is_passed_over_and_begun_when_it_has_come():
    orders = [an_order("MO-1/10", "WASH-1"), an_order("MO-2/10", "WASH-1", planned=60)]
    floor = a_floor(orders, machines={"WASH-1": "WASH"})
    floor.stores.see_needs([NEED])
    floor.stores.see_stock({"DC04": 100.0})

    floor.advance(4 * HOUR_S)
    assert begun(floor) == ["MO-2/10"]

    floor.stores.see_stock({"DC04": 410.0})
    floor.look_again()
    floor.advance(9 * HOUR_S)
    assert begun(floor) == ["MO-2/10", "MO-1/10"]
    assert floor.state.jobs["MO-1/10"].made == 1_000


def test_with_nearly_all_of_it_a_lot_is_made_as_far_as_the_material_goes():
    floor = a_floor([an_order("MO-1/10", "WASH-1")], machines={"WASH-1": "WASH"})
    floor.stores.see_needs([NEED])
    floor.stores.see_stock({"DC04": 0.41 * 930 + 0.2})

    floor.advance(9 * HOUR_S)

    assert floor.state.jobs["MO-1/10"].made == 930
    assert said(floor, "job-completions")[0]["job"] == "MO-1/10"


def test_what_a_running_job_still_needs_is_not_given_to_another():
    second = NEED | {"order": "MO-2"}
    orders = [
        an_order("MO-1/10", "WASH-1"),
        an_order("MO-2/10", "WASH-2"),
    ]
    floor = a_floor(orders, machines={"WASH-1": "WASH", "WASH-2": "WASH"})
    floor.stores.see_needs([NEED, second])
    floor.stores.see_stock({"DC04": 700.0})

    floor.advance(9 * HOUR_S)

    assert begun(floor) == ["MO-1/10"]
    assert floor.state.used == {"DC04": pytest.approx(410.0)}


def test_material_without_an_operation_is_taken_at_the_first_one_alone():
    orders = [an_order("MO-1/10", "WASH-1"), an_order("MO-1/20", "WASH-1", planned=1)]
    floor = a_floor(orders, machines={"WASH-1": "WASH"})
    floor.stores.see_needs([NEED | {"operation": None}])
    floor.stores.see_stock({"DC04": 410.0})

    floor.advance(24 * HOUR_S)

    assert begun(floor) == ["MO-1/10", "MO-1/20"]


def test_five_changeovers_at_once_have_four_setters_and_the_fifth_waits():
    early = moment(2026, 11, 23, 6)
    machines = {f"TURN-{n}": "TURN" for n in range(1, 6)}
    orders = [an_order(f"MO-{n}/10", f"TURN-{n}", planned=early) for n in range(1, 6)]
    floor = a_floor(orders, machines=machines, began=early, zone=BERLIN)

    floor.advance(early + 8 * HOUR_S)

    starts = {row["job"]: row["at"] for row in said(floor, "job-starts")[:5]}
    assert list(starts) == [f"MO-{n}/10" for n in range(1, 6)]
    assert set(list(starts.values())[:4]) == {"2026-11-23T06:00:00+00:00"}
    setups_s = [
        floor.truth.setup_s("TURN", floor.truth.center("TURN"), "other", n) for n in range(4)
    ]
    waited_s = datetime.fromisoformat(starts["MO-5/10"]).timestamp() - early
    assert waited_s >= min(setups_s)
    assert waited_s < max(setups_s) + 4 * HOUR_S


def test_the_same_part_again_needs_no_setter_nor_does_a_washer():
    floor = a_floor([], machines={})

    assert not floor.truth.needs_setter("TURN", "part")
    assert floor.truth.needs_setter("TURN", "family")
    assert not floor.truth.needs_setter("WASH", "other")


@pytest.mark.parametrize(
    ("utc", "setters", "until"),
    [
        ((2026, 11, 23, 5), 4, (2026, 11, 23, 13)),  # 06:00 in Berlin
        ((2026, 11, 23, 12, 59), 4, (2026, 11, 23, 13)),
        ((2026, 11, 23, 13), 3, (2026, 11, 23, 21)),
        ((2026, 11, 23, 21), 1, (2026, 11, 24, 5)),
        ((2026, 11, 24, 4, 59), 1, (2026, 11, 24, 5)),
        ((2026, 7, 6, 4), 4, (2026, 7, 6, 12)),  # summer time
    ],
)
def test_eight_setters_come_in_three_shifts(utc, setters, until):
    at = moment(*utc)

    assert crew.on_shift(at, BERLIN) == setters
    assert crew.next_shift(at, BERLIN) == moment(*until)
    assert sum(crew.SETTERS.values()) == 8
