"""The first page that anybody meets."""

import pytest

from tests.support.browser import accessibility_faults, open_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_log_in_page_can_be_read_by_everybody(page, demo_server, scheme):
    page.emulate_media(color_scheme=scheme)

    open_page(page, f"{demo_server.url}/login/")

    assert accessibility_faults(page) == []


def test_a_wrong_password_is_refused_with_what_to_do(page, fresh_server):
    open_page(page, f"{fresh_server.url}/login/")

    page.get_by_label("Name", exact=True).fill("nobody")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.keyboard.press("Enter")

    page.get_by_role("alert").wait_for()
    assert "/login/" in page.url
