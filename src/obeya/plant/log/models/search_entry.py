"""What search finds: one row per findable row of the plant."""

from django.db import models


class SearchEntry(models.Model):
    model = models.CharField(max_length=80)  # "resources.Material"
    row_id = models.BigIntegerField()
    site = models.ForeignKey(
        "resources.Site", models.CASCADE, null=True, blank=True, related_name="+"
    )
    permission = models.CharField(max_length=80)  # what one needs to see it
    code = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")  # further words: translations, numbers
    url = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["model", "row_id"], name="search_entry_once")
        ]
        indexes = [models.Index(fields=["code", "id"], name="search_entry_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
