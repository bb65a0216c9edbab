"""That the browser, its trace and the accessibility check work at all; no Obeya needed."""

import pytest

from tests.support.browser import accessibility_faults, open_page

pytestmark = pytest.mark.browser

PAGE = "<html lang=en><title>t</title><body data-ready><main><h1>Hello</h1>{}</main></body></html>"


def test_a_page_without_faults_passes_axe(page, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(""))

    open_page(page, file.as_uri())

    assert accessibility_faults(page) == []


def test_an_input_without_a_label_is_found_by_axe(page, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE.format("<input>"))

    open_page(page, file.as_uri())

    assert [fault.split(":")[0] for fault in accessibility_faults(page)] == ["label"]


def test_each_window_has_its_own_cookies(page, second_page):
    assert page.context != second_page.context
