from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.issues.models.issue import Issue


class CauseNode(models.Model):
    """A cause of an issue, or a cause of that cause: the answers to "why?", as a tree."""

    class Verdict(models.TextChoices):
        SUSPECTED = "suspected", _("suspected")
        CONFIRMED = "confirmed", _("confirmed")
        RULED_OUT = "ruled_out", _("ruled out")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="causes")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )  # empty: a direct cause of the issue
    text = models.CharField(max_length=500)
    category = models.CharField(max_length=50, blank=True, default="")  # machine, method, man …
    verdict = models.CharField(max_length=20, choices=Verdict.choices, default=Verdict.SUSPECTED)
    evidence = models.TextField(blank=True, default="")
    is_root = models.BooleanField(default=False)  # acting on it keeps the issue from coming back
    position = models.PositiveIntegerField(default=0)  # among its siblings

    class Meta:
        ordering = ["issue", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="cause_node_says_something"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="cause_node_not_its_own_cause"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["suspected", "confirmed", "ruled_out"]),
                name="cause_node_verdict_is_known",
            ),
            models.CheckConstraint(
                condition=Q(is_root=False) | Q(verdict="confirmed"),
                name="cause_node_root_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.text
