"""Long work with progress, and work by the clock."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from obeya.plant.log.fields import JsonTextField


class Run(models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=80)
    site = models.ForeignKey("resources.Site", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    lane = models.CharField(max_length=8, default="slow")
    arguments = JsonTextField(default=dict)
    result = JsonTextField(null=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    done_units = models.BigIntegerField(default=0)
    total_units = models.BigIntegerField(null=True)
    step = models.CharField(max_length=120, blank=True, default="")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("asked_at")),
                name="run_ends_after_it_was_asked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(status__in=["waiting", "running"]), name="run_open"
            ),
            models.Index(fields=["kind", "site", "id"], name="run_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"  # no status: a repeated answer names it as the first did


class Timetable(models.Model):
    """When a timed entry of a room fired last; the entry itself stands in module.py."""

    name = models.CharField(max_length=120, unique=True)
    due_at = models.DateTimeField(db_index=True)
    fired_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} due {self.due_at}"
