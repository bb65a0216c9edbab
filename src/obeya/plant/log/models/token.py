"""Keys for programs: we keep only a hash, so that a stolen backup opens no door."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from obeya.plant.log.fields import JsonTextField


class ApiToken(models.Model):
    """Lets a program act as its account, with no more than these permissions, for a while."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    prefix = models.CharField(max_length=16)  # shown, so that people can tell tokens apart
    permissions = JsonTextField(null=True)  # list of codenames; null: all that the account has
    site = models.ForeignKey(
        "resources.Site", models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="api_token_expires_after_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
