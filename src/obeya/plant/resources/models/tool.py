from django.db import models
from django.db.models import Q

from obeya.plant.resources.models.site import Site
from obeya.plant.resources.scope import SiteArchivableQuerySet


class Tool(models.Model):
    """A die, fixture or gauge that an operation occupies while it runs."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField(default=1)  # equal pieces
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SiteArchivableQuerySet["Tool"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="tool_code_once_per_site"),
            models.CheckConstraint(condition=~Q(code=""), name="tool_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.code
