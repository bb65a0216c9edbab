"""Files that hang on a row of the plant. Append-only: taking one off is a row, too."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Attachment(models.Model):
    """A file on a row. Its bytes lie in the file storage under their SHA-256, once."""

    append_only: ClassVar[bool] = True

    model = models.CharField(max_length=80)  # "resources.Material"
    row_id = models.BigIntegerField()
    site = models.ForeignKey("resources.Site", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()  # bytes
    content_type = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by"
    )

    class Meta:
        indexes = [models.Index(fields=["model", "row_id", "id"], name="attachment_by_row")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=0), name="attachment_has_a_size")
        ]

    def __str__(self) -> str:
        return self.name
