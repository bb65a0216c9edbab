from django.db import models
from django.db.models import F, Q

from obeya.plant.resources.models.material import Material
from obeya.plant.resources.models.party import Party


class MaterialLot(models.Model):
    """A quantity of one material made or received together (ISA-95 material lot)."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="lots")
    code = models.CharField(max_length=100)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    supplier = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["material", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["material", "code"], name="material_lot_code_once_per_material"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="material_lot_has_a_code"),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(expires_at=None) | Q(expires_at__gt=F("made_at")),
                name="material_lot_expires_after_made",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "id"], name="material_lot_by_code"),
            models.Index(fields=["material", "expires_at", "id"], name="material_lot_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.code
