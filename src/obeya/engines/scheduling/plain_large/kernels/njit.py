"""The decorators of the kernels of large plain shops."""

from pathlib import Path

from ...compiling import compiler

_HERE = Path(__file__).parent
_FOLDERS = (_HERE, _HERE.parents[1] / "kernels")

njit = compiler(*_FOLDERS, allocates=False)
njit_that_allocates = compiler(*_FOLDERS)
