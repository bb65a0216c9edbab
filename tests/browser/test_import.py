"""A workbook in a real browser: looked at beside the plant, put right, taken over."""

import shutil

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.browser import accessibility_faults, open_page, ready
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser


def spoil(path, **edits) -> None:
    """`Materials_name_3="x"`: another value in that column and row of the workbook."""
    book = load_workbook(path)
    for place, value in edits.items():
        name, _, rest = place.partition("_")
        column, _, row = rest.rpartition("_")
        header = [cell.value for cell in book[name][1]]
        book[name].cell(int(row), header.index(column) + 1).value = value
    book.save(path)


def add_screws(path, count) -> None:
    book = load_workbook(path)
    sheet = book["Materials"]
    header = [cell.value for cell in sheet[1]]
    for n in range(count):
        said = {"code": f"SCREW-{n:05}", "name": f"Screw {n}", "kind": "consumable"}
        sheet.append([said.get(name) for name in header])
    book.save(path)


@pytest.fixture(scope="session")
def exported(demo_server, tmp_path_factory):
    """The demo plant as its own export."""
    path = tmp_path_factory.mktemp("export") / "plant.xlsx"
    demo_server.obeya("export", str(path), "--site", "KES")
    return path


@pytest.fixture
def workbook(exported, tmp_path):
    return shutil.copy(exported, tmp_path)


def send(page, server, path) -> None:
    log_in(page, server, "admin")
    open_page(page, f"{server.url}/s/KES/import/")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Check the file").click()
    page.wait_for_url("**/import/*/*/", wait_until="domcontentloaded")
    ready(page)


def test_a_changed_workbook_is_shown_beside_the_plant_and_taken_over(
    page, own_demo_server, workbook
):
    spoil(workbook, Materials_name_3="Bracket, long", Materials_safety_stock_3=777)

    send(page, own_demo_server, workbook)
    page.reload(wait_until="domcontentloaded")
    ready(page)

    changes = page.locator(".changes li").all_inner_texts()
    assert [each.split()[0] for each in changes] == ["name", "safety_stock"]
    assert "Bracket, long" in changes[0]
    assert changes[1].endswith("777")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")
    assert page.get_by_role("button", name="Import it").count() == 0


def test_refused_rows_are_listed_and_the_valid_ones_can_be_taken_alone(
    page, own_demo_server, workbook
):
    spoil(workbook, Materials_unit_3="BARREL", Materials_name_4="Plate, thick")

    send(page, own_demo_server, workbook)

    assert page.url.endswith("/refused/")
    assert page.get_by_role("cell", name="unknown unit BARREL").is_visible()
    assert page.get_by_role("button", name="Import it").count() == 0
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="valid row").click()
    page.wait_for_selector("text=1 row was left out")


def test_a_refused_cell_is_corrected_in_the_page_and_the_file_taken_over(
    page, own_demo_server, workbook
):
    spoil(workbook, Materials_unit_3="BARREL", BOM_quantity_per_3="two")

    send(page, own_demo_server, workbook)
    page.get_by_label("Materials, Row 3, unit").fill("H87")
    page.get_by_label("Leave out: BOM, Row 3").check()
    page.get_by_role("button", name="Check again").click()
    page.wait_for_selector("text=nothing is refused any more")

    assert page.get_by_text("BOM, row 3 is left out").is_visible()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")


def test_an_import_is_undone_from_its_page(page, own_demo_server, workbook):
    spoil(workbook, Materials_name_3="Bracket, long")
    send(page, own_demo_server, workbook)
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")

    open_page(page, f"{own_demo_server.url}/s/KES/import/")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="plant.xlsx").click()
    page.get_by_role("button", name="Undo this import").click()
    page.wait_for_selector("text=what it changed is as before")

    own_demo_server.obeya("export", "again.xlsx", "--site", "KES")
    again = load_workbook(own_demo_server.data / "again.xlsx")["Materials"]
    assert "Bracket, long" not in [cell.value for row in again.iter_rows() for cell in row]
    assert own_demo_server.obeya("verify")


def test_a_large_file_is_followed_stopped_gone_on_with_and_undone(page, own_demo_server, workbook):
    add_screws(workbook, 10_000)
    send(page, own_demo_server, workbook)

    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taking it over")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Stop it").click()
    page.wait_for_selector("text=Only a part of the file is in the plant.")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector("text=Taken over into KES", timeout=60_000)  # the page follows by itself

    page.get_by_role("button", name="Undo this import").click()
    page.wait_for_selector("text=Looking whether all of it can go back")
    page.get_by_role("button", name="Stop it").click()
    page.wait_for_selector("text=The undo was called off before it began. Nothing was undone.")
    page.get_by_role("button", name="Undo this import").click()
    page.wait_for_selector("text=Looking whether all of it can go back")
    assert accessibility_faults(page) == []
    page.wait_for_selector("text=Taking it back", timeout=60_000)
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Stop it").click()
    page.wait_for_selector("text=Only a part of the import is undone.")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Undo the rest").click()
    page.wait_for_selector("text=what it changed is as before", timeout=60_000)
    own_demo_server.obeya("export", "again.xlsx", "--site", "KES")
    again = load_workbook(own_demo_server.data / "again.xlsx")["Materials"]
    assert not [row for row in again.iter_rows(values_only=True) if "SCREW" in str(row[0])]
    assert own_demo_server.obeya("verify")


