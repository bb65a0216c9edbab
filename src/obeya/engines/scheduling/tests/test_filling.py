"""Filling and copying of arrays."""

import numpy as np

from obeya.engines.scheduling.kernels.filling import copy, copy_table, fill, numbers, sum_up


def test_a_part_of_a_row_is_filled_and_the_rest_left():
    row = np.array([5, 6, 7, 8])

    fill(row[:3], -1)
    fill(row[:0], 9)

    assert row.tolist() == [-1, -1, -1, 8]


def test_every_second_element_is_filled():
    row = np.zeros(5, dtype=np.int32)

    fill(row[::2], 4)

    assert row.tolist() == [4, 0, 4, 0, 4]


def test_a_row_takes_the_first_elements_of_a_longer_one():
    row = np.zeros(2, dtype=np.int64)

    copy(row, np.array([3, 2, 1]))

    assert row.tolist() == [3, 2]


def test_a_table_takes_a_table_also_one_that_lies_turned():
    table = np.zeros((2, 3), dtype=np.int64)
    turned = np.array([[1, 4], [2, 5], [3, 6]]).T

    copy_table(table, turned)

    assert table.tolist() == [[1, 2, 3], [4, 5, 6]]


def test_sums_up_to_each_element_and_numbers_from_nought():
    row = np.array([3, 0, -1, 10])

    sum_up(row)
    sum_up(row[:0])

    assert row.tolist() == [3, 3, 2, 12]
    assert [numbers(4).tolist(), numbers(0).tolist()] == [[0, 1, 2, 3], []]
