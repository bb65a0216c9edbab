from datetime import time
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from obeya.plant.resources.scope import ArchivableQuerySet


class Site(models.Model):
    """A plant at one place (ISA-95 site). Codes of equipment, orders and jobs are its own."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="UTC")  # IANA name
    production_day_start = models.TimeField(default=time(6))  # wall clock at the site
    currency = models.CharField(max_length=3, default="EUR")  # ISO 4217
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ArchivableQuerySet["Site"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="site_has_a_code"),
            models.CheckConstraint(condition=~Q(time_zone=""), name="site_has_a_time_zone"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
