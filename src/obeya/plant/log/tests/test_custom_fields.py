from datetime import date
from decimal import Decimal

import pytest

from obeya.plant.log.custom_fields import (
    CustomFieldRow,
    fields_of,
    save_custom_fields,
    validate_extra,
    validate_extras,
)
from obeya.plant.log.models import CustomField, OperationsEvent
from obeya.plant.log.refusal import RowsRefused

MATERIAL = "resources.Material"
ROWS = [
    CustomFieldRow(MATERIAL, "drawing", "Drawing", is_required=True),
    CustomFieldRow(MATERIAL, "hardness", "Hardness", "number"),
    CustomFieldRow(MATERIAL, "approved_on", "Approved on", "date"),
    CustomFieldRow(MATERIAL, "is_hot", "Hot", "yes_no"),
    CustomFieldRow(MATERIAL, "colour", "Colour", "choice", ("red", "blue")),
]


@pytest.fixture
def defined(system):
    return save_custom_fields(rows=ROWS, by=system)


def test_values_are_kept_exact_and_in_one_form(defined):
    given = {
        "drawing": " D-7 ",
        "hardness": Decimal("58.50"),
        "approved_on": date(2026, 11, 23),
        "is_hot": "Yes",
        "colour": "red",
    }

    assert validate_extra(MATERIAL, given) == (
        {
            "drawing": "D-7",
            "hardness": "58.5",
            "approved_on": "2026-11-23",
            "is_hot": True,
            "colour": "red",
        },
        [],
    )


def test_every_wrong_value_is_told(defined):
    given = {
        "hardness": "hard",
        "approved_on": "23.11.2026",
        "is_hot": "maybe",
        "colour": "green",
        "weight": "3",
    }

    _clean, problems = validate_extra(MATERIAL, given, row=4)

    assert {problem.row for problem in problems} == {4}
    assert sorted((problem.field, problem.rule) for problem in problems) == [
        ("approved_on", "not a value of this field"),
        ("colour", "not a value of this field"),
        ("drawing", "required field is empty"),
        ("hardness", "not a value of this field"),
        ("is_hot", "not a value of this field"),
        ("weight", "unknown field"),
    ]


def test_many_rows_cost_one_query(defined, django_assert_num_queries):
    with django_assert_num_queries(1):
        clean, problems = validate_extras(MATERIAL, [{"drawing": str(n)} for n in range(1000)])

    assert (len(clean), problems) == (1000, [])


def test_a_field_keeps_its_kind(defined, system):
    with pytest.raises(RowsRefused, match="of another kind already"):
        save_custom_fields(rows=[CustomFieldRow(MATERIAL, "hardness", "H", "text")], by=system)

    assert {each.code: each.kind for each in fields_of(MATERIAL)}["hardness"] == "number"
    assert OperationsEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (CustomFieldRow("work.JobOrder", "x", "X"), "no fields of the plant's own"),
        (CustomFieldRow(MATERIAL, "Two Words", "X"), "not a code"),
        (CustomFieldRow(MATERIAL, "x", "X", "colour"), "unknown kind"),
        (CustomFieldRow(MATERIAL, "x", "X", "choice"), "do not go together"),
    ],
)
def test_a_definition_that_cannot_work_is_refused(system, row, rule):
    with pytest.raises(RowsRefused, match=rule):
        save_custom_fields(rows=[row], by=system)

    assert not CustomField.objects.exists()
