from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import Material
from obeya.plant.work.models.job_order import JobOrder
from obeya.plant.work.models.supply_order import SupplyOrder


class MaterialRequirement(models.Model):
    """What a supply order or a job consumes or produces; frozen when it is released."""

    class Direction(models.TextChoices):
        CONSUMED = "consumed", _("consumed")
        PRODUCED = "produced", _("produced")

    supply_order = models.ForeignKey(
        SupplyOrder, models.CASCADE, null=True, blank=True, related_name="requirements"
    )
    job = models.ForeignKey(
        JobOrder, models.CASCADE, null=True, blank=True, related_name="requirements"
    )
    operation_number = models.PositiveIntegerField(null=True, blank=True)
    material = models.ForeignKey(Material, models.PROTECT, related_name="requirements")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    quantity = QuantityField()
    is_frozen = models.BooleanField(default=False)

    class Meta:
        ordering = ["supply_order_id", "operation_number", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supply_order__isnull=False) | Q(job__isnull=False),
                name="requirement_is_an_orders_or_a_jobs",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="requirement_quantity_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["consumed", "produced"]),
                name="requirement_direction_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.quantity} {self.material}"
