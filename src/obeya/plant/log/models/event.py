"""What happened. Append-only; no foreign key in the database points at an event."""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from obeya.plant.log import events
from obeya.plant.log.fields import JsonTextField

SOURCES = ("page", "api", "device", "import", "cli", "reaction", "system")


class OperationsEvent(models.Model):
    append_only: ClassVar[bool] = True

    kind = models.CharField(max_length=80)
    version = models.SmallIntegerField(default=1)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()  # by the real clock, when written
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    site = models.ForeignKey(
        "resources.Site", models.PROTECT, null=True, related_name="+", db_index=False
    )  # the index below begins with it
    equipment = models.ForeignKey(
        "resources.Equipment", models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField(max_length=8, choices=[(each, each) for each in SOURCES])
    cause = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    depth = models.SmallIntegerField(default=0)  # how long the chain of causes is
    payload = models.TextField()  # canonical JSON

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=SOURCES), name="event_source_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "id"], name="event_by_kind"),
            models.Index(fields=["site", "kind", "id"], name="event_of_site_by_kind"),
            models.Index(fields=["effective_at", "id"], name="event_by_effective_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def data(self) -> dict[str, Any]:
        """The payload as today's version of this kind would have said it."""
        return events.current(self.kind, self.version, json.loads(self.payload))


class ChangeRow(models.Model):
    """One row's fields before and after, [old, new]; audit, diff and undo read it."""

    append_only: ClassVar[bool] = True

    event = models.ForeignKey(
        OperationsEvent, models.DO_NOTHING, related_name="change_rows", db_constraint=False
    )
    model = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    fields = JsonTextField()

    class Meta:
        indexes = [models.Index(fields=["model", "row_id", "id"], name="change_by_row")]

    def __str__(self) -> str:
        return f"{self.model} #{self.row_id} in event {self.event_id}"


class GuardOverride(models.Model):
    """A guard that someone with the right set aside, and why."""

    append_only: ClassVar[bool] = True

    event = models.ForeignKey(
        OperationsEvent, models.DO_NOTHING, related_name="overrides", db_constraint=False
    )
    action = models.CharField(max_length=120)
    guard = models.CharField(max_length=120)
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.guard} at {self.action}: {self.reason}"


class EventSeal(models.Model):
    """A link of the hash chain: proves that no event up to last_id has changed since."""

    append_only: ClassVar[bool] = True

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    count = models.IntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id} {self.digest[:12]}"
