from django.db import models
from django.db.models import Q

from obeya.plant.resources.scope import ArchivableQuerySet


class Party(models.Model):
    """A firm or office that we deal with: customer, supplier, both, or neither (an authority)."""

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    is_customer = models.BooleanField(default=False)
    is_supplier = models.BooleanField(default=False)
    language = models.CharField(max_length=20, blank=True, default="")  # BCP 47
    lead_time_s = models.PositiveBigIntegerField(null=True, blank=True)  # of a supplier, usual
    extra = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ArchivableQuerySet["Party"].as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "parties"
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="party_has_a_code")]
        indexes = [
            models.Index(fields=["code", "id"], name="party_by_code"),
            models.Index(fields=["name", "id"], name="party_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
