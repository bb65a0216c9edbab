"""Sorting of items by their keys, against NumPy's stable sort."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from obeya.engines.scheduling.kernels.filling import numbers
from obeya.engines.scheduling.kernels.sort import sort_by

HUGE = 2**63 - 1
SOME_KEYS = st.lists(st.integers(-3, 3) | st.integers(-HUGE - 1, HUGE), max_size=70)


@settings(deadline=None)  # the first compiles
@example([])
@example([5])
@example([7] * 9)
@example(list(range(33)))
@example(list(range(33, 0, -1)))
@example([HUGE, -HUGE - 1, 0, HUGE, -HUGE - 1])
@given(SOME_KEYS)
def test_items_stand_by_key_and_equal_ones_as_they_stood(keys):
    key = np.array(keys, dtype=np.int64)
    items = numbers(len(key))

    sort_by(key, items)

    assert items.tolist() == np.argsort(key, kind="stable").tolist()


@settings(deadline=None)
@given(SOME_KEYS)
def test_items_in_any_order_at_first_and_not_all_of_them(keys):
    key = np.array(keys, dtype=np.int64)
    backwards = np.arange(len(key), dtype=np.int64)[::-2].copy()
    expected = backwards[np.argsort(key[backwards], kind="stable")]

    sort_by(key, backwards)

    assert backwards.tolist() == expected.tolist()


def test_a_column_of_a_table_can_be_the_key():
    table = np.array([[4, 0], [2, 0], [4, 0], [1, 0]])
    items = numbers(4)

    sort_by(table[:, 0], items)

    assert items.tolist() == [3, 1, 0, 2]
