"""Numbers of documents, counted per site."""

from django.db import models
from django.db.models import Q


class NumberSeries(models.Model):
    site = models.ForeignKey("resources.Site", models.PROTECT, related_name="+")
    document = models.CharField(max_length=40)  # "make_order"
    prefix = models.CharField(max_length=20, blank=True, default="")
    digits = models.PositiveSmallIntegerField(default=5)
    next_number = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name_plural = "number series"
        constraints = [
            models.UniqueConstraint(fields=["site", "document"], name="number_series_once"),
            models.CheckConstraint(condition=Q(next_number__gte=1), name="number_series_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.next_number:0{self.digits}d}"
