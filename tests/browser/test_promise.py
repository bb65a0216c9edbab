"""Somebody asks for a date in a real browser, and follows the reason to the board."""

import pytest

from tests.support.board import BOARD
from tests.support.browser import accessibility_faults, open_page, ready
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser


def ask(page, server, material, quantity):
    open_page(page, f"{server.url}/s/KES/plan/promise/")
    page.get_by_label("Material").fill(material)
    page.get_by_label("Quantity").fill(quantity)
    page.get_by_role("button", name="Work it out").click()
    ready(page)


def test_the_reason_of_a_promise_is_shown_on_the_board(page, demo_server):
    log_in(page, demo_server, "paul")
    ask(page, demo_server, "PS-2102", "100")  # waits for a lathe

    page.wait_for_selector("#promise")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Show on the board").first.click()
    page.wait_for_selector("[data-island][data-ready]")
    page.wait_for_selector("text=Why here")


def test_what_nobody_knows_is_refused_beside_the_question(page, demo_server):
    log_in(page, demo_server, "paul")
    ask(page, demo_server, "NO-SUCH", "1")

    page.wait_for_selector("text=There is no material 'NO-SUCH' in use.")
    assert page.locator("#promise").count() == 0
    assert page.get_by_label("Material").input_value() == "NO-SUCH"


def test_the_weeks_lead_from_the_menu_to_the_board(page, demo_server):
    log_in(page, demo_server, "paul")
    open_page(page, f"{demo_server.url}/s/KES/plan/bottlenecks/")

    assert page.locator("#bottlenecks tbody tr").count() > 0
    assert accessibility_faults(page) == []
    page.locator("#bottlenecks tbody a").first.click()
    page.wait_for_selector("text=Why here")


def test_the_way_to_the_board_leads_to_the_operation_that_was_meant(page, demo_server):
    log_in(page, demo_server, "paul")
    open_page(page, f"{demo_server.url}/s/KES/plan/bottlenecks/")
    link = page.locator("#bottlenecks tbody a").last.get_attribute("href")

    open_page(page, f"{demo_server.url}{link}")

    page.wait_for_selector("text=Why here")
    plan = f"{BOARD}.plan"
    assert page.evaluate(f"{plan}.id[{BOARD}.painter.selected] === {plan}.json.chosen")


def test_an_operation_that_is_not_on_the_plan_any_more_is_said_to_be_gone(page, demo_server):
    log_in(page, demo_server, "paul")

    open_page(page, f"{demo_server.url}/s/KES/plan/?step=999999.10.1")

    page.wait_for_selector("text=That operation is not on this plan any more")
    assert page.get_by_text("Why here").count() == 0