def test_a_large_undo_that_is_refused_names_the_rows_and_goes_back_once_they_are_as_before(
    page, own_demo_server, workbook, tmp_path
):
    def rename_screw(name):
        small = Workbook()
        small.active.title = "Materials"
        for row in (["code", "name", "kind"], ["SCREW-00007", name, "consumable"]):
            small.active.append(row)
        small.save(tmp_path / "small.xlsx")
        own_demo_server.obeya("import", str(tmp_path / "small.xlsx"), "--site", "KES")

    add_screws(workbook, 2_100)
    send(page, own_demo_server, workbook)
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES", timeout=60_000)
    rename_screw("Screw, long")

    page.get_by_role("button", name="Undo this import").click()
    page.wait_for_selector("text=One row of this import was changed or used since.", timeout=60_000)
    in_the_way = page.get_by_role("rowheader", name="material SCREW-00007 was changed since: name")
    assert in_the_way.is_visible()
    assert accessibility_faults(page) == []

    rename_screw("Screw 7")
    page.get_by_role("button", name="Undo this import").click()
    page.wait_for_selector("text=what it changed is as before", timeout=60_000)
    assert in_the_way.count() == 0
    assert own_demo_server.obeya("verify")


def test_a_file_that_is_left_leaves_nothing_behind(page, own_demo_server, workbook):
    spoil(workbook, Materials_name_3="Bracket, long")

    send(page, own_demo_server, workbook)
    preview = page.url
    page.get_by_role("button", name="Leave it").click()
    page.wait_for_selector("text=Nothing was imported")

    assert page.goto(preview).status == 404


def test_the_data_doctor_finds_an_idle_material_and_archives_it(page, own_demo_server, workbook):
    spoil(workbook, Materials_code_3="IDLE-1", Materials_name_3="Never used")
    send(page, own_demo_server, workbook)
    page.get_by_role("button", name="Import it").click()
    page.get_by_role("link", name="See what the data doctor finds").click()
    ready(page)

    idle = page.locator("section.card", has_text="Materials that nothing uses")
    assert idle.get_by_role("link", name="IDLE-1").is_visible()
    assert accessibility_faults(page) == []
    idle.get_by_role("button", name="Put them into the archive").click()
    page.wait_for_selector("text=put right")
    assert page.get_by_role("link", name="IDLE-1").count() == 0


def test_a_foreign_list_is_mapped_compared_and_known_again(page, own_demo_server, tmp_path):
    path = tmp_path / "bestand.xlsx"
    book = Workbook()
    for row in (
        ["Bestandsliste Werk 1000"],
        ["Artikelnr", "Benennung", "Lagerort", "Menge", "ME"],
        ["0815", "Bolzen", "HALLE-9", "1.234,5", "ST"],
        ["0816", "Blech", "HALLE-9", "10,25", "KG"],
    ):
        book.active.append(row)
    book.save(path)
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/s/KES/import/")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Check the file").click()
    page.wait_for_url("**/columns/", wait_until="domcontentloaded")
    ready(page)

    quantity = page.locator("[name=column-0-quantity]")
    assert quantity.input_value() == "Menge"
    assert page.get_by_text("1.234,5 · 10,25").first.is_visible()
    assert accessibility_faults(page) == []
    page.get_by_label("Keep these columns as a profile").fill("Lagerliste")
    page.get_by_role("button", name="Compare with the plant").click()
    page.wait_for_url("**/new/", wait_until="domcontentloaded")
    ready(page)
    assert page.get_by_text("Kept as the profile Lagerliste").is_visible()
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")

    open_page(page, f"{own_demo_server.url}/s/KES/import/")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Check the file").click()
    page.wait_for_url("**/import/*/*/", wait_until="domcontentloaded")
    assert page.get_by_text("Read by the profile Lagerliste.").is_visible()


@pytest.mark.parametrize(
    ("page_of", "button"), [("import", "Check the file"), ("call-offs", "Compare it")]
)
def test_a_file_that_is_too_large_is_refused_where_it_was_dropped_and_not_sent(
    page, demo_server, tmp_path, page_of, button
):
    log_in(page, demo_server, "admin")
    open_page(page, f"{demo_server.url}/s/KES/{page_of}/")
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    page.set_input_files("[name=file]", huge)
    page.get_by_role("button", name=button).click()

    assert page.locator(".drop__name").inner_text() == (
        "huge.csv · Larger than 64 MB. Send less at once."
    )
    assert "POST" not in sent

    page.set_input_files("[name=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a"})

    assert page.locator(".drop__name").inner_text() == "a.csv"
    assert page.locator("[name=file]").evaluate("input => input.validity.valid")
