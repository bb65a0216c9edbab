"""The board before its plan comes: it claims nothing, and a failure is no end."""

import pytest
from playwright.sync_api import Route

from tests.support.browser import accessibility_faults, ready
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser
PLAN = "**/plan/board.json*"


@pytest.fixture
def held(page, demo_server):
    """The board's requests for its plan, none of them answered yet."""
    log_in(page, demo_server, "admin")
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route(PLAN, hold)
    with page.expect_request(PLAN):
        page.goto(f"{demo_server.url}/s/KES/plan/", wait_until="domcontentloaded")
    yield asked
    page.unroute(PLAN)


def figures(page) -> list[str]:
    shown = page.locator("[data-figure] [data-value]").all_inner_texts()
    return [*shown, page.locator("[data-board=late-count]").inner_text()]


def is_busy(page) -> str:
    return page.locator("[data-island=board]").get_attribute("aria-busy")


def test_until_the_plan_is_there_every_figure_is_a_dash_and_the_board_says_that_it_loads(
    page, held
):
    assert page.get_by_role("status").filter(has_text="Loading the plan…").is_visible()
    assert is_busy(page) == "true"
    assert figures(page) == ["–"] * 5
    assert page.get_by_text("Not known yet.").is_visible()
    assert not page.get_by_text("Every order is in time.").is_visible()
    assert page.get_by_role("button", name="Publish").is_disabled()
    assert accessibility_faults(page) == []

    held[0].continue_()
    ready(page)

    assert is_busy(page) == "false"
    assert "–" not in figures(page)
    assert not page.get_by_text("Loading the plan…").is_visible()
    assert not page.get_by_text("Not known yet.").is_visible()
    assert page.get_by_role("button", name="Show the whole plan").is_enabled()


@pytest.mark.parametrize("fail", [lambda route: route.abort(), lambda r: r.fulfill(status=500)])
def test_a_plan_that_did_not_come_is_said_and_asked_for_again(page, held, fail):
    fail(held[0])
    page.get_by_role("heading", name="The plan could not be loaded").wait_for()

    assert not page.get_by_text("Loading the plan…").is_visible()
    assert is_busy(page) == "false"
    assert figures(page) == ["–"] * 5
    assert accessibility_faults(page) == []

    with page.expect_request(PLAN):
        page.get_by_role("button", name="Try again").click()
    page.get_by_text("Loading the plan…").wait_for()
    held[1].continue_()
    ready(page)

    assert not page.get_by_role("heading", name="The plan could not be loaded").is_visible()
    assert figures(page)[0].isdigit()
