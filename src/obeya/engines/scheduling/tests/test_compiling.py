"""Kernels: the code as it is now runs, and what is on disk never stands in its way."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest
from numba.core.caching import InTreeCacheLocator

from obeya.engines.scheduling.compiling import Kernel, compiler
from obeya.engines.scheduling.tests.loading import loaded

CALLED = "def called(x):\n    return x + {}\n"
ENTRY = "def entry(x):\n    return called(x) * 10\n"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    known = set(sys.modules)
    (tmp_path / "kernels").mkdir()
    write(tmp_path / "kernels", add=1)
    yield tmp_path / "kernels"
    for name in set(sys.modules) - known:
        if name.startswith(("called_", "entry_")):
            del sys.modules[name]


def write(folder: Path, *, add: int) -> None:
    (folder / "called.py").write_text(CALLED.format(add))
    (folder / "entry.py").write_text(ENTRY)


def started(folder: Path) -> Kernel:
    """The entry as another process would find it."""
    njit = compiler(folder, allocates=False)
    called = njit(loaded(folder / "called.py").called)
    module = loaded(folder / "entry.py")
    module.called = called
    entry: Kernel = njit(module.entry)
    return entry


def ran(folder: Path) -> tuple[int, int]:
    """What the entry makes of 1, and how often it was compiled for that."""
    kernel = started(folder)
    return kernel(1), sum(kernel.entry.stats.cache_misses.values())


def test_the_next_start_runs_a_called_kernel_as_it_is_then(folder):
    assert [ran(folder), ran(folder)] == [(20, 1), (20, 0)]

    write(folder, add=2)
    assert [ran(folder), ran(folder)] == [(30, 1), (30, 0)]

    write(folder, add=1)
    assert ran(folder) == (20, 1)
    assert len(list(folder.glob("__pycache__/*.nbc"))) == 1


def test_a_folder_that_moved_is_not_compiled_again(folder):
    ran(folder)

    assert ran(folder.rename(folder.parent / "elsewhere")) == (20, 0)


@pytest.mark.parametrize("kind", ["nbi", "nbc"])
@pytest.mark.parametrize("left", [b"", b"\x80\x05\x95", b"of no kind"])
def test_what_is_half_written_is_compiled_anew(folder, kind, left):
    ran(folder)
    [file] = folder.glob(f"__pycache__/*.{kind}")
    file.write_bytes(left)

    assert [ran(folder), ran(folder)] == [(20, 1), (20, 0)]


def test_an_index_never_names_the_code_of_an_older_kernel(folder):
    ran(folder)
    [old] = folder.glob("__pycache__/*.nbc")
    code = old.read_bytes()
    write(folder, add=2)
    ran(folder)
    [new] = folder.glob("__pycache__/*.nbc")
    new.unlink()
    old.write_bytes(code)  # as if killed when the new index was there and the new code was not

    assert ran(folder) == (30, 1)


def test_two_that_compile_for_different_arguments_at_once_do_not_mix_their_code(folder):
    one, other = started(folder).entry, started(folder).entry
    for entry, argument in ((one, 1), (other, 1.5)):
        cache = entry._cache
        cache._cache_file._load_index = dict  # neither sees what the other writes
        entry(argument)
    written = list(folder.glob("__pycache__/*.nbc"))

    third = started(folder)
    assert (third(1), third(1.5)) == (20, 25.0)
    assert len(written) == 2


@pytest.fixture
def nobody_may_write(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    monkeypatch.setenv("HOME", "/dev/null")


def test_kernels_run_where_nobody_may_write(folder, nobody_may_write):
    (folder / "__pycache__").write_text("no folder")

    with pytest.warns(RuntimeWarning, match="name it in NUMBA_CACHE_DIR"):
        assert ran(folder) == (20, 1)


def test_what_was_compiled_beside_the_source_is_used_where_nobody_may_write_there(
    folder, tmp_path, monkeypatch
):
    ran(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(InTreeCacheLocator, "from_function", classmethod(lambda *_: None))

    assert ran(folder) == (20, 0)


def test_a_folder_that_is_named_begins_empty(folder, tmp_path, monkeypatch):
    ran(folder)
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "named"))

    assert [ran(folder), ran(folder)] == [(20, 1), (20, 0)]
