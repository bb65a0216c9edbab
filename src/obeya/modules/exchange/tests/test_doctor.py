"""The data doctor: what is wrong that nobody asked about, with rows and a remedy."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.modules.engineering.public import (
    BomRow,
    MaterialRow,
    OperationRow,
    save_bom_lines,
    save_materials,
    save_operations,
)
from obeya.modules.exchange.actions import NoRemedy, NotSick, heal
from obeya.modules.exchange.doctor import examine
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.modules.organisation.public import (
    EquipmentRow,
    PartyRow,
    archive_equipment,
    calendar_rows,
    open_site,
    save_equipment,
    save_parties,
)
from obeya.modules.purchasing.public import PurchaseRow, save_purchase_orders
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Equipment, Material
from obeya.plant.work.models import SupplyOrder

NOW = datetime(2026, 12, 1, 5, tzinfo=UTC)


@pytest.fixture
def by():
    return system_actor()


@pytest.fixture
def found(oak):
    """found("never_used") → [(code, detail)] of that check."""

    def rows(check: str) -> list[tuple[str, str]]:
        by_check = {each.check: each.rows for each in examine(oak, NOW)}
        return [(row.code, row.detail) for row in by_check[check]]

    return rows


@pytest.fixture
def found_at(db):
    """found_at(site) → what each check finds there, by its name."""
    return lambda site: {each.check: each for each in examine(site, NOW)}


def test_the_example_plant_is_in_order(oak):
    assert {each.check: [row.code for row in each.rows] for each in examine(oak, NOW)} == {
        "without_capacity": [],
        "times_off_their_family": [],
        "assumed_times": [],
        "machines_without_calendar": [],
        "pieces_in_parts": [],
        "dead_purchases": [],
        "due_in_the_past": [],
        "never_used": [],
        "parties_twice": [],
    }


def test_an_operation_whose_machine_went_to_the_archive_has_no_capacity(oak, by, found):
    archive_equipment(site=oak, codes=["BENCH"], by=by)

    assert found("without_capacity") == [("TABLE · 10", "no machine in use")]


def test_a_time_ten_times_that_of_its_family_is_named_with_what_is_usual(oak, by, found):
    times = {"P-1": 12, "P-2": 11, "P-3": 13, "P-4": 12, "P-5": 120, "P-6": 40}
    save_materials(site=oak, rows=[MaterialRow(code) for code in times], by=by)
    rows = [
        OperationRow(code, 10, equipment="SAW-1", run_s=Decimal(run), setup_family="PANELS")
        for code, run in times.items()
    ]
    save_operations(site=oak, rows=rows, by=by)

    assert found("times_off_their_family") == [
        ("P-5 · 10", "120 s per unit; its family: 12.5 s")
    ]  # 40 s is long, but no slip of the decimal point


def test_a_machine_outside_every_calendar_gets_that_of_most_machines(oak, by, found):
    save_equipment(site=oak, rows=[EquipmentRow("LONE-1")], by=by)
    assert [code for code, _ in found("machines_without_calendar")] == ["LONE-1"]

    assert heal(site=oak, check="machines_without_calendar", codes=["LONE-1"], by=by) == 1

    assert Equipment.objects.get(code="LONE-1").calendar.code == "DAY"
    assert found("machines_without_calendar") == []


def test_a_plant_without_any_calendar_gets_one_that_says_it_is_assumed(found_at, by):
    site = open_site(code="NEW", name="New", time_zone="Europe/Berlin", by=by)
    save_equipment(site=site, rows=[EquipmentRow("M-1"), EquipmentRow("M-2")], by=by)
    before = found_at(site)["machines_without_calendar"]
    assert str(before.remedy) == "Assume two shifts from Monday to Friday, 06:00 to 22:00"

    heal(site=site, check="machines_without_calendar", codes=["M-1", "M-2"], by=by)

    [calendar] = {each.calendar for each in Equipment.objects.at(site).filter(level="work_unit")}
    assert calendar.name == "Assumed: two shifts, nobody has said them yet"
    shifts = calendar_rows(site=site, by=by)
    assert [(e.days, e.starts_at.hour, e.ends_at.hour) for e in shifts] == [
        ("Mon-Fri", 6, 14), ("Mon-Fri", 14, 22),
    ]  # fmt: skip
    assert found_at(site)["machines_without_calendar"].rows == []


def test_a_part_of_a_piece_is_named_with_its_component(oak, by, found):
    row = BomRow("TABLE", "LEG", Decimal("0.41"), operation=10)
    save_bom_lines(site=oak, rows=[row], by=by)

    [(code, detail)] = found("pieces_in_parts")
    assert code == "TABLE"
    assert detail.startswith("takes 0.41 ")
    assert detail.endswith(" of LEG")


def test_dead_purchases_are_cancelled_with_one_click(oak, by, found):
    rows = [
        PurchaseRow("PO-OLD", "LEG", Decimal(5), datetime(2026, 10, 1)),
        PurchaseRow("PO-LATE", "LEG", Decimal(5), datetime(2026, 11, 20)),
    ]
    save_purchase_orders(site=oak, rows=rows, by=by)
    assert [code for code, _ in found("dead_purchases")] == ["PO-OLD"]

    heal(site=oak, check="dead_purchases", codes=["PO-OLD"], by=by)

    assert SupplyOrder.objects.get(number="PO-OLD").status == "cancelled"
    assert SupplyOrder.objects.get(number="PO-LATE").status == "firm"
    assert found("dead_purchases") == []


def test_open_orders_due_in_the_past_are_listed_the_oldest_first(oak, by, found):
    rows = [
        DemandRow("SO-B", "TABLE", Decimal(1), datetime(2026, 11, 20)),
        DemandRow("SO-A", "TABLE", Decimal(1), datetime(2026, 11, 10)),
        DemandRow("SO-C", "TABLE", Decimal(1), datetime(2026, 11, 1), status="shipped"),
    ]
    save_demands(site=oak, rows=rows, by=by)

    assert [code for code, _ in found("due_in_the_past")] == ["SO-A", "SO-B"]


def test_a_material_that_nothing_uses_goes_to_the_archive(oak, by, found):
    save_materials(site=oak, rows=[MaterialRow("WAX", "Old wax")], by=by)
    assert found("never_used") == [("WAX", "Old wax")]

    heal(site=oak, check="never_used", codes=["WAX"], by=by)

    assert Material.objects.get(code="WAX").archived_at is not None
    assert found("never_used") == []


def test_one_partner_under_two_codes_is_found_whatever_legal_form_case_or_accent(oak, by, found):
    names = {"C-1": "Müller GmbH & Co. KG", "C-2": "MULLER", "C-3": "Muller Tools"}
    rows = [PartyRow(code, name, is_customer=True) for code, name in names.items()]
    save_parties(site=oak, rows=rows, by=by)

    assert found("parties_twice") == [("C-1 · C-2", "Müller GmbH & Co. KG = MULLER")]


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"check": "never_used", "codes": ["TABLE"]}, NotSick),
        ({"check": "never_used", "codes": []}, NotSick),
        ({"check": "parties_twice", "codes": ["C-1"]}, NoRemedy),
        ({"check": "examine", "codes": ["x"]}, NoRemedy),
    ],
)
def test_what_is_in_order_or_has_no_remedy_is_refused_and_stays(oak, by, digest, wish, refusal):
    before = digest()

    with pytest.raises(refusal):
        heal(site=oak, by=by, **wish)

    assert digest() == before


def test_the_page_shows_each_finding_and_puts_right_what_it_showed(oak, by, browser_of_ada):
    save_materials(site=oak, rows=[MaterialRow("WAX", "Old wax")], by=by)
    address = "/s/OAK/data-doctor/"
    shown = browser_of_ada.get(address).content.decode()
    assert "Materials that nothing uses (1)" in shown
    assert "Machines without a calendar" in shown  # looked at, and in order

    done = browser_of_ada.post(address, {"check": "never_used", "code": ["WAX"]}, follow=True)

    assert b"1 row was put right" in done.content
    healed = OperationsEvent.objects.get(kind="exchange.data_healed")
    assert healed.data == {"check": "never_used", "rows": 1}


def test_a_thousand_rows_are_examined_with_as_few_questions_as_one(oak, by):
    def asked() -> int:
        with CaptureQueriesContext(connection) as asking:
            examine(oak, NOW)
        return len(asking)

    few = asked()
    save_materials(site=oak, rows=[MaterialRow(f"X-{n}") for n in range(1_000)], by=by)

    assert asked() == few <= 14
