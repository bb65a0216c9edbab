"""One decorator for all compiled functions: typed, and compiled anew when any kernel changed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_SOURCES = sorted(Path(__file__).parent.glob("*.py"))
_STAMP = sha256(b"".join(source.read_bytes() for source in _SOURCES)).hexdigest()


def njit(function: Kernel) -> Kernel:
    """Compile without Python objects, and keep the machine code on disk.

    Numba's cache looks at the file of a function only: after a change in one that it calls, an
    old copy would go on running. So the stamp of each cache entry is that of all kernels.
    """
    compiled = numba.njit(cache=True)(function)
    cache_file = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
    if cache_file is not None:
        cache_file._source_stamp = _STAMP
    return cast(Kernel, compiled)
