"""Numba's compiler, told where to put code and what not to do twice.

Only a process that compiles loads this file: a start from what is kept does not.
"""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from numba.core import errors
from numba.core.compiler import Compiler
from numba.core.typed_passes import DumpParforDiagnostics, NopythonRewrites
from numba.core.untyped_passes import (
    InlineClosureLikes,
    InlineInlinables,
    LiteralUnroll,
    MakeFunctionToJitFunction,
    WithLifting,
)

from . import items
from .libraries import Entry, Part
from .quicker import quicker

_FOR_CLOSURES = {InlineClosureLikes, MakeFunctionToJitFunction}
_TOLD = items  # to import them is to tell Numba of them
_NOT_FOR_KERNELS = {  # `with`, loops over tuples of several types, sums of whole arrays in one loop
    DumpParforDiagnostics,
    InlineInlinables,
    LiteralUnroll,
    NopythonRewrites,
    WithLifting,
}


class _Compiler(Compiler):
    """Of one kernel; what Numba compiles on the way is compiled as parts."""

    def compile_extra(self, function: Any) -> Any:
        codegen = self.state.targetctx.codegen()
        with _parts_are_made_of(codegen), quicker():
            return super().compile_extra(function)

    def define_pipelines(self) -> Any:
        """Without the passes for what the kernel does not have: each goes through all of it."""
        constants = self.state.func_id.func.__code__.co_consts
        has_closures = any(isinstance(each, CodeType) for each in constants)
        needless = _NOT_FOR_KERNELS | (set() if has_closures else _FOR_CLOSURES)
        pipelines = super().define_pipelines()
        for each in pipelines:
            each.passes = [step for step in each.passes if step[0] not in needless]
            each.finalize()
        return pipelines


def entry_compiler(typing: Any, target: Any, _: Any, *rest: Any) -> Any:
    """Numba's compiler, with an entry to put the code into."""
    library = Entry(target.codegen(), "entry")
    library.enable_object_caching()
    return _with_items(typing, target, library, *rest)


def part_compiler(typing: Any, target: Any, _: Any, *rest: Any) -> Any:
    """Numba's compiler, with a part to put the code into."""
    return _with_items(typing, target, Part(target.codegen(), "part"), *rest)


def _with_items(typing: Any, target: Any, library: Any, *rest: Any) -> Any:
    target.refresh()  # may have been made before the items were told of
    return _Compiler(typing, target, library, *rest)


@contextmanager
def _parts_are_made_of(codegen: Any) -> Iterator[None]:
    before = codegen._library_class
    codegen._library_class = Part
    try:
        yield
    finally:
        codegen._library_class = before


def _painted(_: Any, text: str, *colours: Any, **named: Any) -> str:
    return text


if hasattr(errors, "HighlightColorScheme"):  # where colorama is installed, as for development
    # Numba paints the names of all that could be an error, and hardly ever tells one.
    errors.HighlightColorScheme._markup = _painted
