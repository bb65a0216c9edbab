"""Records reach kernels by reference: read by name, nested, handed on, and never copied."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest

from obeya.engines.scheduling.arrays import Ints
from obeya.engines.scheduling.compiling import compiler
from obeya.engines.scheduling.tests.loading import loaded

SOURCE = """
def draw(luck):
    luck.state[0] += luck.step
    return luck.state[0]

def latest(plan, row):
    return max(plan.rows[row, 0], plan.rows[row, 1]) + draw(plan.luck)

def entry(plan, times):
    found = 0
    for row in range(times):
        plan.start[row] = latest(plan, row)
        found += plan.start[row]
    return found * plan.share

def starts(plan):
    return plan.start

def end(plan):
    return plan.end

def both(first, second):
    for row in range(len(first.start)):
        second.start[row] = first.start[row] + 1
    return first.start[0]
"""


class Luck(NamedTuple):
    state: Ints
    step: int


class Plan(NamedTuple):
    start: Ints
    rows: Ints
    luck: Luck
    share: float


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    known = set(sys.modules)
    path = tmp_path / "recorded.py"
    path.write_text(SOURCE)
    yield path
    for name in set(sys.modules) - known:
        if name.startswith("recorded_"):
            del sys.modules[name]


def kernels(file: Path, *, allocates: bool = False) -> Any:
    """The functions of the file, all of them kernels."""
    module, njit = loaded(file), compiler(file.parent, allocates=allocates)
    for name in ("draw", "latest", "entry", "starts", "end", "both"):
        setattr(module, name, njit(getattr(module, name)))
    return module


def a_plan(rows: Ints | None = None) -> Plan:
    luck = Luck(state=np.array([100]), step=7)
    rows = np.array([[1, 2], [40, 3]]) if rows is None else rows
    return Plan(start=np.zeros(2, dtype=np.int64), rows=rows, luck=luck, share=0.5)


def test_fields_are_read_and_cells_written_through_two_kernels_and_a_record_in_a_record(file):
    module = kernels(file)
    plan = a_plan()

    assert module.entry(plan, 2) == ((2 + 107) + (40 + 114)) / 2
    assert plan.start.tolist() == [109, 154]
    assert plan.luck.state.tolist() == [114]


def test_a_record_with_other_arrays_of_the_same_kind_is_read_afresh(file):
    module = kernels(file)
    first, second = a_plan(), a_plan(np.array([[5, 6], [7, 8]]))

    module.entry(first, 2)
    module.entry(second, 1)

    assert [first.start.tolist(), second.start.tolist()] == [[109, 154], [113, 0]]
    assert len(module.entry.entry.signatures) == 1


def test_columns_that_do_not_lie_close_are_read_by_their_own_strides(file):
    module = kernels(file)
    apart = np.array([[1, 40], [2, 3]]).T

    assert module.entry(a_plan(apart), 2) == ((2 + 107) + (40 + 114)) / 2


def test_two_records_of_one_kernel_are_kept_apart_and_may_be_the_same(file):
    module = kernels(file)
    first, second = a_plan(), a_plan()

    assert [module.both(first, second), second.start.tolist()] == [0, [1, 1]]
    assert [module.both(first, first), first.start.tolist()] == [1, [1, 1]]


def test_an_array_that_a_kernel_gives_back_outlives_the_record(file):
    module = kernels(file, allocates=True)
    start = np.array([3, 4])
    held = sys.getrefcount(start)

    found = module.starts(a_plan()._replace(start=start))
    start[1] = 5
    assert found.tolist() == [3, 5]

    del found
    assert sys.getrefcount(start) == held


def test_a_kernel_holds_on_to_nothing_that_it_was_given(file):
    plan = a_plan()
    arrays = [plan.start, plan.rows, plan.luck.state]
    held = [sys.getrefcount(each) for each in arrays]

    for allocates in (False, True):
        kernels(file, allocates=allocates).entry(plan, 2)

    assert [sys.getrefcount(each) for each in arrays] == held


def test_the_next_start_reads_the_code_for_a_record_from_disk(file):
    missed = []
    for _ in range(2):
        module = kernels(file)
        module.entry(a_plan(), 2)
        missed.append(sum(module.entry.entry.stats.cache_misses.values()))

    assert missed == [1, 0]


def test_a_field_that_the_record_has_not_is_named(file):
    module = kernels(file)

    with pytest.raises(numba.TypingError, match="'end'"):
        module.end(a_plan())


class Spans(NamedTuple):
    spans: tuple[Ints, Ints]
    within: Luck
    name: str


@pytest.mark.parametrize("allocates", [False, True])
def test_a_kernel_holds_on_to_nothing_in_a_tuple_or_a_record_of_a_record(file, allocates):
    file.write_text(SOURCE + "\ndef first(plan):\n    return plan.spans[1][0] + plan.within.step\n")
    kernel = compiler(file.parent, allocates=allocates)(loaded(file).first)
    row = np.array([4])
    spans = Spans(spans=(row, row), within=Luck(row, 1), name="spans")
    held = sys.getrefcount(row)

    assert [kernel(spans) for _ in range(10)] == [5] * 10
    assert sys.getrefcount(row) == held
