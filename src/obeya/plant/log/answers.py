"""What an action was asked and what it answered, as text, so that a repeat gets the same answer."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model

from obeya.plant.log.refusal import Refusal

_FROM_TEXT = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
}


class AnswerGone(Refusal):
    """It was done, once; but what it answered then is not there any more."""

    http_status = 410


def request_hash(arguments: Mapping[str, Any]) -> str:
    text = json.dumps(_to_plain(arguments), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def to_text(answer: Any) -> str:
    return json.dumps(_to_plain(answer), separators=(",", ":"))


def from_text(text: str) -> Any:
    return _from_plain(json.loads(text))


def _to_plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return _to_plain(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [_to_plain(each) for each in value]
    return {f"${name}": body for name, body in [_tagged(value)]}


def _tagged(value: Any) -> tuple[str, Any]:  # noqa: PLR0911 - one line per type
    if isinstance(value, Mapping):
        return "map", [[_to_plain(key), _to_plain(each)] for key, each in value.items()]
    if isinstance(value, tuple):
        return "tuple", [_to_plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return "set", sorted((_to_plain(each) for each in value), key=str)
    if isinstance(value, datetime):
        return "datetime", value.isoformat()
    if isinstance(value, date):
        return "date", value.isoformat()
    if isinstance(value, time):
        return "time", value.isoformat()
    if isinstance(value, Decimal):
        return "decimal", str(value)
    if isinstance(value, Model):
        return "row", [value._meta.label_lower, value.pk]
    if is_dataclass(value) and not isinstance(value, type):
        cls = type(value)
        body = {each.name: _to_plain(getattr(value, each.name)) for each in fields(value)}
        return "data", [f"{cls.__module__}:{cls.__qualname__}", body]
    raise TypeError(
        f"{type(value).__name__} cannot be kept under an idempotency key. Expected None, numbers,"
        " text, Decimal, datetime, rows, dataclasses, or lists, tuples and mappings of them."
    )


def _from_plain(value: Any) -> Any:  # noqa: PLR0911 - one line per type
    if isinstance(value, list):
        return [_from_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    [(tag, body)] = value.items()
    match tag[1:]:
        case "map":
            return {_from_plain(key): _from_plain(each) for key, each in body}
        case "tuple":
            return tuple(_from_plain(each) for each in body)
        case "set":
            return {_from_plain(each) for each in body}
        case "row":
            return _row(*body)
        case "data":
            module, _, name = body[0].partition(":")
            cls: Any = import_module(module)
            for part in name.split("."):
                cls = getattr(cls, part)
            return cls(**{key: _from_plain(each) for key, each in body[1].items()})
        case kind:
            return _FROM_TEXT[kind](body)


def _row(label: str, pk: Any) -> Model:
    row: Model | None = apps.get_model(label)._base_manager.filter(pk=pk).first()
    if row is None:
        raise AnswerGone(
            "This was done before, under the same key; what it made then has been removed since."
            " Nothing was changed. Look again, and send a new key for a new wish."
        )
    return row
