"""What the board posts, read strictly."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST = 2**31  # of seconds: 68 years
_DIGITS = 20  # of a number in an address
KINDS = ("move", "undo", "redo", "lock", "unlock")


class BadCommand(ValueError):
    """The body is no command."""


@dataclass(frozen=True)
class BoardCommand:
    """One command of the board.

    ``basis`` is the board's own: whoever saw another one counts operations and seconds otherwise.
    """

    draft: int
    revision: int
    kind: str
    operation: int = -1
    row: str = ""
    start: int = 0
    basis: str = ""

    @classmethod
    def read(cls, body: bytes) -> "BoardCommand":
        """Raises BadCommand."""
        data = _object(body)
        if data.get("kind") not in KINDS:
            raise BadCommand(f"Expected kind to be one of {', '.join(KINDS)}.")
        return cls(
            draft=_whole(data, "draft"),
            revision=_whole(data, "revision"),
            kind=data["kind"],
            operation=_whole(data, "operation", -1),
            row=str(data.get("row", "")),
            start=_whole(data, "start", 0),
            basis=str(data.get("basis", "")),
        )


@dataclass(frozen=True)
class Seen:
    """The draft as the person saw it who publishes it."""

    draft: int
    revision: int

    @classmethod
    def read(cls, body: bytes) -> "Seen":
        """Raises BadCommand."""
        data = _object(body)
        return cls(_whole(data, "draft"), _whole(data, "revision"))


def step_key(text: str) -> tuple[int, int, int] | None:
    """The key of an operation from an address (1042.20.1: order, number, split); None: it is none.

    It means the same operation after work and time went on, which positions on a board do not.
    """
    parts = text.split(".")
    is_number = [part.isascii() and part.isdigit() and len(part) < _DIGITS for part in parts]
    if len(parts) != 3 or not all(is_number):
        return None
    order, number, split = map(int, parts)
    return order, number, split


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadCommand("Expected JSON.") from error
    if not isinstance(data, Mapping):
        raise BadCommand("Expected a JSON object.")
    return data


def _whole(data: Mapping[str, Any], name: str, default: int | None = None) -> int:
    value = data.get(name, default)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not -MOST <= value <= MOST or value != int(value):
        raise BadCommand(f"Expected {name} to be a whole number up to {MOST}.")
    return int(value)
