"""publish(): what happened, kept until the action has succeeded, then written last."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.canonical import canonical_text
from obeya.plant.log.events import kind_of
from obeya.plant.log.models import GuardOverride, OperationsEvent

HIDDEN = "*"  # what a change row says instead of a personal value, before and after


@dataclass(frozen=True)
class Change:
    """One row before and after; a created row has None before, a deleted one None after."""

    model: str
    row_id: int
    fields: Mapping[str, Sequence[Any]]


@dataclass
class Published:
    """An event to be written, with the rows that point at it."""

    event: OperationsEvent
    type: type
    changes: Sequence[Change] = ()
    overrides: Sequence[GuardOverride] = ()


@dataclass
class OpenAction:
    """The action that runs now: who, through which door, why, and what it has said so far."""

    by: Actor
    source: str
    cause_id: int | None
    depth: int
    published: list[Published] = field(default_factory=list)


open_action: ContextVar[OpenAction | None] = ContextVar("open_action", default=None)


class PublishedOutside(RuntimeError):
    """publish() was called outside an action."""


def published_so_far() -> Sequence[Published]:
    """What the action that runs now has said up to here, oldest first."""
    running = open_action.get()
    return tuple(running.published) if running is not None else ()


def publish(
    event: Any,
    *,
    at: datetime | None = None,
    site: Any = None,
    equipment: Any = None,
    changes: Sequence[Change] = (),
) -> None:
    """Say that it happened, at its effective time; written when the action ends well."""
    running = open_action.get()
    if running is None:
        raise PublishedOutside(f"{type(event).__name__}: only an action may publish. Decorate it.")
    kind = kind_of(type(event))
    site_id = site.pk if site is not None else getattr(equipment, "site_id", None)
    row = OperationsEvent(
        kind=kind.kind,
        version=kind.version,
        effective_at=at or clock.now(),
        actor_id=running.by.account_id,
        on_behalf_of_id=running.by.on_behalf_of_id,
        site_id=site_id,
        equipment_id=equipment.pk if equipment is not None else None,
        source=running.source,
        cause_id=running.cause_id,
        depth=running.depth,
        payload=canonical_text(event),
    )
    running.published.append(Published(row, type(event), changes))
