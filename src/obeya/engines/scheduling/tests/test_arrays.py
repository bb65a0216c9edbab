"""Arrays: checked against NumPy's own functions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from obeya.engines.scheduling.arrays import distinct

WHOLE = st.integers(-(2**63), 2**63 - 1)
NUMBERS = st.lists(WHOLE | st.integers(-3, 3), max_size=30)


@given(NUMBERS, NUMBERS)
def test_distinct_numbers_are_those_of_numpy(one, other):
    both = np.array(one + other, np.int64)

    assert distinct(one, other).tolist() == np.unique(both).tolist()
    assert distinct(np.array(one, np.int64)).dtype == np.int64


def test_of_nothing_nothing_is_distinct():
    assert distinct([]).tolist() == []
    assert distinct([], []).tolist() == []
