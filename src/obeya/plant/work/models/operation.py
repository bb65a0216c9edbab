from django.db import models
from django.db.models import F, Q

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import (
    Equipment,
    EquipmentClass,
    MaterialRevision,
    Party,
    Site,
    Skill,
    Tool,
)
from obeya.plant.resources.scope import SiteQuerySet


class Operation(models.Model):
    """One step of making a revision at a site (ISA-95 operations segment).

    Done by one piece of equipment, by any member of a class, or by a subcontractor.
    """

    revision = models.ForeignKey(MaterialRevision, models.CASCADE, related_name="operations")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True, default="")
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="operations"
    )
    equipment_class = models.ForeignKey(
        EquipmentClass, models.PROTECT, null=True, blank=True, related_name="operations"
    )
    subcontractor = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+"
    )
    setup_s = models.PositiveBigIntegerField(default=0)
    run_s = QuantityField(default=0)  # seconds per base unit
    fixed_run_s = models.PositiveBigIntegerField(default=0)  # besides, whatever the quantity
    setup_family = models.CharField(max_length=100, blank=True, default="")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    skill_level = models.PositiveSmallIntegerField(default=3)  # the least; 3 works alone
    crew_size = models.PositiveSmallIntegerField(default=1)  # 0: runs unattended
    # nobody has said them: planned with all the same, and marked until somebody does
    is_setup_assumed = models.BooleanField(default=False)
    is_crew_assumed = models.BooleanField(default=False)
    tool = models.ForeignKey(Tool, models.PROTECT, null=True, blank=True, related_name="+")
    is_batch = models.BooleanField(default=False)
    batch_family = models.CharField(max_length=100, blank=True, default="")
    transfer_quantity = QuantityField(null=True, blank=True)  # passed on before all are done
    queue_s = models.PositiveBigIntegerField(default=0)  # planned wait before
    move_s = models.PositiveBigIntegerField(default=0)  # transport after
    maximum_wait_s = models.PositiveBigIntegerField(null=True, blank=True)  # after, until the next
    is_resumable = models.BooleanField(default=True)  # may stop at a break and go on
    subcontract_lead_s = models.PositiveBigIntegerField(null=True, blank=True)

    objects = SiteQuerySet["Operation"].as_manager()

    class Meta:
        ordering = ["revision_id", "site_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "site", "number"], name="operation_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="operation_number_from_one"),
            models.CheckConstraint(
                condition=Q(equipment__isnull=False, equipment_class=None, subcontractor=None)
                | Q(equipment=None, equipment_class__isnull=False, subcontractor=None)
                | Q(equipment=None, equipment_class=None, subcontractor__isnull=False),
                name="operation_names_one_doer",
            ),
            models.CheckConstraint(
                condition=Q(subcontract_lead_s=None) | Q(subcontractor__isnull=False),
                name="operation_lead_is_a_subcontractors",
            ),
            models.CheckConstraint(condition=Q(run_s__gte=0), name="operation_run_not_negative"),
            models.CheckConstraint(
                condition=Q(transfer_quantity=None) | Q(transfer_quantity__gt=0),
                name="operation_transfer_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(skill_level__gte=1, skill_level__lte=4),
                name="operation_skill_level_1_to_4",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} {self.number} {self.name}".strip()


class OperationPredecessor(models.Model):
    """`operation` waits for `predecessor`. A revision without any is a chain by number."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="predecessor_links")
    predecessor = models.ForeignKey(Operation, models.CASCADE, related_name="successor_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "predecessor"], name="operation_predecessor_once"
            ),
            models.CheckConstraint(
                condition=~Q(operation=F("predecessor")), name="operation_not_before_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} after {self.predecessor}"


class OperationAlternate(models.Model):
    """Other equipment for an operation: with its own times, or forbidden to it."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="alternates")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="+")
    preference = models.PositiveIntegerField(default=1)  # the lowest first
    setup_s = models.PositiveBigIntegerField(null=True, blank=True)  # empty: the operation's
    run_s = QuantityField(null=True, blank=True)  # empty: the operation's
    is_forbidden = models.BooleanField(default=False)

    class Meta:
        ordering = ["operation_id", "preference", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "equipment"], name="operation_alternate_once"
            ),
            models.CheckConstraint(
                condition=Q(run_s=None) | Q(run_s__gte=0),
                name="operation_alternate_run_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} on {self.equipment}"
