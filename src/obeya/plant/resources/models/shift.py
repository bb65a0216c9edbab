from django.db import models
from django.db.models import F, Q

from obeya.plant.resources.models.calendar import ShiftPattern, WorkCalendar
from obeya.plant.resources.models.site import Site
from obeya.plant.resources.scope import SiteQuerySet


class Shift(models.Model):
    """One shift as it is worked, in UTC; made ahead from its calendar and frozen once begun."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="shifts")
    pattern = models.ForeignKey(
        ShiftPattern, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=100)
    production_date = models.DateField()  # the day on which it starts, at the site
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()  # exclusive
    breaks = models.JSONField(default=list, blank=True)  # [[began_at, ended_at], …], ISO 8601 UTC

    objects = SiteQuerySet["Shift"].as_manager()

    class Meta:
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "began_at"], name="shift_begins_once_per_calendar"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gt=F("began_at")), name="shift_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["calendar", "ended_at"], name="shift_by_end"),
            models.Index(
                fields=["site", "production_date", "began_at", "id"], name="shift_by_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.production_date}"
