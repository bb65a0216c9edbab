"""What remains of a failed log-in, until a right one or a day has passed."""

from django.db import models


class LoginFailure(models.Model):
    """The name is kept as a keyed digest: people type passwords into the wrong field."""

    name_digest = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    failed_at = models.DateTimeField()  # real clock

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "failed_at"], name="login_failure_by_name"),
            models.Index(fields=["address", "failed_at"], name="login_failure_by_address"),
            models.Index(fields=["failed_at"], name="login_failure_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.address} at {self.failed_at}"
