from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A list as a person likes to see it: filters, sort and columns, as a query string."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_name", "name"], name="saved_view_name_is_unique_per_owner"
            )
        ]

    def __str__(self) -> str:
        return self.name
