from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from obeya.plant.log.fields import QuantityField
from obeya.plant.resources.models import Material, MaterialRevision


class BomLine(models.Model):
    """What making `per_quantity` of a revision takes, or yields besides."""

    revision = models.ForeignKey(MaterialRevision, models.CASCADE, related_name="bom_lines")
    component = models.ForeignKey(Material, models.PROTECT, related_name="used_in")
    operation_number = models.PositiveIntegerField(null=True, blank=True)  # empty: the first
    quantity_per = QuantityField()  # in the component's base unit
    per_quantity = QuantityField(default=1)  # of the revision's material
    scrap_rate = QuantityField(default=0)  # share of the component that is lost, 0.02 is 2 %
    alternate_group = models.CharField(max_length=50, blank=True, default="")  # one of these …
    priority = models.PositiveIntegerField(default=1)  # … the lowest first
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # last day, included
    is_by_product = models.BooleanField(default=False)

    class Meta:
        ordering = ["revision_id", "operation_number", "id"]
        constraints = [
            models.UniqueConstraint(
                "revision",
                "component",
                Coalesce("operation_number", Value(0)),
                "alternate_group",
                "is_by_product",
                Coalesce("valid_from", Value(date.min)),
                name="bom_line_once",
            ),
            models.CheckConstraint(
                condition=Q(quantity_per__gt=0, per_quantity__gt=0),
                name="bom_line_quantities_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(scrap_rate__gte=0, scrap_rate__lt=1), name="bom_line_scrap_below_all"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="bom_line_valid_to_after_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.quantity_per} {self.component}"
