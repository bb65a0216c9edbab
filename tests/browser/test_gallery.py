"""Every part of the design system, in a real browser: readable by all, at every size."""

import pytest
from playwright.sync_api import Route

from tests.support.browser import accessibility_faults, open_page

pytestmark = pytest.mark.browser

SIZES = [(1440, 900), (1024, 768), (768, 1024), (390, 844)]


def choose_theme(page, url, theme):
    page.context.add_cookies([{"name": "theme", "value": theme, "url": url}])


@pytest.mark.parametrize("look", ["light", "dark", "rtl"])
@pytest.mark.parametrize("name", ["", "list/", "board/", "forms/", "terminal/", "empty/"])
def test_a_page_can_be_read_by_everybody(page, gallery, name, look):
    choose_theme(page, gallery, "dark" if look == "dark" else "light")
    open_page(page, f"{gallery}/{name}")
    if look == "rtl":
        page.evaluate("document.documentElement.dir = 'rtl'")

    assert accessibility_faults(page) == []


@pytest.mark.parametrize("name", ["", "list/", "board/", "forms/", "terminal/", "empty/"])
def test_no_page_is_wider_than_its_window(page, gallery, name):
    open_page(page, f"{gallery}/{name}")
    wide = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for direction in ("ltr", "rtl"):
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((width, direction))
    page.set_viewport_size({"width": 1280, "height": 800})

    assert wide == []


def test_what_is_touched_is_large_enough_on_a_tablet_and_larger_on_a_terminal(page, gallery):
    small = """least => [...document.querySelectorAll('button, a.button, .big-button')]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < least)
        .map(each => each.textContent.trim())"""
    page.set_viewport_size({"width": 768, "height": 1024})
    open_page(page, f"{gallery}/")
    assert page.evaluate(small, 44) == []

    open_page(page, f"{gallery}/terminal/")
    assert page.evaluate(small, 64) == []


def test_ctrl_k_finds_a_page_by_keyboard_alone(page, gallery):
    open_page(page, f"{gallery}/")

    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("term")
    page.get_by_role("option", name="Terminal").wait_for()
    page.keyboard.press("Enter")

    page.wait_for_url("**/ui/gallery/terminal/")


def test_enter_waits_for_the_answer_to_what_is_typed_however_slow_it_comes(page, gallery):
    """While the answer is under way the old list still stands, with another page chosen in it."""
    open_page(page, f"{gallery}/")
    page.keyboard.press("Control+k")
    page.get_by_role("option", name="Terminal").wait_for()
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route("**/*q=term*", hold)

    page.get_by_role("combobox").fill("term")
    page.keyboard.press("Enter")
    # set later than the timer with which typing asks by itself, and no shorter: fires after it
    page.evaluate("() => new Promise(done => { setTimeout(done, 150) })")
    for question in asked:
        question.continue_()

    page.wait_for_url("**/ui/gallery/terminal/")
    page.unroute("**/*q=term*")


def test_a_key_presses_the_button_that_names_it_unless_letters_are_switched_off(page, gallery):
    open_page(page, f"{gallery}/")
    dialog = page.locator("#sample-dialog")

    page.keyboard.press("b")
    dialog.wait_for(state="visible")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("Switch off keys of one letter").check()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    assert not dialog.is_visible()
    page.evaluate("localStorage.clear()")


def test_a_toast_offers_to_undo_and_undoing_says_so(page, gallery):
    open_page(page, f"{gallery}/")

    page.get_by_role("button", name="Report 48").click()
    page.get_by_text("48 pieces reported on J-10482.").wait_for()
    page.get_by_role("button", name="Undo").click()

    page.get_by_text("Taken back: 48 pieces.").wait_for()


def test_a_refusal_is_said_and_leaves_the_page_as_it_stands(page, gallery):
    open_page(page, f"{gallery}/")
    before = page.locator("main").inner_html()

    page.get_by_role("button", name="Be refused").click()

    page.get_by_text("End that downtime first.").wait_for()
    assert page.locator("main").inner_html() == before


def test_a_form_with_errors_is_swapped_in_place_and_says_what_is_wrong(page, gallery):
    open_page(page, f"{gallery}/forms/")

    page.get_by_label("Quantity").fill("-1")
    page.get_by_role("button", name="Save").click()

    page.get_by_text("Ensure this value is greater than or equal to 1.").wait_for()
    assert page.get_by_label("Quantity").get_attribute("aria-invalid") == "true"
    assert page.get_by_label("Quantity").input_value() == "-1"


def test_the_theme_is_kept_by_the_server_so_that_no_page_flashes(page, gallery):
    open_page(page, f"{gallery}/")
    page.get_by_label("Ann de Vries").click()
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    answer = page.request.get(f"{gallery}/forms/").text()
    assert 'data-theme="dark"' in answer


def test_a_list_is_searched_sorted_and_turned_without_loading_the_page_again(page, gallery):
    open_page(page, f"{gallery}/list/")
    page.evaluate("window.sameDocument = true")

    page.get_by_label("Search in this list").fill("view_")
    page.get_by_role("link", name="view_account").wait_for()
    page.get_by_role("link", name="add_account").wait_for(state="detached")
    assert page.evaluate("document.activeElement.name") == "q"  # still typing
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Previous").wait_for()

    assert "q=view_" in page.url
    assert "after=" in page.url
    assert page.evaluate("window.sameDocument")


def test_ticked_rows_raise_the_bulk_bar_and_the_verb_answers(page, gallery):
    open_page(page, f"{gallery}/list/")

    page.get_by_label("Choose add_account").check()
    page.get_by_label("Choose add_actionitem").check()
    page.get_by_role("button", name="Count them").click()

    page.get_by_text("2 counted; nothing was changed.").wait_for()


def test_all_that_the_filter_finds_is_more_than_the_page(page, gallery):
    open_page(page, f"{gallery}/list/?verb=add")

    page.get_by_label("Choose this page").check()
    page.get_by_label("that the filter finds").check()
    page.get_by_role("button", name="Count them").click()

    toast = page.get_by_text("counted; nothing was changed.")
    toast.wait_for()
    assert int(toast.inner_text().split()[0]) > 25
