"""Refused cells are corrected in the page: laid over the file, checked again, then applied."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.profiles import read_file
from obeya.modules.exchange.reading.fixing import Fix
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import put
from obeya.modules.exchange.tests.previews import send
from obeya.plant.resources.models import Material
from obeya.plant.work.models import BomLine

pytestmark = pytest.mark.usefixtures("oak")


def cells() -> dict[tuple[str, int | None, str], str]:
    """The input of each refused cell, by sheet, row and column."""
    return {
        (row.sheet, row.number, fault[0]): f"cell-{row.pk}-{place}"
        for row in ImportRow.objects.filter(state="refused").order_by("place")
        for place, fault in enumerate(row.faults)
    }


@pytest.fixture
def spoilt(example) -> dict[str, list[list[Any]]]:
    put(example, "BOM", 2, "quantity_per", "five")
    put(example, "BOM", 3, "component", "TOPP")
    put(example, "Materials", 2, "name", "Round table")
    return {name: example[name] for name in ("Materials", "BOM")}


def test_corrected_cells_are_checked_again_and_taken_over(browser_of_ada, spoilt):
    preview = send(browser_of_ada, spoilt)
    inputs = cells()
    shown = browser_of_ada.get(preview, follow=True).content.decode()
    assert all(f'name="{name}"' in shown for name in inputs.values())

    typed = {inputs["BOM", 2, "quantity_per"]: "5", inputs["BOM", 3, "component"]: "TOP"}
    checked = browser_of_ada.post(f"{preview}fix/", typed, follow=True)

    assert b"nothing is refused any more" in checked.content
    assert FileImport.objects.get().fixes == [
        ["BOM", 2, "quantity_per", "5"],
        ["BOM", 3, "component", "TOP"],
    ]
    browser_of_ada.post(f"{preview}apply/")
    assert BomLine.objects.get(component__code="LEG").quantity_per == 5
    assert Material.objects.get(code="TABLE").name == "Round table"


def test_what_is_still_wrong_stays_refused_with_its_new_value_and_the_rest_is_kept(
    browser_of_ada, spoilt, plant
):
    preview = send(browser_of_ada, spoilt)
    before = plant()
    inputs = cells()

    typed = {inputs["BOM", 2, "quantity_per"]: "5", inputs["BOM", 3, "component"]: "TOPS"}
    checked = browser_of_ada.post(f"{preview}fix/", typed, follow=True)

    assert b"1 row is still refused" in checked.content
    [row] = ImportRow.objects.filter(state="refused")
    assert (row.sheet, row.number) == ("BOM", 3)
    assert row.faults[0][:3] == ["component", "TOPS", "unknown material TOPS"]
    again = {cells()["BOM", 3, "component"]: "TOP"}
    browser_of_ada.post(f"{preview}fix/", again)
    assert FileImport.objects.get().rows_in("refused") == 0
    assert plant() == before


def test_a_row_can_be_left_out_and_the_corrections_taken_back(browser_of_ada, spoilt, plant):
    preview = send(browser_of_ada, spoilt)
    before = plant()
    refused = ImportRow.objects.filter(state="refused").order_by("place")

    browser_of_ada.post(f"{preview}fix/", {f"leave-{row.pk}": "on" for row in refused})

    assert FileImport.objects.get().fixes == [["BOM", 2, "", ""], ["BOM", 3, "", ""]]
    assert dict(FileImport.objects.get().counts)["BOM"] == {"unchanged": 1}
    browser_of_ada.post(f"{preview}fix/", {"take_back": "yes"})
    assert FileImport.objects.get().fixes == []
    assert FileImport.objects.get().rows_in("refused") == 2
    assert plant() == before


def test_a_column_that_has_no_such_name_is_renamed_in_the_page(browser_of_ada, example):
    header = example["Materials"][0]
    place = header.index("safety_stock")
    header[place] = "safty stock"
    preview = send(browser_of_ada, {"Materials": example["Materials"]})

    [((_, row, column), name)] = cells().items()
    browser_of_ada.post(f"{preview}fix/", {name: "safety_stock"})

    assert (row, column) == (1, "H")
    assert dict(FileImport.objects.get().counts)["Materials"] == {"unchanged": 4}


def test_a_form_without_a_change_or_older_than_the_preview_corrects_nothing(
    browser_of_ada, spoilt, plant
):
    preview = send(browser_of_ada, spoilt)
    before = plant()
    old = cells()

    same = {old["BOM", 2, "quantity_per"]: "five"}
    assert (
        b"No cell was changed" in browser_of_ada.post(f"{preview}fix/", same, follow=True).content
    )
    browser_of_ada.post(f"{preview}fix/", {old["BOM", 2, "quantity_per"]: "5"})
    late = {old["BOM", 3, "component"]: "TOP"}
    said = browser_of_ada.post(f"{preview}fix/", late, follow=True)

    assert b"was checked again meanwhile" in said.content
    assert FileImport.objects.get().fixes == [["BOM", 2, "quantity_per", "5"]]
    assert plant() == before


def test_cells_of_a_foreign_programs_file_are_not_corrected_here(tmp_path):
    path = tmp_path / "plant.json"
    path.write_text("[]")

    with pytest.raises(FileRefused, match="Correct them in the program that the file comes from"):
        read_file(path, "frepple", [Fix("Materials", 2, "name", "x")])


def test_nobody_else_corrects_the_file(browser_of_ada, client, someone, spoilt):
    preview = send(browser_of_ada, spoilt)
    name = cells()["BOM", 2, "quantity_per"]
    client.force_login(someone("eve", "administrator"))

    assert client.post(f"{preview}fix/", {name: "5"}).status_code == 404
    assert FileImport.objects.get().fixes == []


def test_a_corrected_number_may_have_a_decimal_comma(browser_of_ada, spoilt):
    preview = send(browser_of_ada, spoilt)

    browser_of_ada.post(f"{preview}fix/", {cells()["BOM", 2, "quantity_per"]: "4,5"})

    changed = ImportRow.objects.get(sheet="BOM", state="changed")
    assert changed.fields == [["quantity_per", "4", "4.5"]]


def test_files_of_corrections_stay_as_they_were_sent(browser_of_ada, spoilt):
    content = files.workbook(spoilt)
    file = SimpleUploadedFile("plant.xlsx", content)
    preview = browser_of_ada.post("/s/OAK/import/", {"file": file, "profile": "obeya"}).url
    browser_of_ada.post(f"{preview}fix/", {cells()["BOM", 2, "quantity_per"]: "5"})

    with default_storage.open(FileImport.objects.get().stored_as) as kept:
        assert kept.read() == content
