"""Fields that a plant adds for itself; their values stand in the row's `extra`."""

from django.db import models
from django.db.models import Q

from obeya.plant.log.fields import JsonTextField


class CustomField(models.Model):
    class Kind(models.TextChoices):
        TEXT = "text"
        NUMBER = "number"
        DATE = "date"
        YES_NO = "yes_no"
        CHOICE = "choice"

    model = models.CharField(max_length=80)  # "resources.Material"
    code = models.CharField(max_length=40)  # the key in `extra` and the import column
    name = models.CharField(max_length=100)
    translations = JsonTextField(default=dict)
    kind = models.CharField(max_length=10, choices=Kind)
    choices = JsonTextField(default=list)
    is_required = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["model", "code"]
        constraints = [
            models.UniqueConstraint(fields=["model", "code"], name="custom_field_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["text", "number", "date", "yes_no", "choice"]),
                name="custom_field_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
