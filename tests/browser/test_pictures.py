"""The pictures of README and documentation; OBEYA_PICTURES=1 puts new ones into docs/images."""

import os

import pytest

from tests.support.browser import ARTIFACTS, open_page
from tests.support.shared import ROOT
from tests.support.visitor import log_in

pytestmark = pytest.mark.browser


def take(page, name: str) -> None:
    folder = ROOT / "docs" / "images" if os.environ.get("OBEYA_PICTURES") else ARTIFACTS
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", animations="disabled")


def test_the_board_of_the_readme(page, demo_server):
    page.set_viewport_size({"width": 1440, "height": 810})
    log_in(page, demo_server, "paul")

    open_page(page, f"{demo_server.url}/s/KES/plan/")

    assert page.locator("canvas").first.is_visible()
    take(page, "board")
