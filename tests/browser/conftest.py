"""The planning board with invented bars and no server."""

import pytest

from tests.support.browser import open_page


@pytest.fixture
def board(page, gallery):
    open_page(page, f"{gallery}/board/")
    return page
