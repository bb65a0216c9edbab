"""Where rows are pasted into a table. The room that takes them hands in the address."""

from collections.abc import Callable, Mapping
from typing import Any

Address = Callable[[Any, Any, str, Mapping[str, str]], str]  # (actor, site, table, what all say)
_OFFERED: list[Address] = []


def offer_pasting(address: Address) -> None:
    """Called once, by the room that takes files."""
    _OFFERED[:] = [address]


def paste_address(actor: Any, site: Any, table: str, said: Mapping[str, str]) -> str:
    """Empty where nobody takes rows, or this actor may not bring any."""
    if not _OFFERED or actor is None or site is None or not table:
        return ""
    return _OFFERED[0](actor, site, table, said)
