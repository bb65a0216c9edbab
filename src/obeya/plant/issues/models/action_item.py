from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.issues.models.issue import Issue
from obeya.plant.resources.models import Person, Site
from obeya.plant.resources.scope import SiteQuerySet


class ActionItemQuerySet(SiteQuerySet["ActionItem"]):
    def open(self) -> "ActionItemQuerySet":
        return self.filter(state="open")


class ActionItem(models.Model):
    """Anything with an owner and a due date, of an issue or on its own."""

    class Kind(models.TextChoices):
        CONTAINMENT = "containment", _("containment")
        CORRECTIVE = "corrective", _("corrective")
        PREVENTIVE = "preventive", _("preventive")
        IMPROVEMENT = "improvement", _("improvement")
        TASK = "task", _("task")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        VERIFIED = "verified", _("verified")
        CANCELLED = "cancelled", _("cancelled")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="action_items"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.TASK)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="action_items")
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("log.Account", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "log.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)  # the effect was looked at
    verified_by = models.ForeignKey(
        "log.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="action_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["containment", "corrective", "preventive", "improvement", "task"]
                ),
                name="action_item_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["open", "cancelled"],
                    done_at=None,
                    done_by=None,
                    verified_at=None,
                    verified_by=None,
                )
                | Q(
                    state="done",
                    done_at__isnull=False,
                    done_by__isnull=False,
                    verified_at=None,
                    verified_by=None,
                )
                | Q(
                    state="verified",
                    done_at__isnull=False,
                    done_by__isnull=False,
                    verified_at__isnull=False,
                    verified_by__isnull=False,
                ),
                name="action_item_state_has_who_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "state", "due_on", "id"], name="action_item_by_due"),
            models.Index(fields=["owner", "state", "due_on", "id"], name="action_item_by_owner"),
        ]

    def __str__(self) -> str:
        return self.title
