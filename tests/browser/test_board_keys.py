"""The planning board by keys, and what a chosen bar says; its twin is a table."""

import pytest

from tests.support.board import BOARD, MOVABLE, place, settled

pytestmark = pytest.mark.browser


def test_the_keyboard_selects_carries_and_drops(board):
    canvas = board.locator(".board__canvas canvas")
    canvas.focus()
    board.evaluate(f"i => {BOARD}.select(i, true)", board.evaluate(MOVABLE)["i"])
    i = board.evaluate(f"{BOARD}.painter.selected")
    before = place(board, i)

    board.keyboard.down("Alt")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("ArrowRight")
    assert place(board, i) == before
    board.keyboard.up("Alt")
    settled(board)

    row, begin = place(board, i)
    assert row == before[0]
    assert begin > before[1]


def test_tab_walks_the_bars_and_after_escape_leaves_the_board(board):
    board.locator(".board__canvas canvas").focus()
    board.keyboard.press("Enter")
    first = board.evaluate(f"{BOARD}.painter.selected")
    board.keyboard.press("Tab")
    second = board.evaluate(f"{BOARD}.painter.selected")
    assert board.evaluate(
        f"([a, b]) => {BOARD}.plan.from[b] >= {BOARD}.plan.from[a]", [first, second]
    )

    board.keyboard.press("Escape")
    board.keyboard.press("Tab")
    assert board.evaluate("document.activeElement.tagName") != "CANVAS"


def test_choosing_a_bar_lights_its_whole_order_and_says_so(board):
    i = board.evaluate(MOVABLE)["i"]
    board.evaluate(f"i => {BOARD}.select(i)", i)

    chain = board.evaluate(f"{BOARD}.plan.chain({BOARD}.painter.selected).length")
    links = board.evaluate(f"{BOARD}.plan.links({BOARD}.painter.selected).length")
    assert (chain, links) == (4, 3)
    assert "Order: SO-" in board.locator("[data-board=say]").inner_text()


def test_the_late_list_goes_to_the_order_and_the_search_box_too(board):
    board.locator(".late").first.click()
    code = board.locator(".late strong").first.inner_text()
    assert code in board.locator("[data-board=chosen]").inner_text()

    board.get_by_label("Jump to an order").fill("SO-4410")
    board.keyboard.press("Enter")
    assert "SO-4410" in board.locator("[data-board=chosen]").inner_text()


def test_the_same_plan_stands_below_as_a_table(board):
    board.get_by_text("The plan as a table").click()

    rows = board.locator(".board__table tbody tr")
    rows.first.wait_for()
    assert rows.count() == 100
    assert rows.first.locator("td").first.inner_text() == "PRESS-1"
