"""Whoever opens the demo's board sees a plan at once."""

import pytest

from tests.support.browser import ready
from tests.support.visitor import log_in

pytestmark = [pytest.mark.browser, pytest.mark.timing]

WITHIN_S = 5.0
BARS = "document.querySelector('[data-island=board]').board.painter.drawn"


def test_the_first_plan_is_seen_within_five_seconds_of_opening_the_page(page, own_demo_server):
    """In a server that has just started, which has no problem in memory yet."""
    server = own_demo_server
    log_in(page, server, "maria")

    page.goto(f"{server.url}/s/KES/plan/", wait_until="commit")
    page.wait_for_selector("[data-island=board][data-ready]")
    took_s = page.evaluate("performance.now() / 1000")  # since the navigation began
    ready(page)

    print(f"first plan seen after {took_s:.2f} s")
    assert page.evaluate(BARS) > 0
    assert took_s <= WITHIN_S
