"""The preview: the file beside the plant, row by row, before anything is written."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.config.cli import main
from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import Tables, put
from obeya.modules.exchange.tests.previews import send
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Material, MaterialAtSite
from obeya.plant.work.models import BomLine


def rows_in(state: str) -> list[tuple[str, int | None, str, list[list[str]]]]:
    found = ImportRow.objects.filter(state=state).order_by("place")
    return [(each.sheet, each.number, each.named, each.fields) for each in found]


@pytest.fixture
def edited(oak, example) -> Tables:
    """The example plant, in which somebody changed three things and added one."""
    put(example, "BOM", 2, "quantity_per", 5)
    put(example, "Materials", 2, "name", "Round table")
    put(example, "Materials", 2, "safety_stock", 12.5)
    example["Materials"].append([None] * len(example["Materials"][0]))
    put(example, "Materials", 6, "code", "WAX")
    put(example, "Materials", 6, "kind", "consumable")
    return {name: example[name] for name in ("Materials", "BOM")}


def test_each_changed_field_is_shown_with_what_it_was_and_what_it_becomes(browser_of_ada, edited):
    preview = send(browser_of_ada, edited)

    assert rows_in("changed") == [
        (
            "Materials",
            2,
            "TABLE",
            [["name", "Oak table", "Round table"], ["safety_stock", "0", "12.5"]],
        ),
        ("BOM", 2, "TABLE · LEG · 10", [["quantity_per", "4", "5"]]),
    ]
    assert rows_in("new") == [
        ("Materials", 6, "WAX", [["name", "", "WAX"], ["kind", "", "consumable"],
                                 ["revision", "", "A"], ["policy", "", "buy"]]),
    ]  # fmt: skip
    shown = browser_of_ada.get(f"{preview}changed/").content.decode()
    assert "Round table" in shown
    assert "Nothing has been changed" not in shown
    assert dict(FileImport.objects.get().counts) == {
        "Materials": {"changed": 1, "unchanged": 3, "new": 1},
        "BOM": {"changed": 1, "unchanged": 2},
    }


@pytest.mark.usefixtures("oak")
def test_a_file_that_says_nothing_new_shows_every_row_as_before(browser_of_ada, example):
    preview = send(browser_of_ada, example)

    assert set(ImportRow.objects.values_list("state", flat=True)) == {"unchanged"}
    browser_of_ada.post(f"{preview}apply/")
    assert FileImport.objects.get().applied_at is not None


def test_the_preview_stands_after_a_reload_and_is_gone_when_it_is_left(
    browser_of_ada, edited, plant
):
    before = plant()
    preview = send(browser_of_ada, edited)

    first = browser_of_ada.get(preview, follow=True)
    again = browser_of_ada.get(preview, follow=True)
    assert first.request["PATH_INFO"] == again.request["PATH_INFO"] == f"{preview}changed/"
    left = browser_of_ada.post(f"{preview}leave/", follow=True)

    assert b"Nothing was imported" in left.content
    assert browser_of_ada.get(preview).status_code == 404
    assert not ImportRow.objects.exists()
    assert plant() == before


def test_refused_rows_stop_the_whole_file_unless_only_the_valid_ones_are_chosen(
    browser_of_ada, edited, plant
):
    put(edited, "BOM", 3, "quantity_per", "three")
    put(edited, "Materials", 2, "unit", "BARREL")
    preview = send(browser_of_ada, edited)
    before = plant()

    assert [(r.sheet, r.number, r.named, r.faults[0][:2]) for r in
            ImportRow.objects.filter(state="refused").order_by("place")] == [
        ("Materials", 2, "TABLE", ["unit", "BARREL"]),
        ("BOM", 3, "TABLE · TOP · 10", ["quantity_per", "three"]),
    ]  # fmt: skip
    refused = browser_of_ada.post(f"{preview}apply/", follow=True)
    assert b"2 places must be put right" in refused.content
    assert plant() == before

    browser_of_ada.post(f"{preview}apply/", {"only_valid": "yes"})

    assert Material.objects.filter(code="WAX").exists()
    assert Material.objects.get(code="TABLE").name == "Oak table"
    assert BomLine.objects.get(component__code="LEG").quantity_per == 5
    shown = browser_of_ada.get(preview, follow=True).content.decode()
    assert "2 rows were left out" in shown


@pytest.mark.usefixtures("oak")
def test_a_row_that_waits_for_a_refused_one_says_so(browser_of_ada, example):
    example["Materials"].append([None] * len(example["Materials"][0]))
    put(example, "Materials", 6, "code", "WAX")
    put(example, "Materials", 6, "unit", "BARREL")
    example["BOM"].append([None] * len(example["BOM"][0]))
    put(example, "BOM", 5, "material", "TABLE")
    put(example, "BOM", 5, "component", "WAX")
    put(example, "BOM", 5, "quantity_per", 1)

    send(browser_of_ada, {name: example[name] for name in ("Materials", "BOM")})

    waiting = ImportRow.objects.get(sheet="BOM", state="refused")
    assert (waiting.number, waiting.named) == (5, "TABLE · WAX")
    assert waiting.faults == [
        ["component", "WAX", "unknown material WAX",
         "WAX stands in a row that is refused itself: put that one right."],
    ]  # fmt: skip


def test_where_the_plant_changed_since_nothing_is_saved_and_the_new_preview_is_shown(
    browser_of_ada, edited, plant
):
    preview = send(browser_of_ada, edited)
    Material.objects.filter(code="TABLE").update(name="Round table")
    MaterialAtSite.objects.filter(material__code="TABLE").update(safety_stock=Decimal("12.5"))
    before = plant()

    shown = browser_of_ada.post(f"{preview}apply/", follow=True)

    assert b"has changed since the preview" in shown.content
    assert plant() == before
    assert [each[:3] for each in rows_in("changed")] == [("BOM", 2, "TABLE · LEG · 10")]


@pytest.mark.usefixtures("oak")
def test_rows_that_fall_away_with_the_import_are_shown_too(browser_of_ada, example):
    put(example, "Calendars", 3, "shift", "New year")
    put(example, "Calendars", 3, "on_date", date(2027, 1, 1))
    put(example, "Calendars", 3, "ends_on", None)

    send(browser_of_ada, {"Calendars": example["Calendars"]})

    assert rows_in("removed") == [("Calendars", None, "DAY · 2026-12-25", [])]
    assert [each[:3] for each in rows_in("new")] == [("Calendars", 3, "DAY · 2027-01-01")]


@pytest.mark.usefixtures("oak")
def test_two_thousand_rows_are_checked_and_shown_with_as_few_questions_as_a_hundred(browser_of_ada):
    def asked(count: int) -> tuple[int, int]:
        sent = {"Materials": [["code", "name"], *([f"X-{n}", f"x {n}"] for n in range(count))]}
        with CaptureQueriesContext(connection) as checking:
            preview = send(browser_of_ada, sent)
        with CaptureQueriesContext(connection) as showing:
            page = browser_of_ada.get(f"{preview}new/")
        assert len(page.context["list"]["rows"]) == min(count, 50)
        return len(checking), len(showing)

    asked(2)  # what is looked up once per process
    few_to_check, few_to_show = asked(100)  # PostgreSQL copies from 50 rows on
    many_to_check, many_to_show = asked(2_000)

    assert many_to_check <= few_to_check <= 60
    assert many_to_show <= few_to_show <= 16


def test_the_command_lists_what_would_change_and_what_would_be_refused(
    edited, digest, tmp_path, capsys
):
    put(edited, "BOM", 3, "quantity_per", "three")
    path = tmp_path / "plant.xlsx"
    path.write_bytes(files.workbook(edited))
    before = digest()

    assert main(["import", str(path), "--dry-run"]) == 1

    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "Site OAK",
        "  Materials: 1 new, 1 changed, 3 as before",
        "  BOM: 0 new, 1 changed, 1 as before",
        "  ~ Materials, row 2, TABLE: name Oak table → Round table; safety_stock 0 → 12.5",
        "  + Materials, row 6, WAX: name WAX; kind consumable; revision A; policy buy",
        "  ~ BOM, row 2, TABLE · LEG · 10: quantity_per 4 → 5",
        "Dry run: nothing was changed.",
    ]
    assert said.err.splitlines() == [
        "BOM, row 3, column quantity_per: “three” is text where a number is expected. "
        "Type a number, without a unit.",
        "1 would be refused.",
    ]
    assert digest() == before


def test_the_command_takes_only_the_valid_rows_over_where_that_is_said(edited, tmp_path, capsys):
    put(edited, "BOM", 3, "quantity_per", "three")
    path = tmp_path / "plant.xlsx"
    path.write_bytes(files.workbook(edited))

    assert main(["import", str(path), "--only-valid"]) == 1

    assert "1 refused and left out." in capsys.readouterr().err
    assert BomLine.objects.get(component__code="LEG").quantity_per == 5
    assert OperationsEvent.objects.filter(kind="exchange.plant_imported").count() == 2
