"""Items of arrays: kernels read and write what NumPy would, of every kind of index and array."""

import sys
from collections.abc import Iterator
from typing import Any

import numba
import numpy as np
import pytest

from obeya.engines.scheduling.compiling import compiler
from obeya.engines.scheduling.tests.loading import loaded

SOURCE = """
def one(array, index):
    return array[index]

def two(array, row, column):
    return array[row, column]

def put(array, index, value):
    array[index] = value

def put_two(array, row, column, value):
    array[row, column] += value

def length(array):
    return len(array)

def row(array, index):
    return array[index][0] + array[index, :][1] + array[1:, 0][0]

def small(n):
    return [i for i in range(n) if i % 2][0]
"""
NAMES = ("one", "two", "put", "put_two", "length", "row", "small")


@pytest.fixture(scope="module")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    known = set(sys.modules)
    path = tmp_path_factory.mktemp("items") / "items_of.py"
    path.write_text(SOURCE)
    module, njit = loaded(path), compiler(path.parent)
    for name in NAMES:
        setattr(module, name, njit(getattr(module, name)))
    yield module
    for name in set(sys.modules) - known:
        if name.startswith("items_of_"):
            del sys.modules[name]


@pytest.mark.parametrize("kind", ["i1", "u1", "i2", "i4", "u4", "i8", "u8", "f4", "f8", "?"])
def test_an_item_of_each_type_is_read_from_both_ends(kernels, kind):
    array = np.array([1, 0, 1, 5, 7]).astype(kind)

    assert [kernels.one(array, index) for index in (0, 4, -1, -5)] == [
        array[0],
        array[4],
        array[-1],
        array[-5],
    ]


@pytest.mark.parametrize("index", [np.uint8(2), np.int8(-3), np.uint64(1), np.int32(-1)])
def test_an_index_may_be_of_any_whole_type(kernels, index):
    array = np.arange(10, 15)

    assert kernels.one(array, index) == array[int(index)]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12).reshape(3, 4),
        np.asfortranarray(np.arange(12).reshape(3, 4)),
        np.arange(24).reshape(3, 8)[:, ::2],
        np.arange(12).reshape(3, 4)[::-1],
    ],
    ids=["rows", "columns", "every second", "backwards"],
)
def test_two_indices_find_the_item_in_each_layout_and_write_it(kernels, array):
    array = array.copy(order="K") if array.flags.c_contiguous else array
    places = [(0, 0), (2, 3), (-1, -4), (1, -1)]
    before = array.tolist()

    assert [kernels.two(array, *place) for place in places] == [before[r][c] for r, c in places]
    kernels.put_two(array, -1, 2, 100)
    before[-1][2] += 100
    assert array.tolist() == before


def test_what_is_written_is_turned_into_the_type_of_the_array(kernels):
    floats, small, flags = np.zeros(3), np.zeros(3, np.int8), np.zeros(3, np.bool_)

    kernels.put(floats, -1, 7)
    kernels.put(small, 1, 2.9)
    kernels.put(flags, 0, True)

    assert [floats.tolist(), small.tolist(), flags.tolist()] == [
        [0.0, 0.0, 7.0],
        [0, 2, 0],
        [True, False, False],
    ]


def test_rows_and_slices_stay_views_and_lengths_are_those_of_the_first_axis(kernels):
    array = np.arange(12).reshape(3, 4)

    assert kernels.row(array, 1) == 4 + 5 + 4
    assert [kernels.length(array), kernels.length(array[:0]), kernels.length(array[0])] == [3, 0, 4]


def test_a_list_may_be_made_in_a_kernel(kernels):
    assert kernels.small(4) == 1


def test_what_may_only_be_read_is_not_written(kernels):
    array = np.arange(3)
    array.flags.writeable = False

    with pytest.raises(numba.TypingError, match="Cannot modify"):
        kernels.put(array, 0, 1)
    assert array.tolist() == [0, 1, 2]
