"""Versions of the schedule, drafts of the next one, and every command given on a draft."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from obeya.plant.log.fields import JsonTextField
from obeya.plant.resources.scope import SiteQuerySet


class PlanVersionQuerySet(SiteQuerySet["PlanVersion"]):
    def published(self) -> "PlanVersionQuerySet":
        return self.exclude(published_at=None)

    def in_force(self, site) -> "PlanVersion | None":
        return self.at(site).published().order_by("-published_at", "-pk").first()


class PlanVersion(models.Model):
    """A whole schedule as compressed columns: what a draft began from, or what was published."""

    site = models.ForeignKey("resources.Site", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    plan_run = models.ForeignKey("log.Run", models.PROTECT, null=True, related_name="+")
    as_of = models.DateTimeField()
    columns = models.BinaryField()
    operations = models.PositiveIntegerField()
    figures = JsonTextField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="plan_version_number_once"),
        ]
        indexes = [
            models.Index(
                fields=["site", "-published_at"],
                condition=Q(published_at__isnull=False),
                name="plan_version_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number}"


class DraftQuerySet(SiteQuerySet["Draft"]):
    def open(self) -> "DraftQuerySet":
        return self.filter(closed_at=None)


class Draft(models.Model):
    """The next plan while people work on it: a base version and the commands since."""

    site = models.ForeignKey("resources.Site", models.PROTECT, related_name="+")
    base = models.ForeignKey(PlanVersion, models.PROTECT, related_name="drafts")
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(closed_at=None), name="one_open_draft_each_site"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"  # no revision: a repeated answer names it as the first did


class PlanCommand(models.Model):
    """One thing that somebody did to a draft; undo and redo are commands that reverse one."""

    class Kind(models.TextChoices):
        MOVE = "move"
        LOCK = "lock"
        UNLOCK = "unlock"
        UNDO = "undo"
        REDO = "redo"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="commands")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    supply_order = models.BigIntegerField(null=True)  # with number and split: the step
    operation_number = models.PositiveIntegerField(null=True)
    split = models.PositiveIntegerField(default=1)
    equipment = models.ForeignKey(
        "resources.Equipment", models.PROTECT, null=True, related_name="+"
    )
    lane = models.PositiveIntegerField(default=1)
    start_at = models.DateTimeField(null=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversed_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["draft_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "sequence"], name="plan_command_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["undo", "redo"], reverses__isnull=False)
                | Q(kind__in=["move", "lock", "unlock"], supply_order__isnull=False),
                name="plan_command_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}.{self.sequence} {self.kind}"
