"""Open, done, all, above a list of work: what is seen first, and that the choice goes along."""

import pytest
from openpyxl import load_workbook

from tests.support.browser import accessibility_faults, open_page
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser


def chosen(page) -> str:
    return page.locator(".sides a[aria-current]").inner_text().split()[0]


def count_of(page, word) -> int:
    return int(page.locator(".sides a", has_text=word).inner_text().split()[1].replace(",", ""))


def states(page) -> set[str]:
    return set(page.locator("#list-demands tbody .badge").all_inner_texts())


def test_orders_open_on_what_is_open_and_the_choice_goes_into_the_file(
    page, own_demo_server, tmp_path
):
    log_in(page, own_demo_server, "admin")
    open_page(page, f"{own_demo_server.url}/s/KES/orders/")
    assert chosen(page) == "Open"
    assert states(page) <= {"open", "overdue"}
    assert count_of(page, "All") == count_of(page, "Open") + count_of(page, "Done")
    assert accessibility_faults(page) == []

    page.get_by_role("link", name="Done").click()
    page.wait_for_selector(".sides a[aria-current]:has-text('Done')")
    assert page.url.endswith("/s/KES/orders/?state=done")
    if count_of(page, "Done") == 0:
        page.get_by_role("heading", name="Nothing done yet.").wait_for()
        page.get_by_role("link", name="Show all").click()
    else:
        page.get_by_role("link", name="All").click()
    page.wait_for_selector(".sides a[aria-current]:has-text('All')")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Excel").click()
    path = tmp_path / "orders.xlsx"
    download.value.save_as(path)
    assert load_workbook(path).worksheets[0].max_row == count_of(page, "All") + 1

    page.get_by_role("searchbox", name="Search in this list").fill("no such order")
    page.get_by_role("heading", name="Nothing fits these filters").wait_for()
    assert chosen(page) == "All"
    assert page.url.endswith("?state=all&q=no+such+order")
