"""The real tables of AdventureWorks, counted and worked out by hand."""

from collections import Counter
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from obeya.config.cli import main
from obeya.modules.exchange.profiles.adventureworks import read_adventureworks
from obeya.modules.exchange.refusals import FileRefused
from obeya.plant.resources.models import Equipment, Material, Party, Person, Site
from obeya.plant.work.models import BomLine, SupplyOrder


@pytest.fixture
def folder(shared_folder: Path) -> Path:
    return shared_folder / "plants" / "adventureworks"


@pytest.fixture
def file(folder):
    return read_adventureworks(folder)


def given(file, sheet, **named):
    """The one row of the sheet that says this."""
    rows = next(s for s in file.sheets if s.name == sheet).rows
    [found] = [row.given for row in rows if named.items() <= row.given.items()]
    return found


def test_every_row_arrives_on_the_sheet_where_it_belongs(file):
    assert {sheet.name: len(sheet.rows) for sheet in file.sheets} == {
        "Units": 3,  # each, ounce, inch: those that bills of materials use
        "Reasons": 16,
        "Calendars": 6,  # three shifts, each alone and all together
        "Equipment": 774,  # 14 locations, 7 of them with a rate, 753 bins
        "People": 290,
        "Parties": 104,
        "Materials": 504,
        "BOM": 2576,  # 2,679, of which 103 have no assembly
        "Stock": 1069,
        "Purchases": 24,  # of 8,845
    }
    assert [str(fault) for sheet in file.sheets for fault in sheet.faults] == []


def test_products_are_made_or_bought_from_who_delivered_last(file):
    bike = given(file, "Materials", code="BK-R89B-58")
    assert (bike["name"], bike["kind"], bike["policy"]) == (
        "Road-250 Black, 58", "finished", "make",
    )  # fmt: skip
    assert (bike["safety_stock"], bike["lead_time_days"]) == (100, 4)
    assert bike["standard_cost"] == Decimal("1554.9479")
    race = given(file, "Materials", code="AR-5381")
    assert (race["kind"], race["policy"], race["lead_time_days"]) == ("purchased", "buy", 17)
    assert race["supplier"] == given(file, "Parties", name="Litware, Inc.")["code"]


def test_lines_of_the_bill_of_materials_keep_their_days_of_effect(file):
    rows = next(s for s in file.sheets if s.name == "BOM").rows
    assert sum(row.given["valid_to"] is not None for row in rows) == 193
    assert Counter(type(row.given["valid_from"]) for row in rows) == {date: 2576}
    assert all(row.given["quantity_per"] >= 1 for row in rows)


def test_people_work_by_the_shift_of_their_department(file):
    assert given(file, "Calendars", calendar="Night")["starts_at"] == time(23)
    ken = given(file, "People", code="1")
    assert (ken["name"], ken["skill"], ken["calendar"]) == ("ken0", "", "Day")
    people = next(s for s in file.sheets if s.name == "People").rows
    assert Counter(row.given["calendar"] for row in people) == {
        "Day": 176, "Evening": 62, "Night": 52,
    }  # fmt: skip


def test_open_purchases_are_what_is_still_to_come(file):
    rows = next(s for s in file.sheets if s.name == "Purchases").rows
    assert all(row.given["quantity"] > 0 for row in rows)
    assert all(isinstance(row.given["due_at"], datetime) for row in rows)
    assert all(row.given["supplier"] for row in rows)


def test_all_that_stays_behind_is_noted(file):
    notes = "\n".join(file.notes)
    for said in [
        "103 row(s) of BillOfMaterials have no assembly",
        "8,821 line(s) of purchase orders were not carried over",
        "195 further vendor(s) of a product",
        "Frame Forming 22.5/h, 96 h",
        "395 row(s) of ProductCostHistory",
        "316 row(s) of EmployeePayHistory",
        "no routings and no sales orders",
        "nobody's business",
    ]:
        assert said in notes


@pytest.mark.django_db
def test_the_whole_plant_comes_in_by_one_command(folder, capsys):
    code = main(
        ["import", str(folder), "--profile", "adventureworks", "--zone", "America/New_York"]
    )

    assert code == 0, capsys.readouterr().err
    assert (Site.objects.get().code, Material.objects.count()) == ("AW", 504)
    assert (BomLine.objects.count(), Party.objects.count(), Person.objects.count()) == (
        2576, 104, 290,
    )  # fmt: skip
    assert Equipment.objects.filter(level="storage", is_virtual=False).count() == 753
    assert SupplyOrder.objects.filter(kind="buy").count() == 24


def test_what_is_no_adventureworks_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(FileRefused, match="holds no table Product of AdventureWorks"):
        read_adventureworks(tmp_path)
