"""Event → reaction: one visible table per room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from obeya.plant.log.models import OperationsEvent


@dataclass(frozen=True)
class Reaction:
    """Runs after commit, outside a transaction; calls its action with the key that it is given.

    It re-reads state and never trusts order. Deliveries whose `coalesce` text is equal and that
    wait at the same time are done by one run.
    """

    on: type
    do: Callable[..., Any]  # do(event, *, by: Actor, key: str)
    name: str
    coalesce: "Callable[[OperationsEvent], str | None] | None" = None
    lane: Literal["fast", "slow"] = "fast"
