from django.db import models
from django.db.models import F, Q


class Unit(models.Model):
    """A unit of measure; the code is that of UN/ECE recommendation 20 (`H87` piece, `KGM` kg)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    dimension = models.CharField(max_length=30)  # "count", "mass", "length", …
    decimals = models.PositiveSmallIntegerField(default=0)  # shown and entered, at most six kept

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="unit_has_a_code"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="unit_keeps_six_decimals"),
        ]

    def __str__(self) -> str:
        return self.code


class UnitConversion(models.Model):
    """`1 from_unit = numerator / denominator to_unit`, exactly; for one material, or for all."""

    material = models.ForeignKey(
        "resources.Material", models.PROTECT, null=True, blank=True, related_name="conversions"
    )
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    numerator = models.PositiveBigIntegerField()
    denominator = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__gt=0, denominator__gt=0),
                name="unit_conversion_factor_is_positive",
            ),
            models.CheckConstraint(
                condition=~Q(from_unit=F("to_unit")), name="unit_conversion_joins_two_units"
            ),
            models.UniqueConstraint(
                fields=["material", "from_unit", "to_unit"],
                name="unit_conversion_once_per_material",
            ),
            models.UniqueConstraint(
                fields=["from_unit", "to_unit"],
                condition=Q(material=None),
                name="unit_conversion_once_for_all",
            ),
        ]

    def __str__(self) -> str:
        return f"1 {self.from_unit} = {self.numerator}/{self.denominator} {self.to_unit}"
