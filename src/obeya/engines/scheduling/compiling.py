"""One decorator for all compiled functions: typed, and compiled anew when any kernel changed."""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from collections.abc import Callable
from functools import cached_property, update_wrapper
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from llvmlite.binding import parse_assembly
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler

from .kept_code import KeptCode

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
    sources = [*kernels, Path(__file__)]
    parts = [numba.__version__.encode(), *(source.read_bytes() for source in sources)]
    stamp = sha256(b"".join(parts)).hexdigest()
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
        options: dict[str, Any] = {"no_cfunc_wrapper": True, "pipeline_class": _entry_compiler}
        options |= self._options
        compiled: Any = numba.njit(**options)(self._function)
        if hasattr(compiled, "_cache"):  # not where NUMBA_DISABLE_JIT leaves the function as it is
            compiled._cache = KeptCode(self._function, self._stamp)
        return compiled

    @cached_property
    def part(self) -> Any:
        options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True} | self._options
        return numba.njit(**options | {"pipeline_class": _part_compiler})(self._function)

    @property
    def _numba_type_(self) -> Any:
        """What Numba takes the kernel for where another one calls it."""
        return self.part._numba_type_


class _Part(JITCodeLibrary):
    """Intermediate code that is never run by itself."""

    def _optimize_final_module(self) -> None:
        """Left to the entries."""

    def _finalize_final_module(self) -> None:
        """Make no machine code."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """There is none."""
        return 0

    @property
    def codegen(self) -> Any:
        return _NoMachineCode


class _Entry(JITCodeLibrary):
    """Machine code that nothing is linked with: its intermediate code need not be kept.

    Numba keeps it beside the machine code for other functions to use, and reads all of it again
    at each start. What a start needs of it are the names that are defined.
    """

    def serialize_using_object_code(self) -> Any:
        self._ensure_finalized()
        module = self._final_module
        names = [each.name for each in module.functions if not each.is_declaration]
        return self.name, "object", (self._get_compiled_object(), _named(names).as_bitcode())


def _named(names: list[str]) -> Any:
    """A module that defines functions of these names, and nothing else."""
    quoted = (name.replace("\\", "\\5c").replace('"', "\\22") for name in names)
    defined = (f'define void @"{name}"() {{ unreachable }}' for name in quoted)
    return parse_assembly("\n".join(defined))


class _NoMachineCode:
    @staticmethod
    def set_env(env_name: str, env: Any) -> None:
        """What never runs has no use for an environment."""


def _part_compiler(typing: Any, target: Any, _: Any, *rest: Any) -> Any:
    """Numba's compiler, with a part to put the code into."""
    of_part: Any = _Part
    return _compiler_into(of_part(target.codegen(), "part"), typing, target, *rest)


def _entry_compiler(typing: Any, target: Any, _: Any, *rest: Any) -> Any:
    """Numba's compiler, with an entry to put the code into."""
    of_entry: Any = _Entry
    library = of_entry(target.codegen(), "entry")
    library.enable_object_caching()
    return _compiler_into(library, typing, target, *rest)


def _compiler_into(library: Any, typing: Any, target: Any, *rest: Any) -> Any:
    of_compiler: Any = Compiler  # Numba gives neither of them types
    return of_compiler(typing, target, library, *rest)
