"""Numba's own functions for memory, kept as kernels are: Numba compiles them at each start."""

# mypy: disable-error-code="no-untyped-call, attr-defined"
# Numba gives its libraries no types.

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core import config
from numba.core.caching import CacheImpl
from numba.core.runtime import nrtdynmod, rtsys

from . import kept_files
from .kept_files import LOCATORS, UNREADABLE, Kept

_SHAPING = [Path(__file__), Path(kept_files.__file__)]  # what is kept depends on them


def initialize(context: Any) -> None:
    """Have what machine code calls for memory; Numba's lock is held, as whenever it compiles."""
    if not rtsys._init:
        with _kept_or_compiled():
            rtsys.initialize(context)


@contextmanager
def _kept_or_compiled() -> Iterator[None]:
    before = nrtdynmod.compile_nrt_functions
    nrtdynmod.compile_nrt_functions = _library
    try:
        yield
    finally:
        nrtdynmod.compile_nrt_functions = before


def _library(context: Any) -> Any:
    versions = f"{numba.__version__} {llvmlite.__version__} {config.DEBUG_NRT}".encode()
    stamp = sha256(b"".join([versions, *(source.read_bytes() for source in _SHAPING)])).hexdigest()
    kept = _KeptRuntime(compiled, stamp)
    library = None
    with suppress(RuntimeError, *UNREADABLE):  # one bad file would stop all kernels
        library = kept.load_overload((), context)
    if library is None:
        library = compiled(context)
        kept.save_overload((), library)
    return library


def compiled(context: Any) -> Any:
    """As Numba does, but so that the machine code can be read from it."""
    module, library = nrtdynmod.create_nrt_module(context)
    library.enable_object_caching()
    library.add_ir_module(module)
    library.finalize()
    return library


class _Runtime(CacheImpl):
    _locator_classes = LOCATORS

    def reduce(self, library: Any) -> Any:
        return library.serialize_using_object_code()

    def rebuild(self, context: Any, kept: Any) -> Any:
        return context.codegen().unserialize_library(kept)

    def check_cachable(self, _: Any) -> bool:
        return True


class _KeptRuntime(Kept):
    _impl_class = _Runtime
