"""From JSON to typed rows and from types to JSON Schema: one table of shapes for both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from obeya.plant.log.canonical import plain
from obeya.plant.log.refusal import Problem

Schema = dict[str, Any]


class Misfit(ValueError):
    """The value has another shape; the message says which one is expected."""


@dataclass(frozen=True)
class Shape:
    """How a value of one type is read from JSON, and described."""

    read: Callable[[Any], Any]
    schema: Schema


def parse_rows(row_type: type, raw: Any) -> tuple[list[Any], list[Problem]]:
    """Rows from a JSON list; strict: no unknown field, no guessed type, all problems at once."""
    if not isinstance(raw, list):
        return [], [Problem(_("rows is no list"), _('Send {"rows": [{…}, …]}.'), field="rows")]
    rows, problems = [], []
    for index, each in enumerate(raw):
        row, wrong = _parse_row(row_type, each, index)
        problems += wrong
        rows.append(row)
    return rows, problems


def row_schema(row_type: type) -> Schema:
    """JSON Schema of a row; remarks of Annotated become descriptions."""
    shapes, remarks = _shapes_of(row_type), get_type_hints(row_type, include_extras=True)
    properties = {}
    for name, field in _fields(row_type).items():
        described = dict(shapes[name].schema)
        if get_origin(remarks[name]) is Annotated:
            described["description"] = str(get_args(remarks[name])[1])
        if field.default is not MISSING and field.default is not None:
            described["default"] = plain(field.default)
        properties[name] = described
    required = [name for name, field in _fields(row_type).items() if _is_required(field)]
    return {
        "type": "object",
        "description": (row_type.__doc__ or "").strip(),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _parse_row(row_type: type, raw: Any, index: int) -> tuple[Any, list[Problem]]:
    if not isinstance(raw, dict):
        return None, [Problem(_("not an object"), _("Send {field: value, …}."), index)]
    shapes, known = _shapes_of(row_type), _fields(row_type)
    problems = [
        Problem(_("unknown field"), _("Known are: %s.") % ", ".join(known), index, name, str(value))
        for name, value in raw.items()
        if name not in known
    ]
    values = {}
    for name, field in known.items():
        if name not in raw:
            if _is_required(field):
                problems.append(Problem(_("missing"), _("Give it a value."), index, name))
            continue
        try:
            values[name] = shapes[name].read(raw[name])
        except Misfit as misfit:
            rule = _("not of the expected shape")
            problems.append(Problem(rule, str(misfit), index, name, str(raw[name])[:200]))
    return (None if problems else row_type(**values)), problems


@cache
def _shapes_of(row_type: type) -> Mapping[str, Shape]:
    hints = get_type_hints(row_type)
    return {name: shape_of(hints[name]) for name in _fields(row_type)}


@cache
def _fields(row_type: type) -> Mapping[str, "Field[Any]"]:
    return {each.name: each for each in fields(row_type) if each.init}


def _is_required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def shape_of(hint: Any) -> Shape:  # noqa: PLR0911 - one line per kind of type
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return shape_of(inner[0])
    if origin in (Union, UnionType):
        return _optional(shape_of(next(each for each in inner if each is not NoneType)))
    if origin is Literal:
        return _choice(inner)
    if origin in (tuple, list) or (isinstance(origin, type) and issubclass(origin, Sequence)):
        return _many(shape_of(inner[0]), tuple if origin is not list else list)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(shape_of(inner[1]))
    if is_dataclass(hint):
        return _nested(hint)  # type: ignore[arg-type]
    return _PLAIN.get(hint, _ANYTHING)


def _optional(inner: Shape) -> Shape:
    return Shape(
        lambda value: None if value is None else inner.read(value),
        {"anyOf": [inner.schema, {"type": "null"}]},
    )


def _choice(choices: tuple[Any, ...]) -> Shape:
    def read(value: Any) -> Any:
        if value not in choices or isinstance(value, bool):
            raise Misfit(_("Write one of: %s.") % ", ".join(map(str, choices)))
        return value

    return Shape(read, {"enum": list(choices)})


def _many(inner: Shape, make: type) -> Shape:
    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise Misfit(_("Send a list."))
        return make(inner.read(each) for each in value)

    return Shape(read, {"type": "array", "items": inner.schema})


def _mapping(inner: Shape) -> Shape:
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit(_("Send an object."))
        return {key: inner.read(each) for key, each in value.items()}

    return Shape(read, {"type": "object", "additionalProperties": inner.schema})


def _nested(row_type: type) -> Shape:
    def read(value: Any) -> Any:
        row, problems = _parse_row(row_type, value, 0)
        if problems:
            raise Misfit("; ".join(f"{p.field}: {p.rule}. {p.remedy}" for p in problems))
        return row

    return Shape(read, row_schema(row_type))


def _exactly(kind: type, remedy: str, schema: Schema) -> Shape:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise Misfit(remedy)
        return value

    return Shape(read, schema)


def _from_text(read_text: Callable[[str], Any], remedy: str, schema: Schema) -> Shape:
    def read(value: Any) -> Any:
        try:
            if not isinstance(value, str):
                raise ValueError
            return read_text(value)
        except ValueError:
            raise Misfit(remedy) from None

    return Shape(read, schema)


def _decimal(value: Any) -> Decimal:
    """Floats never appear: the door reads JSON's numbers as Decimals."""
    try:
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            raise InvalidOperation
        number = Decimal(value)
    except InvalidOperation:
        raise Misfit(_("Write a number like 12.5.")) from None
    if not number.is_finite():
        raise Misfit(_("Write a number like 12.5."))
    return number


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


_ANYTHING = Shape(lambda value: value, {})
_PLAIN: dict[Any, Shape] = {
    str: _exactly(str, "Write text.", {"type": "string"}),
    bool: _exactly(bool, "Write true or false.", {"type": "boolean"}),
    int: _exactly(int, "Write a whole number.", {"type": "integer"}),
    Decimal: Shape(_decimal, {"type": ["number", "string"], "description": "exact decimal"}),
    date: _from_text(
        date.fromisoformat, "Write a date like 2026-11-23.", {"type": "string", "format": "date"}
    ),
    time: _from_text(
        time.fromisoformat, "Write a time like 06:00.", {"type": "string", "format": "time"}
    ),
    datetime: _from_text(
        _moment,
        "Write a moment with its offset, like 2026-11-23T06:00:00+01:00.",
        {"type": "string", "format": "date-time"},
    ),
}
