"""The real file of frePPLe's manufacturing demo, counted and worked out by hand."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from obeya.config.cli import main
from obeya.modules.exchange.profiles.frepple import convert, read_frepple
from obeya.modules.exchange.profiles.frepple.records import Records
from obeya.modules.exchange.refusals import FileRefused
from obeya.plant.resources.models import Equipment, Material, PersonSkill, Site
from obeya.plant.work.models import Demand, Operation, SupplyOrder


@pytest.fixture
def fixture_file(shared_folder: Path) -> Path:
    return shared_folder / "plants" / "frepple_manufacturing_demo" / "manufacturing_demo.json"


@pytest.fixture
def file(fixture_file):
    return read_frepple(fixture_file)


def given(file, sheet, **named):
    """The one row of the sheet that says this."""
    rows = next(s for s in file.sheets if s.name == sheet).rows
    [found] = [row.given for row in rows if named.items() <= row.given.items()]
    return found


def test_every_record_arrives_on_the_sheet_where_it_belongs(file):
    assert {sheet.name: len(sheet.rows) for sheet in file.sheets} == {
        "Calendars": 29,  # Working Days: 1 pattern, 13 times closed; Antonio's: the same and a day
        "Equipment": 10,  # 1 area, 4 storages, 3 machines, 2 places for work by hand or by itself
        "People": 6,  # 3 people, each an operator with a skill
        "Parties": 6,  # 4 suppliers, 2 customers
        "Materials": 11,
        "BOM": 13,
        "Operations": 8,
        "Stock": 18,  # 19 buffers, one of them empty
        "Demand": 220,
        "Purchases": 4,
    }
    assert all(not sheet.faults for sheet in file.sheets)
    assert file.today == date(2021, 1, 1)


def test_working_days_run_round_the_clock_from_monday_to_friday_except_when_closed(file):
    pattern = given(file, "Calendars", calendar="Working Days", shift="round the clock")
    assert pattern["days"] == "Mon,Tue,Wed,Thu,Fri"
    assert (pattern["starts_at"], pattern["ends_at"]) == (time(0), time(0))
    assert (pattern["valid_from"], pattern["valid_to"]) == (None, None)
    summer = given(file, "Calendars", calendar="Working Days", on_date=date(2026, 7, 15))
    assert summer["ends_on"] == date(2026, 7, 31)  # frePPLe writes the first open day
    ill = given(file, "Calendars", calendar="Calendar for Antonio", on_date=date(2021, 1, 13))
    assert ill["ends_on"] == date(2021, 1, 13)


def test_a_pool_of_people_becomes_a_skill_and_a_capacity_calendar_a_capacity(file):
    assert given(file, "Equipment", code="assembly line")["capacity"] == 2
    assert given(file, "Equipment", code="Apply varnish for chair")["capacity"] == 1  # Antonio
    people = next(s for s in file.sheets if s.name == "People").rows
    assert sorted((r.given["code"], r.given["skill"], r.given["calendar"]) for r in people) == [
        ("Antonio", "Varnish skill", "Calendar for Antonio"),
        ("Antonio", "operators", "Calendar for Antonio"),
        ("Carl", "Sawing skill", "Working Days"),
        ("Carl", "operators", "Working Days"),
        ("Philippe", "Sawing skill", "Working Days"),
        ("Philippe", "operators", "Working Days"),
    ]


def test_times_quantities_and_lots_are_those_of_the_file(file):
    saw = given(file, "Operations", material="chair leg", number=10)
    assert (saw["equipment"], saw["run_s"], saw["skill"]) == ("saw", 1200, "Sawing skill")
    dry = given(file, "Operations", material="varnished chair", number=20)
    assert (dry["run_s"], dry["fixed_run_min"], dry["crew_size"]) == (0, 360, 0)  # 21,600 s
    screws = given(file, "BOM", material="round table", component="screws")
    assert (screws["quantity_per"], screws["per_quantity"]) == (10, 1)
    beam = given(file, "Materials", code="wooden beam")
    assert beam["lead_time_days"] == 7  # 604,800 s
    assert (beam["lot_minimum"], beam["lot_multiple"], beam["standard_cost"]) == (1, 50, 10)
    assert (beam["policy"], beam["supplier"], beam["kind"]) == ("buy", "wood supplier", "raw")
    assert given(file, "Materials", code="chair")["policy"] == "make"  # buying it comes second


def test_a_demand_is_due_in_the_factory_before_it_is_due_in_the_shop(file):
    tables = given(file, "Demand", code="Demand 05")  # due 8 April in shop 1: two days from the
    assert tables["due_at"] == datetime(2021, 4, 5)  # warehouse and one from the factory
    assert (tables["quantity"], tables["weight"], tables["status"]) == (20, 1, "open")
    urgent = given(file, "Demand", code="Demand 02")  # priority 0, the others have 1
    assert urgent["weight"] == 2
    demands = next(s for s in file.sheets if s.name == "Demand").rows
    open_ones = [row.given for row in demands if row.given["status"] == "open"]
    assert (len(open_ones), sum(row["quantity"] for row in open_ones)) == (16, 250)


def test_all_that_stays_behind_is_noted(file):
    notes = "\n".join(file.notes)
    for said in [
        "no transport between them",
        "buying it from chair supplier instead",
        "3 confirmed DO order(s)",
        "20 record(s) of parameter",
        "1 record(s) of userpreference",
        "Of item nothing here holds subcategory, volume, weight.",
        "All items: groups of items stay behind.",
        "UTC",
    ]:
        assert said in notes


@pytest.mark.django_db
def test_the_whole_plant_comes_in_by_one_command_and_can_be_planned(fixture_file, capsys):
    code = main(["import", str(fixture_file), "--site", "KES", "--zone", "Europe/Berlin",
                 "--shift-dates-to", "2026-12-01"])  # fmt: skip

    assert code == 0, capsys.readouterr().err
    site = Site.objects.get()
    assert (site.code, site.time_zone) == ("KES", "Europe/Berlin")
    assert Material.objects.count() == 11
    assert Demand.objects.filter(status="open").count() == 16
    # 2021-01-01 becomes 2026-12-01: 2,160 days; Demand 05 is due on 2021-04-05 in the factory
    assert Demand.objects.get(code="Demand 05").due_at.isoformat() == "2027-03-04T23:00:00+00:00"
    assert SupplyOrder.objects.filter(kind="buy").count() == 4
    for operation in Operation.objects.select_related("equipment", "skill"):
        assert operation.equipment is not None
        assert operation.equipment.level == "work_unit"
        if operation.skill is not None:
            held = PersonSkill.objects.filter(skill=operation.skill)
            assert held.filter(level__gte=operation.skill_level).count() >= operation.crew_size
    made = set(Operation.objects.values_list("revision__material__code", flat=True))
    assert made == {
        "chair", "chair leg", "polished wooden panel", "round table", "square table", "table leg",
        "varnished chair",
    }  # fmt: skip
    assert Equipment.objects.at(site).real().filter(level="work_unit").count() == 5


@pytest.mark.django_db
def test_setups_that_frepple_cannot_say_are_assumed_and_marked(fixture_file, capsys):
    """It knows setups from matrices only, and the demo has none; the crew it says."""
    main(["import", str(fixture_file), "--site", "KES", "--zone", "Europe/Berlin"])

    told = Operation.objects.values_list("is_setup_assumed", "is_crew_assumed", "setup_s")
    assert list(told) == [(True, False, 0)] * 8
    assert (
        "Nobody says the setup time of 8 operations. Assumed and marked: 0 min (nothing is known "
        "of its like). Confirm or change it on the material's page."
    ) in capsys.readouterr().out


@pytest.mark.django_db
def test_a_second_import_of_the_same_file_changes_nothing(fixture_file, capsys):
    main(["import", str(fixture_file)])
    capsys.readouterr()
    main(["import", str(fixture_file)])
    counted = [line for line in capsys.readouterr().out.splitlines() if " new, " in line]
    assert len(counted) == 10
    assert all(": 0 new, 0 changed," in line for line in counted)


def test_exported_sheets_say_the_same_as_the_fixture(fixture_file, file):
    """frePPLe's Excel export calls the fields by their titles."""
    entries = json.loads(fixture_file.read_text("utf-8"), parse_float=Decimal)
    titles = {"leadtime": "lead time", "duration_per": "duration per unit", "item_id": "item"}
    records = Records()
    for number, entry in enumerate(entries, start=1):
        fields = {titles.get(k, k): v for k, v in entry["fields"].items() if v is not None}
        exported = Records.from_fixture([{"model": entry["model"], "fields": fields}])
        [[record]] = exported.by_model.values()
        records.add(record.model, number, record.fields)
    again = convert(records)
    assert [s.rows for s in again.sheets] == [s.rows for s in file.sheets]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"model": "input.item"}]', "[" * 100_000])
def test_what_is_no_fixture_is_refused(text, tmp_path):
    path = tmp_path / "plant.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FileRefused):
        read_frepple(path)


def test_a_number_that_is_none_is_told_with_its_record():
    records = Records.from_fixture(
        [{"model": "input.buffer", "fields": {"item_id": "chair", "onhand": "many"}}]
    )
    [fault] = convert(records).sheets[0].faults
    assert (fault.sheet, fault.row, fault.column, fault.value) == ("buffer", 1, "onhand", "many")
