"""The decorator of the kernels in this folder."""

from pathlib import Path

from ..compiling import compiler

njit = compiler(Path(__file__).parent)
