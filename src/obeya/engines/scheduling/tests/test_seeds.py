"""Seeds of the fuzz that once failed, hung or crashed."""

import pytest

from .fuzz import CASES


@pytest.mark.parametrize(
    ("case", "seed"),
    [
        ("line_holds", 53),  # one job: a search whose moves cost no work never ended
        ("line_holds", 100),  # jobs without duration share their starts
        ("search_holds", 40822),  # a run beyond the horizon was looked for in another calendar
        ("options_hold", 6291),  # a setter who began before now was free for others
        ("options_hold", 334),  # a spoilt lot joined a batch that was being set up before now
        ("print_shop_holds", 3084),  # only after a certain operation is a setup short enough
        ("print_shop_holds", 6131),  # something came between two that go without a setup
        ("print_shop_holds", 6160),  # the same, and nothing free could come in their place
        ("print_shop_holds", 760233),  # a first plan takes more tries than the search had work
    ],
)
def test_what_once_failed_holds(case, seed):
    """Each case asserts for itself what must hold."""
    CASES[case](seed)
