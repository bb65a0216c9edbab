"""Files of machine code: what cannot be read is compiled anew, never refused."""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its cache no types.

import warnings
from collections.abc import Callable
from glob import escape
from inspect import getfile
from pathlib import Path
from pickle import UnpicklingError
from typing import Any
from uuid import uuid4

from numba.core.caching import (
    CompileResultCacheImpl,
    FunctionCache,
    IndexDataCacheFile,
    InTreeCacheLocator,
    UserProvidedCacheLocator,
)

UNREADABLE = (
    EOFError,
    UnpicklingError,
    AttributeError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)


class _Files(IndexDataCacheFile):
    """Index and machine code of one function.

    Numba writes the index first, and numbers the code. A process that is killed in between would
    leave a new index that names older code; two that compile it for
    different arguments at the same time could write under one number. So here the code comes
    first, under a name that nobody else has.
    """

    def __init__(self, folder: str, name: str, stamp: str) -> None:
        super().__init__(folder, name, stamp)
        self._name, self._mark = name, stamp[:12]

    def save(self, key: Any, data: Any) -> None:
        overloads = self._load_index()
        name = overloads.get(key) or f"{self._name}.{self._mark}.{uuid4().hex[:16]}.nbc"
        self._save_data(name, data)
        self._save_index(overloads | {key: name})

    def _load_index(self) -> Any:
        try:
            return super()._load_index()
        except (OSError, *UNREADABLE):
            return {}

    def _load_data(self, name: str) -> Any:
        try:
            return super()._load_data(name)
        except UNREADABLE as cut_off:
            raise OSError(f"{name} cannot be read.") from cut_off  # Numba takes it as missing

    def _save_index(self, overloads: Any) -> None:
        super()._save_index(overloads)
        for code in Path(self._cache_path).glob(f"{escape(self._name)}.*.nbc"):
            if f".{self._mark}." not in code.name:
                code.unlink(missing_ok=True)


class _Nowhere(InTreeCacheLocator):
    """Beside the source, where nobody may write: saving says so."""

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        return cls(py_func, py_file)


LOCATORS = [*CompileResultCacheImpl._locator_classes, _Nowhere]


class Kept(FunctionCache):
    """Numba's cache of what belongs to a function, by a stamp.

    An installation that may only be read, or a full disk, does not keep a plan from being made:
    what was compiled beside the source is used, else the code holds as long as the process. Where
    NUMBA_CACHE_DIR names a folder, only that one counts.
    """

    _impl_class: Any

    def __init__(self, function: Callable[..., Any], stamp: str) -> None:
        super().__init__(function)
        name, here = self._impl.filename_base, self._cache_path
        self._cache_file = _Files(here, name, stamp)
        beside = InTreeCacheLocator(function, getfile(function)).get_cache_path()
        is_named = isinstance(self._impl.locator, UserProvidedCacheLocator)
        self._shipped = _Files(here if is_named else beside, name, stamp)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Load it without what Numba knows for compiling: to learn that takes half of a start."""
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)

    def _load_overload(self, sig: Any, target_context: Any) -> Any:
        found = super()._load_overload(sig, target_context)
        if found is not None or self._shipped._cache_path == self._cache_path:
            return found
        code = self._shipped.load(self._index_key(sig, target_context.codegen()))
        return None if code is None else self._impl.rebuild(target_context, code)

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            super().save_overload(sig, data)
        except OSError as refused:
            warnings.warn(
                f"Machine code is not kept, and compiled again at the next start: {refused}. Make"
                " a folder that can be written, and name it in NUMBA_CACHE_DIR.",
                RuntimeWarning,
                stacklevel=2,
            )
