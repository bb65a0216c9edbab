from django.db import models
from django.db.models import Q

from obeya.plant.log.fields import QuantityField
from obeya.plant.work.models.demand import Demand
from obeya.plant.work.models.requirement import MaterialRequirement
from obeya.plant.work.models.supply_order import SupplyOrder


class Peg(models.Model):
    """A quantity of supply (an order, or stock) meant for a demand or a requirement."""

    plan_run = models.ForeignKey("log.Run", models.PROTECT, null=True, blank=True, related_name="+")
    supply_order = models.ForeignKey(
        SupplyOrder, models.CASCADE, null=True, blank=True, related_name="pegs"
    )
    is_from_stock = models.BooleanField(default=False)
    demand = models.ForeignKey(Demand, models.CASCADE, null=True, blank=True, related_name="pegs")
    requirement = models.ForeignKey(
        MaterialRequirement, models.CASCADE, null=True, blank=True, related_name="pegs"
    )
    quantity = QuantityField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supply_order=None, is_from_stock=True)
                | Q(supply_order__isnull=False, is_from_stock=False),
                name="peg_comes_from_one_supply",
            ),
            models.CheckConstraint(
                condition=Q(demand=None, requirement__isnull=False)
                | Q(demand__isnull=False, requirement=None),
                name="peg_goes_to_one_need",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="peg_quantity_is_positive"),
        ]

    def __str__(self) -> str:
        source = "stock" if self.is_from_stock else str(self.supply_order)
        return f"{self.quantity} from {source}"
