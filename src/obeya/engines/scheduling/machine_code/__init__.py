"""What Numba makes of a kernel: an entry for Python, or a part for other kernels.

Only a process that runs a kernel loads this package, and with it Numba.
"""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from collections.abc import Callable
from hashlib import sha256
from inspect import isgeneratorfunction
from typing import Any

import numba
from numba.core import types

from .kept_code import KeptCode
from .kinds import kind_of


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
        compiled._compilation_chain_init_hook = _no_extension
        compiled._cache = KeptCode(function, of_both)
        type_of = compiled.typeof_pyval
        compiled.typeof_pyval = lambda given: kind_of(given, type_of)
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


def _no_extension() -> None:
    """Kernels need none; to look for one, Numba reads of every package what it offers."""


def _part_compiler(*given: Any) -> Any:
    from .compiler import part_compiler  # noqa: PLC0415 - what is kept needs no compiler

    return part_compiler(*given)


def _entry_compiler(*given: Any) -> Any:
    from .compiler import entry_compiler  # noqa: PLC0415 - what is kept needs no compiler

    return entry_compiler(*given)
