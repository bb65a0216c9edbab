from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.models import Equipment, Person, Reason, Site
from obeya.plant.resources.scope import SiteQuerySet
from obeya.plant.work.models import JobOrder


class TimeLogQuerySet(SiteQuerySet["TimeLog"]):
    def open(self) -> "TimeLogQuerySet":
        return self.filter(ended_at=None)

    def standing(self) -> "TimeLogQuerySet":
        """Without what was reversed, and without the reversals."""
        return self.filter(reverses=None, reversed_by=None)


class TimeLog(models.Model):
    """A span of time of a person, equipment or job: the ledger of hours.

    A row is written once; an open one is ended once (null → a time), and nothing else changes.
    """

    class Kind(models.TextChoices):
        SETUP = "setup", _("setup")
        RUN = "run", _("run")
        DOWN = "down", _("down")
        IDLE = "idle", _("idle")
        BREAK = "break", _("break")
        INDIRECT = "indirect", _("indirect")

    append_only = True
    append_only_until = "ended_at"

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    job = models.ForeignKey(
        JobOrder, models.PROTECT, null=True, blank=True, related_name="time_logs"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # exclusive; empty while it lasts
    recorded_at = models.DateTimeField()
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    by = models.ForeignKey("log.Account", models.PROTECT, related_name="+", db_index=False)

    objects = TimeLogQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False)
                | Q(equipment__isnull=False)
                | Q(job__isnull=False),
                name="time_log_is_of_someone_or_something",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="time_log_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) | Q(ended_at__isnull=False),
                name="time_log_reversal_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["setup", "run", "down", "idle", "break", "indirect"]),
                name="time_log_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=["equipment", "job"],
                condition=Q(ended_at=None, kind="run", person=None),
                name="time_log_one_open_run_each",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "began_at", "id"], name="time_log_by_time"),
            models.Index(fields=["equipment", "began_at"], name="time_log_by_equipment"),
            models.Index(fields=["person", "began_at"], name="time_log_by_person"),
            models.Index(
                fields=["equipment", "kind"], condition=Q(ended_at=None), name="time_log_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.equipment or self.person or self.job}"
