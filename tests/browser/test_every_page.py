"""Each role walks through every page that its menu offers, in light, dark and right to left."""

import pytest

from tests.support.browser import accessibility_faults, open_page
from tests.support.visitor import log_in, menu_addresses

pytestmark = pytest.mark.browser
WHO = ["maria", "paul", "sofia", "omar", "wanda", "admin"]
LOOKS = ["light", "dark", "rtl"]
QUICK = ("maria", "light")
WALKS = [
    pytest.param(who, look, marks=() if (who, look) == QUICK else pytest.mark.slow)
    for who in WHO
    for look in LOOKS
]


def faults_of_all_pages(page, server, look) -> dict[str, list[str]]:
    found = {}
    for address in menu_addresses(page):
        open_page(page, server.url + address)
        if look == "rtl":
            page.evaluate("document.documentElement.dir = 'rtl'")
        if faults := accessibility_faults(page):
            found[address] = faults
    return found


@pytest.mark.parametrize(("who", "look"), WALKS)
def test_every_page_of_the_menu_can_be_read_by_everybody(page, demo_server, who, look):
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    log_in(page, demo_server, who)

    assert menu_addresses(page) != []
    assert faults_of_all_pages(page, demo_server, look) == {}
