from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.resources.scope import ArchivableQuerySet


class Reason(models.Model):
    """Why something stopped, was scrapped, was corrected …: one tree for each kind."""

    class Kind(models.TextChoices):
        DOWN = "down", _("stop")
        IDLE = "idle", _("idle")
        SCRAP = "scrap", _("scrap")
        REWORK = "rework", _("rework")
        STOCK = "stock", _("stock correction")
        ABSENCE = "absence", _("absence")
        ISSUE = "issue", _("issue")
        OVERRIDE = "override", _("override")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    translations = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ArchivableQuerySet["Reason"].as_manager()

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="reason_code_once_per_kind"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(kind=""), name="reason_has_a_kind_and_a_code"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="reason_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name
