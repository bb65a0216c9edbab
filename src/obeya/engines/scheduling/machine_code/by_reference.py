"""Records of arrays go to an entry by reference, and from there to the kernels that it calls.

Numba hands a named tuple on in pieces: seven for each array in it, at each call. With the plant and
the plan that was half of all intermediate code, and every kernel that is not compiled into its
caller copied the pieces. Here the record lies in the frame of the entry, and its address is handed
on. Named tuples that kernels make themselves stay as Numba has them.
"""

# mypy: disable-error-code="no-untyped-call,untyped-decorator,misc"
# Numba gives its libraries no types.

from functools import cache
from typing import Any

from llvmlite.ir import Constant, IntType, PointerType
from numba.core import types
from numba.core.datamodel import register_default
from numba.core.datamodel.models import PrimitiveModel
from numba.core.imputils import impl_ret_borrowed, lower_getattr_generic
from numba.core.pythonapi import box, unbox
from numba.core.typing.templates import AttributeTemplate, infer_getattr

from .laying_down import laid_down


class Record(types.Type):
    """A named tuple that Python holds while the entry runs; its fields are read by name only."""

    def __init__(self, content: Any) -> None:
        self.content = content
        super().__init__(f"Record({content})")

    @property
    def key(self) -> Any:
        return self.content


@register_default(Record)
class _Address(PrimitiveModel):
    """Of bytes: where the type of a plant stood in each instruction, it was half of all code."""

    def __init__(self, models: Any, record: Any) -> None:
        super().__init__(models, record, PointerType(IntType(8)))


@infer_getattr
class _Fields(AttributeTemplate):
    key = Record

    def generic_resolve(self, record: Any, name: str) -> Any:  # type: ignore[override]
        return _type_of(record, name) if name in record.content.fields else None


@lower_getattr_generic(Record)
def _read(context: Any, builder: Any, record: Any, address: Any, name: str) -> Any:
    kind = _type_of(record, name)
    place = builder.gep(address, [Constant(IntType(32), _offset(context, record, name))])
    field = builder.bitcast(place, PointerType(context.get_value_type(kind)))
    return impl_ret_borrowed(context, builder, kind, builder.load(field))


@cache
def _offset(context: Any, record: Any, name: str) -> int:
    """Bytes from the beginning of a record to a field."""
    laid_out: int = context.get_value_type(record.content).get_element_offset(
        context.target_data, record.content.fields.index(name)
    )
    return laid_out


def _type_of(record: Any, name: str) -> Any:
    return record.content.types[record.content.fields.index(name)]


@unbox(Record)
def _lay_down(record: Any, given: Any, into: Any) -> Any:
    """In the frame of the entry's wrapper, with what Python holds of it counted while it runs."""
    return laid_down(record, given, into)


@box(Record)
def _given_back(record: Any, address: Any, out_of: Any) -> Any:
    """The named tuple anew, as a kernel gives one back."""
    kind = PointerType(out_of.context.get_value_type(record.content))
    content = out_of.builder.load(out_of.builder.bitcast(address, kind))
    if out_of.context.enable_nrt:
        out_of.context.nrt.incref(out_of.builder, record.content, content)
    return out_of.box(record.content, content)
