"""Items of arrays are read and written with three or four instructions.

Numba first makes a view of the item: some thirty instructions for each index, most of which LLVM
removes again. To write them, read them and remove them was a tenth of the time to compile. Here the
address of an item is computed at once; slices, views and other layouts stay as Numba has them.
"""

# mypy: disable-error-code="no-untyped-call,untyped-decorator"
# Numba gives its libraries no types.

import operator
from typing import Any

from numba.core import types
from numba.core.cgutils import unpack_tuple
from numba.core.datamodel.registry import default_manager
from numba.core.imputils import lower_builtin
from numba.np.arrayobj import (
    array_len,
    fix_integer_index,
    getitem_array_tuple,
    getitem_arraynd_intp,
    load_item,
    setitem_array,
    store_item,
)

_FIELDS = default_manager[types.Array(types.intp, 1, "C")]._fields
_DATA, _SHAPE = _FIELDS.index("data"), _FIELDS.index("shape")


@lower_builtin(operator.getitem, types.Array, types.Integer)
def _read(context: Any, builder: Any, signature: Any, given: Any) -> Any:
    array, index = signature.args
    if not _is_plain(array, context) or array.ndim != 1:
        return getitem_arraynd_intp(context, builder, signature, given)
    address = _address(context, builder, array, given[0], [(index, given[1])])
    return load_item(context, builder, array, address)


@lower_builtin(operator.getitem, types.Array, types.BaseTuple)
def _read_of_many(context: Any, builder: Any, signature: Any, given: Any) -> Any:
    array, index = signature.args
    if not _is_plain(array, context) or not _names_one(array, index):
        return getitem_array_tuple(context, builder, signature, given)
    numbers = unpack_tuple(builder, given[1], count=array.ndim)
    pairs = list(zip(index.types, numbers, strict=True))
    return load_item(context, builder, array, _address(context, builder, array, given[0], pairs))


@lower_builtin(operator.setitem, types.Array, types.Integer, types.Any)
@lower_builtin(operator.setitem, types.Array, types.BaseTuple, types.Any)
def _write(context: Any, builder: Any, signature: Any, given: Any) -> Any:
    array, index, value = signature.args
    one = types.Tuple((index,)) if isinstance(index, types.Integer) else index
    if not _is_plain(array, context) or not _names_one(array, one):
        return setitem_array(context, builder, signature, given)
    numbers = [given[1]] if one is not index else unpack_tuple(builder, given[1], array.ndim)
    pairs = list(zip(one.types, numbers, strict=True))
    stored = context.cast(builder, given[2], value, array.dtype)
    address = _address(context, builder, array, given[0], pairs)
    store_item(context, builder, array, stored, address)
    return None


@lower_builtin(len, types.Array)
def _length(context: Any, builder: Any, signature: Any, given: Any) -> Any:
    (array,) = signature.args
    if not _is_plain(array, context):
        return array_len(context, builder, signature, given)
    return builder.extract_value(given[0], [_SHAPE, 0])


def _is_plain(array: Any, context: Any) -> bool:
    """Whether items lie side by side, and are numbers."""
    return (
        type(array) is types.Array
        and array.layout == "C"
        and array.ndim > 0
        and isinstance(array.dtype, types.Number | types.Boolean)
        and not context.enable_boundscheck
    )


def _names_one(array: Any, index: Any) -> bool:
    return len(index) == array.ndim and all(isinstance(each, types.Integer) for each in index.types)


def _address(context: Any, builder: Any, array: Any, laid: Any, pairs: Any) -> Any:
    """Of the item in row-major order; a negative index counts from the end."""
    place = None
    for axis, (kind, number) in enumerate(pairs):
        size = builder.extract_value(laid, [_SHAPE, axis])
        index = fix_integer_index(context, builder, kind, number, size)
        place = index if place is None else builder.add(builder.mul(place, size), index)
    return builder.gep(builder.extract_value(laid, _DATA), [place])
