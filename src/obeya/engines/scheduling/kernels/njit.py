"""The decorators of the kernels in this folder."""

from pathlib import Path

from ..compiling import compiler

_HERE = Path(__file__).parent

njit = compiler(_HERE, allocates=False)
njit_that_allocates = compiler(_HERE)
