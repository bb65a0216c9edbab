"""What the database itself refuses, by the name of the rule."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from obeya.plant.resources.models import (
    CalendarException,
    Equipment,
    Material,
    MaterialAtSite,
    MaterialLot,
    Person,
    PersonSkill,
    ShiftPattern,
    Skill,
    UnitConversion,
    WorkCalendar,
)


def refused(rule, make):
    """By name: PostgreSQL always says it, SQLite says the columns of a unique rule instead."""
    with pytest.raises(DatabaseError) as said, transaction.atomic():
        make()
    named = rule in str(said.value)
    return named or (connection.vendor == "sqlite" and "UNIQUE" in str(said.value))


def test_a_code_stays_taken_when_its_equipment_is_archived(kestrel, press_4):
    Equipment.objects.update(archived_at=datetime(2026, 3, 2, tzinfo=UTC))

    assert not Equipment.objects.at(kestrel).in_use().exists()
    assert refused(
        "equipment_code_once_per_site",
        lambda: Equipment.objects.create(
            site=kestrel, code="PRESS-4", name="New", level="work_unit"
        ),
    )


def test_another_site_may_use_the_same_code(press_4, merlin):
    Equipment.objects.create(site=merlin, code="PRESS-4", name="Press", level="work_unit")

    assert Equipment.objects.at(merlin).get(code="PRESS-4") != press_4


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("equipment_level_is_known", {"level": "enterprise"}),
        ("equipment_virtual_is_storage", {"is_virtual": True}),
        ("equipment_has_capacity", {"capacity": 0}),
        ("equipment_batch_places_from_one", {"batch_places": 0}),
        ("equipment_has_a_code", {"code": ""}),
    ],
)
def test_what_equipment_may_not_be(press_4, rule, values):
    assert refused(rule, lambda: Equipment.objects.filter(pk=press_4.pk).update(**values))


def test_equipment_is_not_its_own_parent(press_4):
    assert refused(
        "equipment_not_its_own_parent",
        lambda: Equipment.objects.filter(pk=press_4.pk).update(parent=press_4),
    )


def test_a_lot_is_unique_per_material(coil, coil_lot, bracket):
    MaterialLot.objects.create(material=bracket, code="C-17")

    assert refused(
        "material_lot_code_once_per_material",
        lambda: MaterialLot.objects.create(material=coil, code="C-17"),
    )


def test_a_conversion_for_all_stands_beside_one_for_a_material(bracket, pieces, kilograms):
    def make(material):
        UnitConversion.objects.create(
            material=material, from_unit=pieces, to_unit=kilograms, numerator=1
        )

    make(None)
    make(bracket)

    assert refused("unit_conversion_once_for_all", lambda: make(None))
    assert refused("unit_conversion_once_per_material", lambda: make(bracket))


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("unit_conversion_factor_is_positive", {"numerator": 0}),
        ("unit_conversion_factor_is_positive", {"denominator": 0}),
    ],
)
def test_a_factor_is_positive(pieces, kilograms, rule, values):
    row = {"from_unit": pieces, "to_unit": kilograms, "numerator": 1, **values}

    assert refused(rule, lambda: UnitConversion.objects.create(**row))


def test_a_skill_is_held_once_from_a_day_on(kestrel):
    ann = Person.objects.create(code="ANN", name="Ann")
    welding = Skill.objects.create(code="WELD", name="Welding")

    def hold(level, **dates):
        PersonSkill.objects.create(person=ann, skill=welding, level=level, **dates)

    hold(3)
    hold(4, valid_from=date(2026, 3, 2), valid_until=date(2026, 3, 2))  # one day, included

    assert refused("person_skill_once_from_ever", lambda: hold(2))
    assert refused("person_skill_level_0_to_4", lambda: hold(5, valid_from=date(2026, 4, 1)))
    assert refused(
        "person_skill_valid_until_after_from",
        lambda: hold(3, valid_from=date(2026, 3, 3), valid_until=date(2026, 3, 2)),
    )


def test_what_a_calendar_may_not_say(kestrel):
    calendar = WorkCalendar.objects.create(site=kestrel, code="2S", name="Two shifts")

    def pattern(weekday):
        row = {"name": "early", "starts_at": time(6), "ends_at": time(14)}
        ShiftPattern.objects.create(calendar=calendar, weekday=weekday, **row)

    pattern(0)
    assert refused("shift_pattern_start_once_ever", lambda: pattern(0))
    assert refused("shift_pattern_weekday_known", lambda: pattern(7))
    assert refused(
        "calendar_exception_work_has_times",
        lambda: CalendarException.objects.create(
            calendar=calendar, on_date=date(2026, 3, 2), is_working=True
        ),
    )


def test_figures_of_a_material_at_a_site_are_not_negative(bracket, kestrel):
    MaterialAtSite.objects.create(material=bracket, site=kestrel)

    assert refused(
        "material_at_site_figures_not_negative",
        lambda: MaterialAtSite.objects.update(safety_stock=Decimal("-0.000001")),
    )
    assert refused("material_kind_is_known", lambda: Material.objects.update(kind="magic"))
