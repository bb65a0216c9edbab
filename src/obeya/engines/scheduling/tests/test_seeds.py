"""Seeds of the fuzz that once failed, hung or crashed."""

import pytest

from .fuzz import CASES


@pytest.mark.parametrize(
    ("case", "seed"),
    [
        ("line_holds", 53),  # one job: a search whose moves cost no work never ended
        ("line_holds", 100),  # jobs without duration share their starts
        ("search_holds", 40822),  # a run beyond the horizon was looked for in another calendar
    ],
)
def test_what_once_failed_holds(case, seed):
    """Each case asserts for itself what must hold."""
    CASES[case](seed)
