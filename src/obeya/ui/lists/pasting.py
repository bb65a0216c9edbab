"""Where rows and files of lists come back to: the room that takes them says so here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Now = Callable[[], datetime]
Address = Callable[[Any, Any, str, Mapping[str, str]], str]  # (actor, site, table, what all say)
_OFFERED: list[tuple[Address, Now]] = []


def offer_pasting(address: Address, now: Now) -> None:
    """Called once, by the room that takes files, with the clock that they are dated by."""
    _OFFERED[:] = [(address, now)]


def exported_at() -> datetime | None:
    """The moment that a list's file bears; none where no room would take it back."""
    return _OFFERED[0][1]() if _OFFERED else None


def paste_address(actor: Any, site: Any, table: str, said: Mapping[str, str]) -> str:
    """Empty where nobody takes rows, or this actor may not bring any."""
    if not _OFFERED or actor is None or site is None or not table:
        return ""
    return _OFFERED[0][0](actor, site, table, said)
