"""Kinds of events: frozen dataclasses in a room's events.py, each with who may see it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

T = TypeVar("T", bound=type)
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
_KIND = re.compile(r"^[a-z_]+\.[a-z0-9_]+$")


@dataclass(frozen=True)
class EventKind:
    kind: str
    view: str  # permission that lets one see it
    version: int
    type: type

    @property
    def room(self) -> str:
        return self.kind.split(".")[0]


_kinds: dict[str, EventKind] = {}
_by_type: dict[type, EventKind] = {}
_upcasters: dict[tuple[str, int], Upcaster] = {}


def event(kind: str, *, view: str, version: int = 1) -> Callable[[T], T]:
    """Declare what happened, past tense: ids, codes, Decimals, datetimes and lists of them."""

    def declare(cls: T) -> T:
        if not _KIND.match(kind):
            raise ValueError(f"{kind!r} is no event kind. Expected room.what_happened.")
        if not is_dataclass(cls) or not cls.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            raise TypeError(f"{cls.__name__} must be a frozen dataclass to be an event.")
        for each in fields(cls):
            if each.type is float or "float" in str(each.type):
                raise TypeError(f"{cls.__name__}.{each.name} is a float. Use Decimal.")
        known = _kinds.get(kind)
        if known and (known.type.__module__, known.type.__qualname__) != (
            cls.__module__,
            cls.__qualname__,
        ):
            raise ValueError(f"{kind} is declared twice: {known.type} and {cls}.")
        declared = EventKind(kind, view, version, cls)
        _kinds[kind] = _by_type[cls] = declared
        return cls

    return declare


def upcast(kind: str, *, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """Beside the event: turns the payload of an older version into the next one."""

    def register(function: Upcaster) -> Upcaster:
        _upcasters[kind, from_version] = function
        return function

    return register


def current(kind: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
    """The payload as the newest version of its kind would have said it."""
    known = _kinds.get(kind)
    for step in range(version, known.version if known else version):
        data = _upcasters[kind, step](data)
    return data


def kind_of(cls: type) -> EventKind:
    try:
        return _by_type[cls]
    except KeyError:
        raise TypeError(f"{cls.__name__} is no event. Decorate it with @event(...).") from None


def kinds() -> Mapping[str, EventKind]:
    return dict(_kinds)


def visible_kinds(may: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(kind for kind, each in _kinds.items() if may(each.view))
