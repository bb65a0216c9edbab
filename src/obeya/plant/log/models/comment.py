"""What people say about a row of the plant."""

from django.conf import settings
from django.db import models


class Comment(models.Model):
    model = models.CharField(max_length=80)  # "resources.Material"
    row_id = models.BigIntegerField()
    site = models.ForeignKey("resources.Site", models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["model", "row_id", "id"], name="comment_by_row")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="comment_says_something")
        ]

    def __str__(self) -> str:
        return self.text[:60]
