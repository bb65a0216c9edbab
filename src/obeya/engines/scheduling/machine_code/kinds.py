"""Types of what Python gives to an entry, found without what Numba loads to find them.

Numba would ask of each array whether it is a masked one, and load `numpy.ma` for it at each start.
"""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from collections.abc import Callable
from typing import Any

import numpy as np
from numba.core import types
from numba.np.numpy_support import from_dtype

from .by_reference import Record

_WIDEST = 8  # bytes of a number that Numba knows
_arrays: dict[Any, Any] = {}


def kind_of(given: Any, otherwise: Callable[[Any], Any]) -> Any:
    """Of an array as Numba would say, of a named tuple a record; ``otherwise`` for all else."""
    if type(given) is np.ndarray:
        return _array(given, otherwise)
    if isinstance(given, tuple) and hasattr(given, "_fields"):
        fields = [kind_of(each, otherwise) for each in given]
        if types.pyobject not in fields:
            return Record(types.NamedTuple(fields, type(given)))
    return otherwise(given)


def _array(given: Any, otherwise: Callable[[Any], Any]) -> Any:
    flags = given.flags
    seen = given.dtype, given.ndim, flags.c_contiguous, flags.f_contiguous, flags.writeable
    if seen not in _arrays:
        if given.dtype.kind not in "biuf" or not _is_known(given.dtype):
            return otherwise(given)
        layout = "C" if flags.c_contiguous else "F" if flags.f_contiguous else "A"
        array: Any = types.Array  # Numba's own hints take each layout for a type of its own
        number = from_dtype(given.dtype)
        _arrays[seen] = array(number, given.ndim, layout, readonly=not flags.writeable)
    return _arrays[seen]


def _is_known(number: Any) -> bool:
    return bool(number.isnative and number.itemsize <= _WIDEST)
