"""The figures of the specification, computed from the rows that the generator makes."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from obeya.kestrel import kestrel
from obeya.kestrel.orders import CUSTOMERS, WEEKS
from obeya.kestrel.parts import SOLD, sold_parts
from obeya.kestrel.tests.loads import load_and_oee, pieces_a_week

TODAY = date(2026, 11, 26)
LOAD_AND_OEE = {  # percent, as the specification has them
    "SAW": (48, 71), "TURN": (74, 70), "MILL": (89, 70), "GEAR": (92, 63), "PRESS": (94, 61),
    "WELD": (69, 71), "HEAT": (64, 86), "GRIND": (87, 63), "WASH": (48, 89), "PLATE": (39, 76),
    "ASSY": (73, 75), "TEST": (47, 78),
}  # fmt: skip
MACHINES = {"SAW": 1, "TURN": 8, "MILL": 6, "GEAR": 3, "PRESS": 3, "WELD": 3, "HEAT": 3,
            "GRIND": 5, "WASH": 1, "PLATE": 2, "ASSY": 7, "TEST": 3}  # fmt: skip


@pytest.fixture(scope="module")
def plant():
    return kestrel("M", today=TODAY)


@pytest.mark.parametrize("center", LOAD_AND_OEE)
def test_the_demand_loads_each_work_center_as_specified_within_three_points(plant, center):
    assert load_and_oee(plant, WEEKS)[center] == pytest.approx(LOAD_AND_OEE[center], abs=3)


def test_any_other_seed_and_day_gives_the_same_loads():
    other = kestrel("M", today=date(2027, 3, 3), seed=4)

    for center, figures in load_and_oee(other, WEEKS).items():
        assert figures == pytest.approx(LOAD_AND_OEE[center], abs=3), center


def test_forty_five_machines_and_ninety_people(plant):
    machines = [row for row in plant.sheets["Equipment"] if "classes" in row]
    skills = Counter(row["skill"] for row in plant.sheets["People"])

    assert Counter(row["parent"] for row in machines) == MACHINES
    assert len({row["code"] for row in plant.sheets["People"]}) == 90
    asked = {"TURNING": 14, "MILLING": 13, "GRINDING": 9, "GEAR CUTTING": 4, "PRESS SETTING": 5,
             "WELDING": 6, "HEAT TREATMENT": 4, "PLATING": 3, "CMM": 3, "FORKLIFT": 22,
             "FIRST AID": 12}  # fmt: skip
    assert {skill: skills[skill] for skill in asked} == asked


def test_three_hundred_materials(plant):
    kinds = Counter(row["kind"] for row in plant.sheets["Materials"])

    assert kinds == {"finished": 26, "semifinished": 62, "purchased": 74, "raw": 38,
                     "packaging": 22, "consumable": 18, "spare": 60}  # fmt: skip
    assert len({row["code"] for row in plant.sheets["Materials"]}) == 300


def test_sixty_seven_lines_a_week_of_which_six_percent_are_overdue(plant):
    lines = [row for row in plant.sheets["Demand"] if row["kind"] != "forecast"]

    assert len(lines) == 402
    assert sum(row["due_at"].date() < TODAY for row in lines) == 24


def test_customers_share_the_revenue_and_each_family_its_pieces(plant):
    price = {part.code: SOLD[part.kind].price for part in sold_parts()}
    lines = [row for row in plant.sheets["Demand"] if row["kind"] != "forecast"]
    revenue: Counter[str] = Counter()
    pieces: Counter[str] = Counter()
    for row in lines:
        revenue[row["customer"]] += float(row["quantity"]) * price[row["material"]]
        pieces[row["material"][:2]] += int(row["quantity"])

    assert sum(revenue.values()) / WEEKS * 52 == pytest.approx(20e6, rel=0.01)
    assert pieces == pytest.approx(
        {kind: family.pieces * WEEKS for kind, family in SOLD.items()}, rel=0.01
    )
    shares = {code: 100 * worth / sum(revenue.values()) for code, worth in revenue.items()}
    steady = {code: each.revenue_percent for code, each in CUSTOMERS.items() if code != "FENNEK"}
    assert {code: shares[code] for code in steady} == pytest.approx(steady, abs=5)
    assert shares["FENNEK"] < 3  # still at a fifth to two fifths of its ramp


def test_seven_thousand_six_hundred_arms_go_into_seven_thousand_four_hundred_tensioners(plant):
    pieces = pieces_a_week(plant, WEEKS)

    def of(start):
        return sum(count for code, count in pieces.items() if code.startswith(start))

    assert of("AR-") == pytest.approx(7_600, rel=0.01)
    assert of("PS-") == pytest.approx(7_600, rel=0.01)
    assert of("HS-") == pytest.approx(2_900, rel=0.01)
    assert of("PN-") == pytest.approx(3_000, rel=0.01)


def test_true_times_are_five_percent_longer_and_a_few_are_far_off(plant):
    factors = np.array(list(plant.true_factors.values()))
    far = factors[factors > 1.05 * 1.5]

    assert np.median(factors) == pytest.approx(1.06, abs=0.03)
    assert np.log(factors[factors < 1.5]).std() == pytest.approx(0.15, abs=0.02)
    assert 0.04 < len(far) / len(factors) < 0.07
    assert far.max() > 8


def test_time_limits_stand_between_the_steps_that_have_them(plant):
    limits = {
        (row["material"][:2], row["name"]): int(row["maximum_wait_min"])
        for row in plant.sheets["Operations"]
        if row.get("maximum_wait_min") is not None
    }

    assert limits[("VS", "Wash before plating")] == 24 * 60
    assert limits[("VS", "Plate zinc-nickel")] == 4 * 60
    assert limits[("TS", "Carburise")] == limits[("PN", "Carburise")] == 4 * 60


def test_a_furnace_cools_for_ninety_minutes_and_heats_for_forty_five(plant):
    heat = {
        (row["from_family"], row["to_family"]): int(row["setup_min"])
        for row in plant.sheets["Setup"]
        if row["matrix"] == "HEAT"
    }

    assert heat["CASE-08", "HARDEN-850"] == 90
    assert heat["HARDEN-850", "CASE-08"] == 45
    assert heat["CASE-08", "CASE-12"] == 25
    assert heat["CASE-08", "CASE-08"] == 5


def test_the_same_day_and_seed_give_the_same_plant(plant):
    assert kestrel("M", today=TODAY) == plant
    assert kestrel("M", today=TODAY, seed=21).sheets["Demand"] != plant.sheets["Demand"]


def test_size_l_is_six_times_as_big_and_as_busy():
    large = kestrel("L", today=TODAY)

    assert sum("classes" in row for row in large.sheets["Equipment"]) == 270
    assert len({row["code"] for row in large.sheets["People"]}) == 540
    assert sum(row["kind"] != "forecast" for row in large.sheets["Demand"]) == 6 * 402


def test_a_plant_that_opens_in_january_was_closed_at_christmas():
    rows = kestrel("M", today=date(2027, 1, 4)).sheets["Calendars"]
    closed = {row["on_date"] for row in rows if row["calendar"] == "2-SHIFT" and "on_date" in row}

    assert {date(2026, 12, 25), date(2027, 1, 1), date(2027, 12, 25)} <= closed
