from django.db import models
from django.db.models import Q

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import Skill, Tool
from obeya.plant.work.models.job_order import JobOrder
from obeya.plant.work.models.operation import Operation


class JobSpecification(models.Model):
    """How a job is to be done: copied from its operation, frozen when the job is released."""

    job = models.OneToOneField(JobOrder, models.CASCADE, related_name="specification")
    operation = models.ForeignKey(
        Operation, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # where it was copied from
    name = models.CharField(max_length=200, blank=True, default="")
    setup_s = models.PositiveBigIntegerField(default=0)
    run_s = QuantityField(default=0)  # seconds per base unit
    fixed_run_s = models.PositiveBigIntegerField(default=0)
    setup_family = models.CharField(max_length=100, blank=True, default="")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    skill_level = models.PositiveSmallIntegerField(default=3)
    crew_size = models.PositiveSmallIntegerField(default=1)
    tool = models.ForeignKey(Tool, models.PROTECT, null=True, blank=True, related_name="+")
    is_batch = models.BooleanField(default=False)
    batch_family = models.CharField(max_length=100, blank=True, default="")
    transfer_quantity = QuantityField(null=True, blank=True)
    queue_s = models.PositiveBigIntegerField(default=0)
    move_s = models.PositiveBigIntegerField(default=0)
    maximum_wait_s = models.PositiveBigIntegerField(null=True, blank=True)
    is_resumable = models.BooleanField(default=True)
    is_frozen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(run_s__gte=0), name="job_specification_run_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.name}".strip()

    @classmethod
    def of(cls, operation: Operation) -> "JobSpecification":
        """As the operation says today, for a job that is about to be opened."""
        own = {"id", "job", "operation", "is_frozen"}
        names = [each.name for each in cls._meta.concrete_fields if each.name not in own]
        copied = {name: getattr(operation, name) for name in names}
        return cls(operation=operation, **copied)


class JobTotals(models.Model):
    """What a job has yielded and taken so far: a cache of the ledgers, proved."""

    job = models.OneToOneField(JobOrder, models.CASCADE, related_name="totals")
    good = QuantityField(default=0)
    scrap = QuantityField(default=0)
    rework = QuantityField(default=0)
    setup_s = QuantityField(default=0)
    run_s = QuantityField(default=0)
    down_s = QuantityField(default=0)

    class Meta:
        verbose_name_plural = "job totals"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    good__gte=0,
                    scrap__gte=0,
                    rework__gte=0,
                    setup_s__gte=0,
                    run_s__gte=0,
                    down_s__gte=0,
                ),
                name="job_totals_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.good} good"
