"""Seals: a hash chain over the log, in a canonical form made in Python, equal on both databases.

Nobody who can write to the database can change, drop or insert an event below a seal without the
chain breaking, as long as one digest is kept elsewhere: `obeya seal` prints it for that purpose.
"""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Min, TextField
from django.db.models.functions import Cast

from obeya.plant.log import clock
from obeya.plant.log.canonical import moment_text
from obeya.plant.log.models import ChangeRow, EventSeal, GuardOverride, OperationsEvent
from obeya.plant.log.tailer import settled_id

EVENTS_PER_SEAL = 10_000
_EVENT = (
    "id", "kind", "version", "effective_at", "recorded_at", "actor_id", "on_behalf_of_id",
    "site_id", "equipment_id", "source", "cause_id", "depth", "payload",
)  # fmt: skip
_CHANGE = ("id", "event_id", "model", "row_id", "fields_text")
_OVERRIDE = ("id", "event_id", "action", "guard", "reason")


def seal_settled(*, whole_only: bool = False) -> int:
    """Seal what nothing can be added to any more; how many seals that made."""
    upto = settled_id()
    made = 0
    while True:
        last = EventSeal.objects.order_by("last_id").last()
        after = last.last_id if last else 0
        ids = list(
            OperationsEvent.objects.filter(pk__gt=after, pk__lte=upto)
            .order_by("pk")
            .values_list("pk", flat=True)[:EVENTS_PER_SEAL]
        )
        if not ids or (whole_only and len(ids) < EVENTS_PER_SEAL):
            return made
        previous = last.digest if last else ""
        seal = EventSeal(
            first_id=ids[0],
            last_id=ids[-1],
            count=len(ids),
            previous=previous,
            digest=digest_of(previous, after, ids[-1]),
            sealed_at=clock.real_now(),
        )
        try:
            with transaction.atomic():
                seal.save(force_insert=True)
        except IntegrityError:
            return made  # somebody else sealed the same
        made += 1


def seal_by_timetable(*, by: Any, key: str) -> None:
    seal_settled()


def last_digest() -> str:
    last = EventSeal.objects.order_by("last_id").last()
    return last.digest if last else ""


def broken_seals(exported_digest: str | None = None) -> list[str]:
    """Recompute the chain from the first event; every sentence is a break."""
    found: list[str] = []
    previous, after = "", 0
    digests = set()
    for seal in EventSeal.objects.order_by("last_id").iterator():
        name = f"the seal over events {seal.first_id} to {seal.last_id}"
        if seal.previous != previous:
            found.append(
                f"{name} does not follow the one before it: a seal was changed or removed."
            )
        if seal.digest != digest_of(seal.previous, after, seal.last_id):
            found.append(f"{name} does not fit: an event below it was changed, added or removed.")
        elif (seal.first_id, seal.count) != _extent(after, seal.last_id):
            found.append(f"{name} was changed: it covers other events than it says.")
        previous, after = seal.digest, seal.last_id
        digests.add(seal.digest)
    if exported_digest and exported_digest not in digests:
        found.append(f"the exported digest {exported_digest} is not in the chain.")
    return found


def digest_of(previous: str, after: int, upto: int) -> str:
    """SHA-256 over the last digest and the length-prefixed rows of after < id <= upto."""
    digest = hashlib.sha256(previous.encode())
    for row in _rows(after, upto):
        digest.update(canonical_row(row))
    return digest.hexdigest()


def _extent(after: int, upto: int) -> tuple[int | None, int]:
    """The first id of after < id <= upto, and how many there are."""
    events = OperationsEvent.objects.filter(pk__gt=after, pk__lte=upto)
    extent = events.aggregate(first=Min("pk"), count=Count("pk"))
    return extent["first"], extent["count"]


def canonical_row(row: Sequence[Any]) -> bytes:
    """Each value as text, with its length before it: no two rows have the same bytes."""
    parts = []
    for value in row:
        if value is None:
            parts.append(b"\xff\xff\xff\xff")
            continue
        text = (moment_text(value) if isinstance(value, datetime) else str(value)).encode()
        parts.append(struct.pack(">I", len(text)) + text)
    return b"".join(parts)


def _rows(after: int, upto: int) -> Iterator[Sequence[Any]]:
    within = {"event_id__gt": after, "event_id__lte": upto}
    events = OperationsEvent.objects.filter(pk__gt=after, pk__lte=upto).order_by("pk")
    yield from events.values_list(*_EVENT).iterator(chunk_size=5000)
    changes = ChangeRow.objects.filter(**within).order_by("event_id", "pk")
    as_text = changes.annotate(fields_text=Cast("fields", TextField()))
    yield from as_text.values_list(*_CHANGE).iterator(chunk_size=5000)
    overrides = GuardOverride.objects.filter(**within).order_by("event_id", "pk")
    yield from overrides.values_list(*_OVERRIDE).iterator(chunk_size=5000)
