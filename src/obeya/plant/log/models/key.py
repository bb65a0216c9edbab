"""Idempotency: the same wish under the same key has one effect and one answer."""

from django.conf import settings
from django.db import models


class ActionKey(models.Model):
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    action = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    request_hash = models.CharField(max_length=64)
    answer = models.TextField(null=True)  # null until the action has answered
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "action", "key"], name="one_effect_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
