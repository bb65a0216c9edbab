"""From one unit to another, exactly: rational factors, rounded once at the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from django.db.models import Q

from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Material, Unit, UnitConversion

KEPT = Decimal("0.000001")  # what the database keeps of a quantity


class NoConversion(Refusal):
    """Nothing says how many of one unit are one of the other."""


@dataclass(frozen=True)
class Conversions:
    """Factors by (material id or None, from unit id, to unit id), loaded once for many rows."""

    factors: Mapping[tuple[int | None, int, int], Fraction]

    def factor(self, material: Material, from_unit: Unit, to_unit: Unit) -> Fraction:
        """How many `to_unit` one `from_unit` is; what is said for the material comes first."""
        if from_unit.pk == to_unit.pk:
            return Fraction(1)
        for of in (material.pk, None):
            if forward := self.factors.get((of, from_unit.pk, to_unit.pk)):
                return forward
            if backward := self.factors.get((of, to_unit.pk, from_unit.pk)):
                return 1 / backward
        raise NoConversion(
            f"{material}: nothing says how many {to_unit} one {from_unit} is."
            f" Add a conversion from {from_unit} to {to_unit}, or enter the quantity in {to_unit}."
        )

    def to_base(self, material: Material, quantity: Decimal, unit: Unit) -> Decimal:
        """The quantity in the material's base unit, rounded once to six decimals, half to even."""
        return rounded(Fraction(quantity) * self.factor(material, unit, material.unit))


def conversions_for(materials: Iterable[Material]) -> Conversions:
    """All that concerns these materials, in one query."""
    rows = UnitConversion.objects.filter(
        Q(material=None) | Q(material__in={each.pk for each in materials})
    )
    return Conversions(
        {
            (row.material_id, row.from_unit_id, row.to_unit_id): Fraction(
                row.numerator, row.denominator
            )
            for row in rows
        }
    )


def convert(material: Material, quantity: Decimal, from_unit: Unit, to_unit: Unit) -> Decimal:
    """One quantity of a material from one unit to another, rounded once to six decimals."""
    factor = conversions_for([material]).factor(material, from_unit, to_unit)
    return rounded(Fraction(quantity) * factor)


def rounded(exact: Fraction) -> Decimal:
    """The nearest decimal with six places; a tie goes to the even neighbour."""
    with localcontext(prec=60, rounding=ROUND_HALF_EVEN):
        return Decimal(round(exact * 1_000_000)).scaleb(-6).quantize(KEPT)
