"""One decorator for all compiled functions: typed, and compiled anew when any kernel changed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiler(*folders: Path, allocates: bool = True) -> Callable[[Kernel], Kernel]:
    """Make the `njit` of a package of kernels.

    It compiles without Python objects and without the interpreter's lock, so that one thread per
    core can search, and keeps the machine code on disk.

    Numba's cache looks at the file of a function only: after a change in one that it calls, an
    old copy would go on running. So the stamp of each cache entry is that of all kernels in
    ``folders``: name the package's own and those whose kernels it calls.

    Kernels that never make an array may say ``allocates=False``: Numba then leaves out the counts
    of references, which cost more than half of the time where small functions share many arrays,
    and which two threads that read the same arrays would fight for.
    """
    sources = sorted(source for folder in folders for source in folder.glob("*.py"))
    stamp = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()

    options: dict[str, Any] = {} if allocates else {"_nrt": False}

    def njit(function: Kernel) -> Kernel:
        compiled = numba.njit(cache=True, nogil=True, **options)(function)
        cache_file = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
        if cache_file is not None:
            cache_file._source_stamp = stamp
        return cast(Kernel, compiled)

    return njit
