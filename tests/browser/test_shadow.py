"""An ERP beside us, in a real browser: a list is entered, a night taken, differences decided."""

import pytest
from openpyxl import Workbook

from tests.support.browser import accessibility_faults, open_page, ready
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser
LIST = "/s/KES/shadow/parts/"


def parts(path, *rows) -> str:
    book = Workbook()
    sheet = book.active
    sheet.title = "Materials"
    for row in [["code", "safety_stock"], *rows]:
        sheet.append(row)
    book.save(path)
    return str(path)


def send(page, server, path) -> None:
    open_page(page, server.url + LIST)
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Take it over").click()
    page.wait_for_selector("text=was taken over")
    ready(page)


def test_a_value_of_ours_is_listed_and_theirs_is_taken(page, own_demo_server, tmp_path):
    server = own_demo_server
    log_in(page, server, "admin")
    open_page(page, f"{server.url}/s/KES/shadow/")
    assert page.get_by_text("No list yet").is_visible()
    page.get_by_label("Name of the list").fill("parts")
    page.get_by_label("Read by the profile").select_option("obeya")
    page.get_by_role("button", name="Save the list").click()
    page.wait_for_url(f"**{LIST}")
    send(page, server, parts(tmp_path / "monday.xlsx", ["BAR-42", 100], ["BAR-55", 200]))
    open_page(page, f"{server.url}{LIST}owners/")
    page.get_by_label("safety_stock: ours").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("text=1 field has another owner now")

    send(page, server, parts(tmp_path / "tuesday.xlsx", ["BAR-42", 150], ["BAR-55", 200]))

    open_page(page, f"{server.url}{LIST}?kind=field")
    [row] = page.locator("tbody tr").all()
    assert [each in row.inner_text() for each in ("BAR-42", "safety_stock", "150", "100")] == [
        True, True, True, True,
    ]  # fmt: skip
    assert accessibility_faults(page) == []
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Take theirs").click()
    page.wait_for_selector("text=1 difference was decided")
    assert page.locator("tbody tr").count() == 0
