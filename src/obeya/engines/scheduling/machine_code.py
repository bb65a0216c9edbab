"""What Numba makes of a kernel: an entry for Python, or a part for other kernels.

Only a process that runs a kernel loads this file, and with it Numba.
"""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from collections.abc import Callable
from hashlib import sha256
from inspect import isgeneratorfunction
from typing import Any

import numba
from llvmlite.binding import parse_assembly
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.environment import lookup_environment

from .by_reference import by_reference
from .kept_code import KeptCode


def entry(function: Callable[..., Any], stamp: str, options: dict[str, Any]) -> Any:
    """For Python; kept on disk under the stamp of the kernels and the version of Numba.

    Raises TypeError for a generator: what it is given is gone when Python asks for the next item.
    """
    if isgeneratorfunction(function):
        raise TypeError(f"{function.__qualname__} yields, which a kernel cannot: fill an array.")
    asked: dict[str, Any] = {"no_cfunc_wrapper": True, "pipeline_class": _entry_compiler}
    compiled: Any = numba.njit(**asked | options)(function)
    if hasattr(compiled, "_cache"):  # not where NUMBA_DISABLE_JIT leaves the function as it is
        of_both = sha256(f"{numba.__version__} {stamp}".encode()).hexdigest()
        compiled._cache = KeptCode(function, of_both)
        type_of = compiled.typeof_pyval
        compiled.typeof_pyval = lambda given: by_reference(type_of(given))
    return compiled


def part(function: Callable[..., Any], options: dict[str, Any]) -> Any:
    """For the kernels that call it: one for any number, not one for each that is written out."""
    asked = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True} | options
    compiled: Any = numba.njit(**asked | {"pipeline_class": _part_compiler})(function)
    if hasattr(compiled, "get_call_template"):
        template_of = compiled.get_call_template
        compiled.get_call_template = lambda given, named: template_of(
            [types.unliteral(each) for each in given],
            {name: types.unliteral(each) for name, each in named.items()},
        )
    return compiled


class _Part(JITCodeLibrary):
    """Intermediate code of a kernel that is never run by itself."""

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

    def _finalize_final_module(self) -> None:
        """Make machine code, and let its parts find what their errors say."""
        super()._finalize_final_module()
        codegen: Any = self._codegen
        names = [each.name for each in self._final_module.global_variables]
        found = {name: lookup_environment(name) for name in names}
        self._held = {name: each for name, each in found.items() if each is not None}
        for name, environment in self._held.items():  # machine code holds an address only
            codegen.set_env(name, environment)

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
