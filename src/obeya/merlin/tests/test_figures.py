"""The figures of the specification, computed by hand from the rows that the generator makes."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from obeya.merlin import merlin
from obeya.merlin.boards import boards
from obeya.merlin.lines import NET_HOURS, SMT_DOWN_PERCENT, WORK_CENTERS
from obeya.merlin.orders import WEEKS

TODAY = date(2026, 11, 26)
DAYS_A_WEEK, LINES = 5, 2
USED_SETUP_MIN = 30  # mean change-over of a planned line


@pytest.fixture(scope="module")
def plant():
    return merlin(today=TODAY)


def lines_of(plant):
    return [row for row in plant["Demand"] if row["kind"] != "forecast"]


def lots_and_pieces(plant):
    """Lots and pieces a week of everything made: an order line is a lot, a device takes a board."""
    lots, pieces = Counter(), Counter()
    inside = {row["material"]: row["component"] for row in plant["BOM"]
              if row["material"].startswith("DEV") and row["component"][:2] in
              {"MC", "SN", "PS", "GW", "DI", "LT"} and "-U" not in row["component"]}  # fmt: skip
    for row in lines_of(plant):
        for code in (row["material"], inside.get(row["material"])):
            if code:
                lots[code] += 1 / WEEKS
                pieces[code] += int(row["quantity"]) / WEEKS
    return lots, pieces


def load_and_oee(plant):
    lots, pieces = lots_and_pieces(plant)
    center_of = {center.machine_class: center for center in WORK_CENTERS}
    ideal_h, setup_h = defaultdict(float), defaultdict(float)
    for row in plant["Operations"]:
        code, center = row["material"], center_of[row["equipment_class"]]
        ideal_h[center.code] += pieces[code] * float(row["run_s"]) / 3600
        each = USED_SETUP_MIN if center.code == "SMT" else float(row["setup_min"])
        setup_h[center.code] += lots[code] * each / 60
    found = {}
    for center in WORK_CENTERS:
        good = (1 - center.speed_percent / 100) * center.first_pass_percent / 100
        lost = (center.down_percent + center.wait_percent) / 100
        taken = (ideal_h[center.code] / good + setup_h[center.code]) / (1 - lost)
        there = NET_HOURS[center.calendar] * len(center.machines)
        found[center.code] = (100 * taken / there, 100 * ideal_h[center.code] / taken)
    return found


def test_the_smt_lines_have_an_oee_of_58_and_are_the_bottleneck(plant):
    found = load_and_oee(plant)

    assert found["SMT"][1] == pytest.approx(58, abs=3)
    assert all(35 <= load <= 92 for load, _ in found.values()), found


def test_any_other_seed_and_day_gives_the_same_oee():
    found = load_and_oee(merlin(today=date(2027, 3, 28), seed=5))

    assert found["SMT"][1] == pytest.approx(58, abs=3)


def test_a_line_whose_next_lot_is_the_nearest_of_the_week_takes_30_minutes(plant):
    minutes = {(row["from_family"], row["to_family"]): float(row["setup_min"])
               for row in plant["Setup"]}  # fmt: skip
    families = defaultdict(list)
    for row in plant["Operations"]:
        if row.get("setup_family"):
            families[row["material"]].append(row["setup_family"])
    lines = sorted(lines_of(plant), key=lambda row: row["due_at"])
    lots = [each for row in lines for each in families[row["material"].removeprefix("DEV-")]]
    taken = []
    for first in range(0, len(lots), 7 * DAYS_A_WEEK):
        now, *left = lots[first : first + 7 * DAYS_A_WEEK]
        while left:
            following = min(left, key=lambda each: minutes[now, each])
            taken.append(minutes[now, following])
            left.remove(following)
            now = following

    assert sum(taken) / len(taken) == pytest.approx(USED_SETUP_MIN, abs=2)


def test_unplanned_stops_take_five_to_eight_percent():
    assert 5 <= SMT_DOWN_PERCENT <= 8


def test_seven_changeovers_a_day_and_line(plant):
    lots, _ = lots_and_pieces(plant)
    placed = [row["material"] for row in plant["Operations"]
              if row["equipment_class"] == "SMT LINES"]  # fmt: skip

    a_day = sum(lots[code] for code in placed) / DAYS_A_WEEK / LINES

    assert a_day == pytest.approx(7, abs=0.5)


def test_a_changeover_takes_twelve_minutes_and_nine_tenths_a_feeder_up_to_an_hour(plant):
    minutes = {(row["from_family"], row["to_family"]): float(row["setup_min"])
               for row in plant["Setup"]}  # fmt: skip
    families = {old for old, _ in minutes if old}
    changes = [value for (old, new), value in minutes.items() if old and old != new]

    assert len(families) == sum(board.sides for board in boards())
    assert len(minutes) == len(families) ** 2 + 1
    assert min(changes) >= 12
    assert max(changes) == 60
    of_a_line = [value for (old, new), value in minutes.items()
                 if old and old != new and old[:2] == new[:2]]  # fmt: skip
    assert sum(of_a_line) / len(of_a_line) < sum(changes) / len(changes)


def test_eleven_hundred_parts_and_boards_of_85_to_130_lines(plant):
    kinds = Counter(row["kind"] for row in plant["Materials"])
    lines = Counter(row["material"] for row in plant["BOM"])
    of_boards = [lines[board.code] for board in boards()]

    assert kinds["purchased"] + kinds["packaging"] + kinds["consumable"] == 1_100
    assert len(of_boards) == 38
    assert (min(of_boards), max(of_boards)) == (85, 130)


def test_a_board_carries_420_placements(plant):
    placed = Counter()
    kinds = {row["code"]: row["storage"] for row in plant["Materials"]}
    for row in plant["BOM"]:
        if kinds[row["component"]] == "REELS":
            placed[row["material"]] += int(row["quantity_per"])

    assert sum(placed.values()) / len(placed) == pytest.approx(420, rel=0.05)


def test_components_of_a_year_are_worth_14_million(plant):
    cost = {row["code"]: float(row["standard_cost"]) for row in plant["Materials"]}
    made = {row["material"] for row in plant["BOM"]}
    _, pieces = lots_and_pieces(plant)
    year = sum(
        pieces[row["material"]] * 52 * float(row["quantity_per"]) / float(row["per_quantity"])
        * cost[row["component"]]
        for row in plant["BOM"]
        if row["component"] not in made
    )  # fmt: skip

    assert year == pytest.approx(14e6, rel=0.1)  # the lots of these six weeks, not a mean year


def test_fifty_five_lines_a_week_in_lots_of_60_to_1500(plant):
    sizes = [int(row["quantity"]) for row in lines_of(plant)]

    assert len(sizes) == 55 * WEEKS
    assert (min(sizes), max(sizes)) == (60, 1_500)


def test_sixty_two_people(plant):
    assert len({row["code"] for row in plant["People"]}) == 62


def test_a_reel_is_a_lot_with_a_quantity_and_stock_lasts_48_days(plant):
    tracked = {row["code"] for row in plant["Materials"] if row["is_lot_tracked"]}
    cost = {row["code"]: float(row["standard_cost"]) for row in plant["Materials"]}
    bought = [row for row in plant["Stock"] if row["location"] in {"REELS", "PARTS"}]
    worth = sum(float(row["quantity"]) * cost[row["material"]] for row in bought)

    assert all(bool(row.get("lot")) == (row["material"] in tracked) for row in plant["Stock"])
    assert worth / (14e6 / 365) == pytest.approx(48, abs=5)


def test_a_double_sided_board_is_placed_again_before_its_floor_life_is_over(plant):
    limits = [row["maximum_wait_min"] for row in plant["Operations"] if row.get("maximum_wait_min")]

    assert limits == [168 * 60] * sum(board.sides == 2 for board in boards())


def test_lead_times_are_those_of_their_kinds(plant):
    weeks = defaultdict(set)
    for row in plant["Materials"]:
        if row["policy"] == "buy":
            weeks[row["name"].split()[0]].add(int(row["lead_time_days"]) / 7)

    assert weeks["Resistor"] | weeks["Capacitor"] == set(range(14, 21))
    assert weeks["Microcontroller"] <= set(range(18, 41))
    assert weeks["Bare"] == {5}
    assert weeks["Connector,"] == {10}


def test_the_same_day_and_seed_give_the_same_plant(plant):
    assert merlin(today=TODAY) == plant
    assert merlin(today=TODAY, seed=39)["Demand"] != plant["Demand"]
