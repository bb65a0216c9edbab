"""A program of kernels in a process of its own: it has what an earlier one kept, or nothing."""

import os
import subprocess
import sys
from pathlib import Path

HEAD = """
from pathlib import Path
from typing import NamedTuple
import numba
import numpy as np
from obeya.engines.scheduling.compiling import compiler

kernel = compiler(Path(__file__).parent)

class Inner(NamedTuple):
    row: np.ndarray

class Outer(NamedTuple):
    inner: Inner
    share: int

@numba.njit
def helper(x):
    return x + 1

plus_one = numba.vectorize(lambda x: x + 1)
"""


def said(folder: Path, program: str) -> str:
    file = folder / "program.py"
    file.write_text(HEAD + program)
    kept = {"NUMBA_CACHE_DIR": str(folder / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, file], env=os.environ | kept, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else f"ended with {done.returncode}"
