"""What Numba asks itself very often while it compiles, answered in less time and the same way."""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import NoneType
from typing import Any

from numba.core import ir
from numba.core.base import BaseContext
from numba.core.types.functions import BaseFunction

from .remembered import signature
from .unheard import unheard

_NO_VARIABLE = frozenset((str, int, float, bool, NoneType, ir.Loc, ir.Scope))
_size_of: Any = BaseContext.get_abi_sizeof
_sizes: dict[str, int] = {}


@contextmanager
def quicker() -> Iterator[None]:
    """While Numba compiles: it lets one thread at a time do that."""
    with ExitStack() as stack:
        for owner, name, new in (
            (BaseFunction, "get_call_type", signature),
            (BaseContext, "get_abi_sizeof", _size),
            (ir.Inst, "_rec_list_vars", _variables),
        ):
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, new)
        stack.enter_context(unheard())
        yield


def _size(context: Any, kind: Any) -> int:
    """Bytes; LLVM is asked through a module that is written and read for each question."""
    words = str(kind)
    if words not in _sizes:
        _sizes[words] = _size_of(context, kind)
    return _sizes[words]


def _variables(_: Any, value: Any) -> list[Any]:
    """All that an instruction reads or writes: asked ten times for each."""
    found: list[Any] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[Any]) -> None:
    if isinstance(value, ir.Var):
        found.append(value)
    elif isinstance(value, ir.Inst):
        found.extend(value.list_vars())
    elif isinstance(value, list | tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            if type(each) not in _NO_VARIABLE:
                _gather(each, found)
