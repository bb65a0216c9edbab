"""One decorator for all compiled functions: typed, and compiled anew when any kernel changed.

Numba is loaded when the first of them is called, not before: it takes a quarter of the time in
which a command begins, and most commands plan nothing.
"""

from collections.abc import Callable
from functools import cached_property, update_wrapper
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

HERE = Path(__file__)
SHAPING = sorted(HERE.with_name("machine_code").glob("*.py"))  # what is kept depends on them
Function = TypeVar("Function", bound=Callable[..., Any])


def compiler(*folders: Path, allocates: bool = True) -> Callable[[Function], Function]:
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
    kernels = sorted(source for folder in folders for source in folder.glob("*.py"))
    sources = [*kernels, HERE, *SHAPING]
    stamp = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    options: dict[str, Any] = {"nogil": True} | ({} if allocates else {"_nrt": False})

    def njit(function: Function) -> Function:
        return cast(Function, Kernel(function, stamp, options))

    return njit


class Kernel:
    """A function that Python calls, or other kernels, or both.

    Numba would optimise each function together with all that it calls, and make machine code and
    wrappers for Python of it: half of the time to compile. But what only kernels call is compiled
    into each of them anyway. So here a function has two forms, each made when it is needed: its
    *entry* for Python, machine code that is kept on disk, and its *part* for other kernels,
    intermediate code that is optimised with the entry that uses it.
    """

    def __init__(self, function: Callable[..., Any], stamp: str, options: dict[str, Any]) -> None:
        update_wrapper(self, function)
        self._function, self._stamp, self._options = function, stamp, options

    def __call__(self, *arguments: Any) -> Any:
        return self.entry(*arguments)

    @cached_property
    def entry(self) -> Any:
        from . import machine_code  # noqa: PLC0415 - loads Numba

        return machine_code.entry(self._function, self._stamp, self._options)

    @cached_property
    def part(self) -> Any:
        from . import machine_code  # noqa: PLC0415 - loads Numba

        return machine_code.part(self._function, self._options)

    @property
    def _numba_type_(self) -> Any:
        """What Numba takes the kernel for where another one calls it."""
        return self.part._numba_type_
