"""The last writes of an action: its events, their change rows and deliveries; then a wake-up."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from obeya.plant.log import clock, rooms, wake
from obeya.plant.log.bulk import insert_columns, insert_many
from obeya.plant.log.models import ChangeRow, Delivery, GuardOverride
from obeya.plant.log.publishing import OpenAction, Published

DEEPEST_CAUSE = 8


def record(opened: OpenAction, *, has_written: bool) -> None:
    now = clock.real_now()
    if connection.vendor == "postgresql" and not has_written:
        with (
            connection.cursor() as cursor
        ):  # the tailer relies on: a transaction id, then event ids
            cursor.execute("SELECT pg_current_xact_id()")
    for each in opened.published:
        each.event.recorded_at = now
    insert_many([each.event for each in opened.published], ids=True)
    insert_columns(ChangeRow, _change_columns(opened.published))
    insert_many([row for each in opened.published for row in _override_rows(each)])
    insert_many([row for each in opened.published for row in _deliveries(each)])
    transaction.on_commit(wake.others, robust=True)


def _change_columns(published: Sequence[Published]) -> dict[str, list[Any]]:
    """There may be tens of thousands of one import: columns, and no object for each."""
    changes = [change for each in published for change in each.changes]
    return {
        "event_id": [each.event.pk for each in published for _ in each.changes],
        "model": [change.model for change in changes],
        "row_id": [change.row_id for change in changes],
        "fields": [change.fields for change in changes],
    }


def _override_rows(published: Published) -> list[GuardOverride]:
    for row in published.overrides:
        row.event_id = published.event.pk
    return list(published.overrides)


def _deliveries(published: Published) -> list[Delivery]:
    event = published.event
    too_deep = event.depth >= DEEPEST_CAUSE
    return [
        Delivery(
            event_id=event.pk,
            reaction=reaction.name,
            lane=reaction.lane,
            coalesce=(reaction.coalesce(event) or "") if reaction.coalesce else "",
            due_at=event.recorded_at,
            status=Delivery.Status.PARKED if too_deep else Delivery.Status.WAITING,
            error=f"A chain of more than {DEEPEST_CAUSE} causes and effects." if too_deep else "",
        )
        for reaction in rooms.reactions_to(published.type)
    ]
