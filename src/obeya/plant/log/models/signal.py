"""Live messages on their way to other processes of a SQLite plant; PostgreSQL uses NOTIFY."""

from django.db import models


class Signal(models.Model):
    topic = models.CharField(max_length=80)
    payload = models.TextField()
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.topic} #{self.pk}"
