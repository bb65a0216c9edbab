from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obeya.plant.resources.models import Material, Unit, UnitConversion
from obeya.plant.resources.units import NoConversion, conversions_for, convert, rounded


@pytest.fixture
def pounds(db: None) -> Unit:
    return Unit.objects.create(code="LBR", name="lb", dimension="mass", decimals=2)


def test_a_pound_is_exactly_what_the_law_says(
    coil: Material, pounds: Unit, kilograms: Unit
) -> None:
    UnitConversion.objects.create(
        from_unit=pounds, to_unit=kilograms, numerator=45_359_237, denominator=100_000_000
    )

    assert convert(coil, Decimal(1), pounds, kilograms) == Decimal("0.453592")
    assert convert(coil, Decimal(100_000_000), pounds, kilograms) == Decimal(45_359_237)


def test_one_conversion_serves_both_ways(bracket: Material, pieces: Unit, pounds: Unit) -> None:
    UnitConversion.objects.create(from_unit=pieces, to_unit=pounds, numerator=1, denominator=3)

    assert convert(bracket, Decimal(3), pieces, pounds) == 1
    assert convert(bracket, Decimal(7), pounds, pieces) == 21


def test_what_is_said_for_the_material_comes_first(
    bracket: Material, coil: Material, pieces: Unit, kilograms: Unit
) -> None:
    UnitConversion.objects.create(from_unit=pieces, to_unit=kilograms, numerator=2)
    UnitConversion.objects.create(
        material=bracket, from_unit=pieces, to_unit=kilograms, numerator=41, denominator=100
    )

    assert convert(bracket, Decimal(10), pieces, kilograms) == Decimal("4.1")
    assert convert(coil, Decimal(10), pieces, kilograms) == 20


def test_without_a_conversion_it_is_refused_by_name(
    bracket: Material, pieces: Unit, kilograms: Unit
) -> None:
    with pytest.raises(NoConversion, match="BR-600: nothing says how many H87 one KGM is"):
        convert(bracket, Decimal(1), kilograms, pieces)


def test_the_same_unit_needs_none(bracket: Material, pieces: Unit) -> None:
    conversions = conversions_for([])

    assert conversions.to_base(bracket, Decimal("12.345678"), pieces) == Decimal("12.345678")


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(5, 10_000_000), "0.000000"),  # a tie goes to the even neighbour
        (Fraction(15, 10_000_000), "0.000002"),
        (Fraction(-2, 3), "-0.666667"),
    ],
)
def test_rounding_happens_once_half_to_even(exact: Fraction, expected: str) -> None:
    assert rounded(exact) == Decimal(expected)


@given(st.decimals(0, 10**9, places=6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_there_and_back_is_the_same_within_the_rounding(
    quantity: Decimal, numerator: int, denominator: int
) -> None:
    factor = Fraction(numerator, denominator)
    there = rounded(Fraction(quantity) * factor)

    error = abs(Fraction(there) - Fraction(quantity) * factor)
    assert error <= Fraction(1, 2_000_000)
