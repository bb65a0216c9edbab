from django.db import models
from django.db.models import F, Q

from obeya.plant.resources.models.site import Site
from obeya.plant.resources.scope import SiteArchivableQuerySet


class WorkCalendar(models.Model):
    """When something works: wall-clock shift patterns, with exceptions. Times are the site's."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    is_always_open = models.BooleanField(default=False)  # 24 hours, 7 days: no patterns needed
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SiteArchivableQuerySet["WorkCalendar"].as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "code"], name="work_calendar_code_once_per_site"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="work_calendar_has_a_code"),
        ]
        indexes = [models.Index(fields=["site", "code", "id"], name="work_calendar_by_code")]

    def __str__(self) -> str:
        return self.code


class ShiftPattern(models.Model):
    """A shift that comes back every week. An end at or before the start is on the next day."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="patterns")
    name = models.CharField(max_length=100)
    weekday = models.PositiveSmallIntegerField()  # of its start; 0 is Monday (ISO 8601, less one)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)  # first production date
    valid_to = models.DateField(null=True, blank=True)  # last production date, included

    class Meta:
        ordering = ["calendar_id", "weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="shift_pattern_weekday_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="shift_pattern_valid_to_after_from",
            ),
            models.UniqueConstraint(
                fields=["calendar", "weekday", "starts_at", "valid_from"],
                name="shift_pattern_start_once",
            ),
            models.UniqueConstraint(
                fields=["calendar", "weekday", "starts_at"],
                condition=Q(valid_from=None),
                name="shift_pattern_start_once_ever",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class ShiftBreak(models.Model):
    """A break of every shift of this pattern; after midnight when it is before the start."""

    pattern = models.ForeignKey(ShiftPattern, models.CASCADE, related_name="breaks")
    starts_at = models.TimeField()
    ends_at = models.TimeField()

    class Meta:
        ordering = ["pattern_id", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "starts_at"], name="shift_break_start_once_per_pattern"
            ),
            models.CheckConstraint(
                condition=~Q(starts_at=F("ends_at")), name="shift_break_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class CalendarException(models.Model):
    """Days (closed), or a window of them (closed or extra work), that differ from the patterns."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="exceptions")
    on_date = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # last day, included; empty: one day
    name = models.CharField(max_length=100, blank=True, default="")
    is_working = models.BooleanField(default=False)
    starts_at = models.TimeField(null=True, blank=True)  # empty, closed: shifts that start that day
    ends_at = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["calendar_id", "on_date", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None, is_working=False)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="calendar_exception_work_has_times",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("on_date")),
                name="calendar_exception_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["calendar", "on_date", "starts_at"],
                name="calendar_exception_start_once",
            ),
            models.UniqueConstraint(
                fields=["calendar", "on_date"],
                condition=Q(starts_at=None),
                name="calendar_exception_day_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_date} {self.name}".strip()
