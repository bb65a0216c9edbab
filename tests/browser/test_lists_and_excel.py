"""Lists and spreadsheets in a real browser: rows pasted, a list sent back, a conflict decided."""

import pytest
from openpyxl import load_workbook

from tests.support.browser import accessibility_faults, open_page, ready
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser

PASTE = """([selector, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const target = document.querySelector(selector);
  target.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  );
}"""


def paste(page, text, into="body") -> None:
    """What Ctrl+V does after cells were copied in a spreadsheet."""
    page.evaluate(PASTE, [into, text])
    page.wait_for_url("**/import/*/*/", wait_until="domcontentloaded")
    ready(page)


def first_order(page) -> str:
    return page.locator("#list-demands tbody th[scope=row]").first.inner_text()


def changes(page) -> list[list[str]]:
    return [each.split() for each in page.locator(".changes li").all_inner_texts()]


def test_rows_pasted_on_a_list_are_compared_and_taken_over(page, own_demo_server):
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/s/KES/orders/")
    code = first_order(page)

    paste(page, f"Order line\tQuantity\n{code}\t77\n")

    assert page.url.endswith("/changed/")
    assert page.get_by_role("heading", name="Rows pasted into Orders").is_visible()
    assert changes(page)[0][0] == "quantity"
    assert changes(page)[0][-1] == "77"
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")
    open_page(page, f"{own_demo_server.url}/s/KES/orders/?q={code}")
    assert page.locator("#list-demands tbody td.number").first.inner_text() == "77"


def test_a_paste_into_a_field_stays_a_paste_into_a_field(page, demo_server):
    log_in(page, demo_server, "admin")
    open_page(page, f"{demo_server.url}/s/KES/orders/")
    address = page.url

    page.evaluate(PASTE, ["input[type=search]", "a\tb\n"])

    assert page.url == address
    assert page.locator("form[data-paste] textarea").input_value() == ""


def test_a_refused_cell_of_a_paste_is_corrected_in_the_page(page, own_demo_server):
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/s/KES/orders/")
    code = first_order(page)

    paste(page, f"Order line\tQuantity\n{code}\tmany\n")
    assert page.url.endswith("/refused/")
    assert accessibility_faults(page) == []
    page.get_by_label("Demand, Row 2, Quantity").fill("78")
    page.get_by_role("button", name="Check again").click()
    page.wait_for_selector("text=nothing is refused any more")

    assert changes(page)[0][-1] == "78"


def test_rows_of_a_setup_matrix_are_pasted_on_their_own_page(page, own_demo_server):
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/s/KES/paste/setup/")
    assert page.get_by_role("heading", name="Paste rows: Setup").is_visible()
    assert accessibility_faults(page) == []
    page.get_by_label("Rows, with or without their header").fill("PAINT\tBLUE\tRED\t25\n")
    page.get_by_role("button", name="Compare with the plant").click()
    page.wait_for_url("**/import/*/*/", wait_until="domcontentloaded")
    ready(page)

    assert page.url.endswith("/new/")
    assert page.locator("th[scope=row]", has_text="PAINT · BLUE · RED").is_visible()


def test_a_list_goes_out_comes_back_and_a_conflict_is_decided(page, own_demo_server, tmp_path):
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/s/KES/orders/?sort=code")
    code = first_order(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Excel").click()
    path = tmp_path / "orders.xlsx"
    download.value.save_as(path)
    paste(page, f"Order line\tQuantity\n{code}\t66\n")  # somebody else, meanwhile
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")

    book = load_workbook(path)
    sheet = book.worksheets[0]
    at = [cell.value for cell in sheet[1]].index("Quantity") + 1
    assert sheet.cell(2, 1).value == code
    sheet.cell(2, at).value = 99
    book.save(path)
    open_page(page, f"{own_demo_server.url}/s/KES/import/")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Check the file").click()
    page.wait_for_url("**/import/*/*/", wait_until="domcontentloaded")
    ready(page)

    assert page.url.endswith("/refused/")
    assert page.get_by_role("cell", name="somebody has made it 66 since").is_visible()
    assert accessibility_faults(page) == []
    page.get_by_label("Demand, Row 2, Quantity").select_option(label="yours: 99")
    page.get_by_role("button", name="Check again").click()
    page.wait_for_selector("text=nothing is refused any more")
    assert (changes(page)[0][0], changes(page)[0][-1]) == ("quantity", "99")
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")
    assert own_demo_server.obeya("verify")


def test_a_step_pasted_without_its_setup_is_marked_until_somebody_says_it(page, own_demo_server):
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/materials/BT-210/")
    row = page.locator("table", has_text="Done by").locator("tbody tr").first
    machine = row.locator("td").first.inner_text().split()[0]
    table = "[data-paste-zone]:has(form[action*='operations']) table"

    paste(page, f"number\tname\tequipment\trun_s\n900\tLook again\t{machine}\t5\n", into=table)
    assert page.url.endswith("/new/")
    assert page.get_by_text("Nobody says the setup time of 1 operation").is_visible()
    page.get_by_role("button", name="Import it").click()
    page.wait_for_selector("text=Taken over into KES")

    open_page(page, f"{own_demo_server.url}/s/KES/data-doctor/")
    assert page.get_by_role("link", name="BT-210 · 900").is_visible()
    open_page(page, f"{own_demo_server.url}/materials/BT-210/")
    assert page.locator("tr", has_text="Look again").locator(".badge").inner_text() == "assumed"
    assert accessibility_faults(page) == []
    asked = page.locator("form", has_text="Nobody has said this of step 900")
    asked.get_by_label("Setup [min]").fill("12.5")
    asked.get_by_role("button", name="So it is").click()
    page.wait_for_selector("text=Saved.")
    ready(page)
    assert page.locator("tr", has_text="Look again").locator(".badge").count() == 0
    assert asked.count() == 0
    open_page(page, f"{own_demo_server.url}/s/KES/data-doctor/")
    assert page.get_by_role("link", name="BT-210 · 900").count() == 0
