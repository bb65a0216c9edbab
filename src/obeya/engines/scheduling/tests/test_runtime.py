"""Numba's functions for memory are read from disk, and do what they did when they were compiled."""

import pickle
from pathlib import Path

import pytest

from .own_process import said

PROGRAM = """
from numba.core.runtime import _nrt_python, nrtdynmod, rtsys

_nrt_python.memsys_enable_stats()
compiled, made = nrtdynmod.create_nrt_module, []
nrtdynmod.create_nrt_module = lambda context: made.append(1) or compiled(context)

@kernel
def squares(n):
    found = np.empty(n, np.int64)
    for i in range(n):
        found[i] = np.arange(i + 1)[-1] ** 2
    return found

for _ in range(9):
    total = int(squares(5).sum())
counted = rtsys.get_allocation_stats()
print(total, len(made), counted.alloc == counted.free > 0, counted.mi_alloc == counted.mi_free)
"""


def test_a_second_start_reads_them_and_frees_all_that_it_takes(tmp_path):
    assert [said(tmp_path, PROGRAM) for _ in range(2)] == ["30 1 True True\n", "30 0 True True\n"]


@pytest.mark.parametrize("left", [0, 1, 500])
def test_where_they_are_cut_off_they_are_compiled_anew(tmp_path, left):
    said(tmp_path, PROGRAM)
    [file] = of_memory(tmp_path)
    file.write_bytes(file.read_bytes()[:left])

    again = [said(tmp_path, PROGRAM) for _ in range(2)]

    assert again == ["30 1 True True\n", "30 0 True True\n"]
    assert len(of_memory(tmp_path)) == 1


@pytest.mark.parametrize("kept", ["hello", (), ("nrt", "bitcode", b"junk"), ("nrt", "other", b"")])
def test_where_something_else_is_kept_they_are_compiled_for_this_start(tmp_path, kept):
    said(tmp_path, PROGRAM)
    [file] = of_memory(tmp_path)
    file.write_bytes(pickle.dumps(kept))

    assert [said(tmp_path, PROGRAM) for _ in range(2)] == ["30 1 True True\n", "30 0 True True\n"]


def test_a_function_of_numba_that_comes_first_and_a_kernel_share_them(tmp_path):
    said(tmp_path, PROGRAM)
    program = """
@numba.njit
def first(n):
    return np.arange(n)

@kernel
def second(given):
    return given + np.ones(3, np.int64)

print(second(first(3)), first(2))
"""
    assert [said(tmp_path, program) for _ in range(2)] == ["[1 2 3] [0 1]\n"] * 2


def test_where_the_folder_is_a_file_they_come_from_beside_the_source_or_are_compiled(tmp_path):
    (tmp_path / "cache").write_text("a file, not a folder")

    assert said(tmp_path, PROGRAM) in ("30 1 True True\n", "30 0 True True\n")


def of_memory(folder: Path) -> list[Path]:
    return list(folder.glob("cache/machine_code_*/runtime.*.nbc"))
