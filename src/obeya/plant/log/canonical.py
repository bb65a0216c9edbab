"""One text for one value: canonical JSON, the same bytes on every machine and database."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any
from uuid import UUID

from django.db.models import Model

_AS_IT_IS = frozenset({bool, int, str, NoneType})
_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def plain(value: Any) -> Any:
    """JSON's own types only; refuses floats, because a log must add up."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is dict:
        return {k if type(k) is str else str(plain(k)): plain(v) for k, v in value.items()}
    if kind is list or kind is tuple:
        return [each if type(each) in _AS_IT_IS else plain(each) for each in value]
    return _plain(value)


def _plain(value: Any) -> Any:  # noqa: PLR0911 - one line per type
    if value is None or isinstance(value, bool | str):
        return str(value.value) if isinstance(value, Enum) else value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(
        f"{type(value).__name__} {value!r} cannot be logged. Expected an id, Decimal, datetime,"
        " str, int, bool, or lists and mappings of them; never a float."
    )


def canonical_text(value: Any) -> str:
    return _ENCODER.encode(plain(value))


def decimal_text(value: Decimal) -> str:
    """Without exponent and trailing zeros: 1.50 and 1.5 are one number, hence one text."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that can be logged.")
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def moment_text(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone. Expected an aware datetime.")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
