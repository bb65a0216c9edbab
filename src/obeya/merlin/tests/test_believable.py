"""What an electronics engineer would look for first, and that the plant is the same for all."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date

import pytest

from obeya.merlin import merlin
from obeya.merlin.boards import boards
from obeya.merlin.passives import passives

TODAY = date(2026, 11, 26)
DIGEST = """
from datetime import date
from hashlib import sha256
from obeya.kestrel import in_crisis, kestrel
from obeya.merlin import merlin
today = date(2026, 11, 26)
crisis = in_crisis(kestrel("M", today=today), today=today)
print(sha256(repr((merlin(today=today), crisis)).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def plant():
    return merlin(today=TODAY)


@pytest.fixture(scope="module")
def names(plant):
    return {row["code"]: row["name"] for row in plant["Materials"]}


def test_ten_kiloohm_and_hundred_nanofarad_are_used_most():
    assert passives(5) == [
        ("R0402-10K-A", "Resistor 0402 10 kΩ 1 %"),
        ("C0402-100N-A", "Capacitor 0402 100 nF 16 V X7R"),
        ("R0402-47K-A", "Resistor 0402 47 kΩ 1 %"),
        ("C0402-470N-A", "Capacitor 0402 470 nF 16 V X7R"),
        ("R0402-22K-A", "Resistor 0402 22 kΩ 1 %"),
    ]


def test_small_values_are_c0g_and_microfarads_are_x5r_in_larger_cases():
    of = dict(passives(200))

    assert len(of) == len(set(of.values())) == 200
    assert of["C0402-100P-A"] == "Capacitor 0402 100 pF 50 V C0G"
    assert of["C0402-100P-B"] == "Capacitor 0402 100 pF 100 V C0G"
    assert of["C0603-4.7U-A"] == "Capacitor 0603 4.7 µF 10 V X5R"
    assert of["C0805-10U-A"] == "Capacitor 0805 10 µF 10 V X5R"


def test_abbreviations_stay_capital(names):
    assert names["MC-110-U2"] == "CAN transceiver, board MC-110"
    assert names["GW-110-U3"] == "Ethernet PHY, board GW-110"
    assert names["SNLE-06"] == "LED 0603, sensor node 06"
    assert len(set(names.values())) == len(names)


def test_every_board_is_printed_with_paste_and_packed_on_trays_with_a_serial_label(plant, names):
    into = defaultdict(list)
    for row in plant["BOM"]:
        into[row["material"]].append(names[row["component"]].split(",")[0])

    for board in boards():
        assert into[board.code].count("Solder paste SAC305") == 1
        assert into[board.code].count("ESD tray") == 1
        assert into[board.code].count("Serial label") == 1


def test_every_device_has_a_housing_a_lid_a_seal_and_four_screws(plant, names):
    into = defaultdict(dict)
    for row in plant["BOM"]:
        kind = names[row["component"]].split(",")[0]
        into[row["material"]][kind] = row["quantity_per"] / row["per_quantity"]
    devices = [into[board.device] for board in boards() if board.device]

    assert len(devices) == 7
    for parts in devices:
        assert [parts[kind] for kind in ("Housing", "Lid", "Seal", "Screw M3")] == [1, 1, 1, 4]
        assert len(parts) == 8  # the board, six parts and a share of a carton


def test_no_reel_holds_more_than_a_full_one_and_none_has_the_number_of_another(plant):
    full = {row["code"]: row["lot_multiple"] for row in plant["Materials"]
            if row["policy"] == "buy" and row["is_lot_tracked"]}  # fmt: skip
    reels = [row for row in plant["Stock"] if row["material"] in full]
    begun = Counter(row["material"] for row in reels if row["quantity"] < full[row["material"]])

    assert all(row["quantity"] <= full[row["material"]] for row in reels)
    assert len({row["lot"] for row in reels}) == len(reels)
    assert max(begun.values()) <= 2
    assert set(full.values()) == {50_000, 10_000, 5_000, 1_000}


def test_whole_reels_are_bought(plant):
    full = {row["code"]: row["lot_multiple"] for row in plant["Materials"]
            if row["policy"] == "buy"}  # fmt: skip

    assert all(row["quantity"] % full[row["material"]] == 0 for row in plant["Purchases"])


def test_an_order_has_one_customer(plant):
    who = defaultdict(set)
    for row in plant["Demand"]:
        who[row["order_code"]].add(row.get("customer"))

    assert {len(customers) for customers in who.values()} == {1}


@pytest.mark.parametrize(
    "today",
    [
        date(2028, 2, 29),
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 2, 28),  # a Sunday
        date(2027, 3, 28),  # clocks go forward
        date(2026, 10, 25),  # and back
    ],
)
def test_on_every_day_the_lines_are_due_on_working_days_around_it(today):
    plant = merlin(today=today)
    dues = [row["due_at"] for row in plant["Demand"] if row["kind"] != "forecast"]

    assert len(dues) == 330
    assert all(due.weekday() < 5 for due in dues)
    assert sum(due.date() < today for due in dues) == round(330 * 0.05)
    assert 38 <= (max(dues).date() - today).days <= 43
    assert min((row["due_at"].date() - today).days for row in plant["Purchases"]) >= -8


def test_every_process_makes_the_same_plants():
    found = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }

    assert len(found) == 1
    assert len(found.pop().strip()) == 64
