from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import Equipment, Site
from obeya.plant.resources.scope import SiteQuerySet
from obeya.plant.work.models.supply_order import SupplyOrder


class JobOrderQuerySet(SiteQuerySet["JobOrder"]):
    def unfinished(self) -> "JobOrderQuerySet":
        return self.filter(dispatch_status__in=["waiting", "ready", "running", "interrupted"])

    def dispatchable(self) -> "JobOrderQuerySet":
        return self.filter(dispatch_status__in=["ready", "running", "interrupted"])


class JobOrder(models.Model):
    """One piece of work for one piece of equipment (ISA-95 job order), whatever the work type.

    It exists from the moment its order is firm. DESIGN section 3 lists its fields by name.
    """

    class WorkType(models.TextChoices):
        PRODUCTION = "production", _("production")
        MAINTENANCE = "maintenance", _("maintenance")
        QUALITY = "quality", _("quality")
        INVENTORY = "inventory", _("inventory")

    class DispatchStatus(models.TextChoices):
        WAITING = "waiting", _("waiting")  # not yet released
        READY = "ready", _("ready")
        RUNNING = "running", _("running")
        INTERRUPTED = "interrupted", _("interrupted")
        COMPLETED = "completed", _("completed")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    code = models.CharField(max_length=100)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    work_type = models.CharField(
        max_length=20, choices=WorkType.choices, default=WorkType.PRODUCTION
    )
    supply_order = models.ForeignKey(
        SupplyOrder, models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    operation_number = models.PositiveIntegerField(null=True, blank=True)
    split = models.PositiveIntegerField(default=1)
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    planned_start_at = models.DateTimeField(null=True, blank=True)  # of the published plan
    planned_end_at = models.DateTimeField(null=True, blank=True)
    actual_start_at = models.DateTimeField(null=True, blank=True)
    actual_end_at = models.DateTimeField(null=True, blank=True)
    dispatch_status = models.CharField(
        max_length=20, choices=DispatchStatus.choices, default=DispatchStatus.WAITING
    )
    priority = models.IntegerField(default=0)  # the highest first
    pinned = models.BooleanField(default=False)  # the planner may not move it
    quantity = QuantityField(default=0)
    revision = models.PositiveIntegerField(default=0)  # of this row, counts its changes

    objects = JobOrderQuerySet.as_manager()

    class Meta:
        ordering = ["planned_start_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="job_code_once_per_site"),
            models.UniqueConstraint(
                fields=["supply_order", "operation_number", "split"], name="job_split_once"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="job_has_a_code"),
            models.CheckConstraint(
                condition=Q(work_type__in=["production", "maintenance", "quality", "inventory"]),
                name="job_work_type_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    dispatch_status__in=[
                        "waiting",
                        "ready",
                        "running",
                        "interrupted",
                        "completed",
                        "closed",
                        "cancelled",
                    ]
                ),
                name="job_dispatch_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(planned_start_at=None, planned_end_at=None)
                | Q(
                    planned_start_at__isnull=False,
                    planned_end_at__isnull=False,
                    planned_end_at__gte=F("planned_start_at"),
                ),
                name="job_planned_window_has_two_ends",
            ),
            models.CheckConstraint(
                condition=Q(actual_end_at=None)
                | Q(actual_start_at__isnull=False, actual_end_at__gte=F("actual_start_at")),
                name="job_actual_end_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(dispatch_status__in=["running", "interrupted", "completed"])
                | Q(actual_start_at__isnull=False),
                name="job_that_ran_has_a_start",
            ),
            models.CheckConstraint(
                condition=~Q(dispatch_status="completed") | Q(actual_end_at__isnull=False),
                name="job_completed_has_an_end",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="job_quantity_not_negative"),
        ]
        indexes = [
            models.Index(fields=["site", "planned_start_at", "id"], name="job_by_start"),
            models.Index(
                fields=["site", "dispatch_status", "planned_start_at", "id"], name="job_by_status"
            ),
            models.Index(fields=["equipment", "planned_start_at", "id"], name="job_by_equipment"),
        ]

    def __str__(self) -> str:
        return self.code


class JobTransition(models.Model):
    """A job's step from one dispatch status to the next: when, and by whom."""

    append_only = True

    job = models.ForeignKey(JobOrder, models.PROTECT, related_name="transitions")
    from_status = models.CharField(max_length=20, blank=True, default="")  # empty: it was made
    to_status = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey("log.Account", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["job", "id"], name="job_last_step")]

    def __str__(self) -> str:
        return f"{self.job}: {self.from_status} → {self.to_status}"
