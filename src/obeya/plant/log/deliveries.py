"""Leasing deliveries and running their reactions: at least once, exactly one effect.

The lease is the crash recovery: whoever dies leaves a row that is due again a minute later, and the
reaction's action answers a repeated key with what it did the first time.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from obeya.plant.log import clock, rooms
from obeya.plant.log.actions import reacting_to
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.heartbeat import beating
from obeya.plant.log.models import Delivery, OperationsEvent

log = logging.getLogger("obeya.worker")

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
BATCH = {"fast": 20, "slow": 1}
_TABLE = Delivery._meta.db_table


@dataclass(frozen=True)
class Leased:
    until: datetime
    id: int
    event_id: int
    reaction: str
    coalesce: str
    attempts: int
    error: str


def drain(lane: str = "fast") -> int:
    """Run everything that is due in this lane; how many reactions ran."""
    by: Actor | None = None
    ran = 0
    while batch := lease(lane):
        by = by or system_actor()
        done = [delivery.id for delivery in batch if run(delivery, by=by)]
        Delivery.objects.filter(pk__in=done).update(
            status=Delivery.Status.DONE, done_at=clock.real_now(), error=""
        )
        ran += len(batch)
    return ran


def lease(lane: str) -> list[Leased]:
    """Take what is due; of those that coalesce, the oldest stands for all that wait now."""
    now = clock.real_now()
    until = now + LEASE
    skip_locked = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    alone = f"""NOT EXISTS (SELECT 1 FROM {_TABLE} other
        WHERE other.reaction = d.reaction AND other.coalesce = d.coalesce AND other.status = 0
        AND other.id <> d.id AND (other.attempts > 0 OR other.id < d.id))"""  # noqa: S608
    sql = f"""UPDATE {_TABLE} SET attempts = attempts + 1, due_at = %s WHERE id IN (
        SELECT d.id FROM {_TABLE} d WHERE d.status = 0 AND d.lane = %s AND d.due_at <= %s
        AND (d.coalesce = '' OR d.attempts > 0 OR {alone})
        ORDER BY d.due_at, d.id LIMIT {BATCH[lane]} {skip_locked})
        RETURNING id, event_id, reaction, coalesce, attempts, error"""  # noqa: S608
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(sql, [adapt(until), lane, adapt(now)])
        leased = [Leased(until, *values) for values in sorted(cursor.fetchall())]
    for each in leased:
        if each.coalesce and each.attempts == 1 and not each.error:
            _coalesce_into(each)
    return leased


def _coalesce_into(leader: Leased) -> None:
    """A retried leader takes no more on: its effect may already stand, from before they came."""
    Delivery.objects.filter(
        reaction=leader.reaction,
        coalesce=leader.coalesce,
        status=Delivery.Status.WAITING,
        attempts=0,
    ).update(status=Delivery.Status.COALESCED, into_id=leader.id, done_at=clock.real_now())


def run(delivery: Leased, *, by: Actor) -> bool:
    """Whether it is done; a failure backs off, and is parked when it happens too often."""
    if clock.real_now() >= delivery.until:
        return False  # the batch took too long: this one is due again, for whoever comes first
    reaction = rooms.reaction(delivery.reaction)
    if reaction is None:
        _park(delivery, "No room declares this reaction any more.")
        return False
    if delivery.attempts > MOST_ATTEMPTS:  # nobody came back to say that it failed
        _park(delivery, delivery.error or "Its worker died too often.")
        return False
    event = OperationsEvent.objects.get(pk=delivery.event_id)
    token = reacting_to.set(event)
    try:
        with beating(_extend, delivery.id, every_s=LEASE.total_seconds() / 3):
            reaction.do(event, by=by, key=f"delivery-{delivery.id}")
    except Exception as error:
        log.exception("%s failed, attempt %d", delivery.reaction, delivery.attempts)
        _failed(delivery, f"{type(error).__name__}: {error}")
        return False
    finally:
        reacting_to.reset(token)
    return True


def _failed(delivery: Leased, error: str) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        _park(delivery, error)
    else:
        back = clock.real_now() + timedelta(seconds=2**delivery.attempts)
        Delivery.objects.filter(pk=delivery.id).update(due_at=back, error=error)


def _park(delivery: Leased, error: str) -> None:
    Delivery.objects.filter(pk=delivery.id).update(status=Delivery.Status.PARKED, error=error)


def _extend(delivery_id: Any) -> None:
    Delivery.objects.filter(pk=delivery_id, status=Delivery.Status.WAITING).update(
        due_at=clock.real_now() + LEASE
    )
