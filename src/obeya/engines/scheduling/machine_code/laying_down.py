"""A record is laid down in memory by a loop over its arrays.

Numba writes the instructions for each array anew, some fifty of them: for a plant of sixty arrays
that was a third of the machine code of all entries.
"""

# mypy: disable-error-code="no-untyped-call"
# Numba gives its libraries no types.

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite.ir import ArrayType, Constant, FunctionType, IntType, PointerType, VoidType
from numba.core import types
from numba.core.cgutils import (
    alloca_once,
    alloca_once_value,
    false_bit,
    for_range,
    gep_inbounds,
    global_constant,
    is_not_null,
    memset,
    true_bit,
)
from numba.core.pythonapi import NativeValue
from numba.np.numpy_support import as_dtype

_BYTES, _INT = PointerType(IntType(8)), IntType(64)
_ITEM_SIZE_AT = 24  # bytes: of an array, behind who owns its memory, its parent and its length
_NO_ARRAY = (
    "can't unbox array from PyObject into native value.  The object maybe of a different type"
)


def laid_down(record: Any, given: Any, into: Any) -> Any:
    """Where the named tuple lies that Python gave, as the address of its first byte."""
    builder, context = into.builder, into.context
    kind = context.get_value_type(record.content)
    memory = builder.bitcast(alloca_once(builder, kind), _BYTES)
    size = kind.get_abi_size(context.target_data)
    memset(builder, memory, _INT(size), 0)  # what is not laid down has no owner to be let go
    failed = alloca_once_value(builder, false_bit)
    arrays, others, cleanups = [], [], []
    for index, field in enumerate(record.content.types):
        offset = kind.get_element_offset(context.target_data, index)
        if isinstance(field, types.Array):
            arrays.append((index, offset, as_dtype(field.dtype).itemsize))
        else:
            item = into.pyapi.tuple_getitem(given, index)
            place = _moved(builder, memory, offset)
            cleanups.append(_lay_one(field, item, place, failed, into))
            others.append((field, place))
    _lay_arrays(arrays, given, memory, failed, into)

    def let_go() -> None:
        if context.enable_nrt:  # else all is borrowed from Python
            _let_go([offset for _, offset, _ in arrays], memory, into)
            _let_others_go(others, into)
        for cleanup in cleanups:
            if cleanup is not None:
                cleanup()

    with builder.if_then(builder.load(failed), likely=False):
        let_go()
    return NativeValue(memory, builder.load(failed), let_go)


def _lay_one(kind: Any, item: Any, place: Any, failed: Any, into: Any) -> Any:
    """A number, or the address of a record within the record; gives what cleans up after it."""
    builder = into.builder
    native = into.unbox(kind, item)
    with builder.if_else(native.is_error, likely=False) as (is_error, is_laid):
        with is_error:
            builder.store(true_bit, failed)
        with is_laid:
            builder.store(native.value, builder.bitcast(place, PointerType(native.value.type)))
    return native.cleanup


def _lay_arrays(rows: Any, given: Any, memory: Any, failed: Any, into: Any) -> None:
    """``rows``: index in the tuple, offset in memory and bytes of an item, for each array."""
    if not rows:
        return
    builder, api = into.builder, into.pyapi
    with _each(builder, rows) as (index, offset, expected):
        kind = FunctionType(api.pyobj, [api.pyobj, api.py_ssize_t])
        item = builder.call(api._get_function(kind, name="PyTuple_GetItem"), [given, index])
        place = builder.gep(memory, [offset])
        counts = into.context.enable_nrt
        adapt = api.nrt_adapt_ndarray_from_python if counts else api.numba_array_adaptor
        refused = is_not_null(builder, adapt(item, place))
        at = builder.bitcast(_moved(builder, place, _ITEM_SIZE_AT), PointerType(_INT))
        is_other = builder.icmp_unsigned("!=", builder.load(at), expected)
        with builder.if_then(builder.or_(refused, is_other), likely=False):
            api.err_set_string("PyExc_TypeError", _NO_ARRAY)
            builder.store(true_bit, failed)


def _let_go(offsets: Any, memory: Any, into: Any) -> None:
    """Count one reference less of who owns the memory of each array, once."""
    if not offsets:
        return
    builder = into.builder
    with _each(builder, [(each,) for each in offsets]) as (offset,):
        owner = builder.bitcast(builder.gep(memory, [offset]), PointerType(_BYTES))
        kind = FunctionType(VoidType(), [_BYTES])
        builder.call(into.pyapi._get_function(kind, name="NRT_decref"), [builder.load(owner)])
        builder.store(Constant(_BYTES, None), owner)


def _let_others_go(others: Any, into: Any) -> None:
    """The same for what holds references without being an array: a tuple of arrays, a text."""
    builder, context = into.builder, into.context
    for kind, place in others:
        if not isinstance(kind, types.Number | types.Boolean):
            laid = context.get_value_type(kind)
            at = builder.bitcast(place, PointerType(laid))
            context.nrt.decref(builder, kind, builder.load(at))
            builder.store(Constant(laid, None), at)


def _moved(builder: Any, address: Any, offset: int) -> Any:
    return builder.gep(address, [_INT(offset)])


@contextmanager
def _each(builder: Any, rows: Any) -> Iterator[list[Any]]:
    """The numbers of each row in turn, from a table in the machine code."""
    width = len(rows[0])
    table = [_INT(number) for row in rows for number in row]
    kind = ArrayType(_INT, len(table))
    constant = global_constant(builder.module, ".fields", Constant(kind, table))
    with for_range(builder, _INT(len(rows))) as loop:
        first = builder.mul(loop.index, _INT(width))
        places = [builder.add(first, _INT(column)) for column in range(width)]
        yield [builder.load(gep_inbounds(builder, constant, _INT(0), each)) for each in places]
