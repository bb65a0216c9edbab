"""The decorator of the kernels in this folder."""

from pathlib import Path

from ...compiling import compiler

_HERE = Path(__file__).parent
njit = compiler(_HERE, _HERE.parents[1] / "kernels", allocates=False)
