"""Claiming an idempotency key: the first one in does the work, the others get its answer."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from obeya.plant.log import answers, clock
from obeya.plant.log.models import ActionKey
from obeya.plant.log.refusal import KeyReused

_TABLE = ActionKey._meta.db_table


@dataclass(frozen=True)
class Claim:
    row_id: int

    def store(self, answer: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {_TABLE} SET answer = %s WHERE id = %s",  # noqa: S608
                [answers.to_text(answer), self.row_id],
            )


@dataclass(frozen=True)
class Answered:
    answer: Any


def claim(*, actor_id: int, action: str, key: str, request_hash: str) -> Claim | Answered:
    """Inside the action's transaction: a refusal rolls the claim back."""
    _must_be_a_key(key)
    now = connection.ops.adapt_datetimefield_value(clock.real_now())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_TABLE} (actor_id, action, key, request_hash, recorded_at)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
            [actor_id, action, key, request_hash, now],
        )
        if row := cursor.fetchone():
            return Claim(row[0])
    asked: dict[str, Any] = {"actor_id": actor_id, "action": action, "key": key}
    known = answered(**asked, request_hash=request_hash)
    # a key that was swept away between the two statements is a new one
    return known if known is not None else claim(**asked, request_hash=request_hash)


def answered(*, actor_id: int, action: str, key: str, request_hash: str) -> Answered | None:
    """What was answered under this key; nothing if it is new. Other content is refused."""
    _must_be_a_key(key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT request_hash, answer FROM {_TABLE}"  # noqa: S608
            " WHERE actor_id = %s AND action = %s AND key = %s",
            [actor_id, action, key],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    asked, answer = row
    if asked != request_hash:
        raise KeyReused(
            f"The key {key} was used before for other content. Send a new key for a new wish."
        )
    return Answered(answers.from_text(answer))


def _must_be_a_key(key: str) -> None:
    if not 0 < len(key) <= 120 or not key.isprintable():
        raise KeyReused(f"The key has {len(key)} characters. Send 1 to 120 that can be printed.")
