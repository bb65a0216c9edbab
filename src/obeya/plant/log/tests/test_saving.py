"""Rows by their natural key: new ones, changed ones, and those somebody else saved meanwhile."""

import pytest
from django.db import DataError, transaction

from obeya.plant.log.bulk import insert_columns
from obeya.plant.log.refusal import Stale
from obeya.plant.log.saving import upsert
from obeya.plant.resources.models import Party

pytestmark = pytest.mark.django_db
FEW_AND_MANY = pytest.mark.parametrize("count", [3, 200])


def parties(count, *, name="Oak"):
    return [{"code": f"C-{n}", "name": name} for n in range(count)]


def save(wanted):
    return upsert(Party.objects.all(), wanted, key=["code"], personal=["name"])


@FEW_AND_MANY
def test_a_row_is_new_then_unchanged_then_changed(count):
    assert save(parties(count)).states == ["new"] * count

    again = save(parties(count))
    assert (again.states, again.changes) == (["unchanged"] * count, [])

    renamed = save([*parties(count - 1), {"code": f"C-{count - 1}", "name": "Elm"}])
    assert renamed.states == ["unchanged"] * (count - 1) + ["changed"]
    assert [each.fields for each in renamed.changes] == [{"name": ["*", "*"]}]


def test_a_key_that_is_wanted_twice_is_one_row_with_the_later_values():
    result = save([*parties(2), {"code": "C-0", "name": "Elm"}])

    assert result.states == ["new"] * 3
    assert result.objects[0] is result.objects[2]
    assert len(result.changes) == 2
    assert list(Party.objects.order_by("code").values_list("code", "name")) == [
        ("C-0", "Elm"),
        ("C-1", "Oak"),
    ]


@FEW_AND_MANY
def test_a_code_that_somebody_else_saved_meanwhile_is_stale(count):
    Party.objects.create(code="C-1", name="Elm")
    before_it_came = Party.objects.exclude(code="C-1")

    with pytest.raises(Stale, match="Somebody else saved the same code"), transaction.atomic():
        upsert(before_it_came, parties(count), key=["code"])

    assert list(Party.objects.values_list("code", "name")) == [("C-1", "Elm")]


@pytest.mark.postgres
@FEW_AND_MANY
def test_postgresql_refuses_a_text_that_is_too_long_in_the_words_of_django(count):
    columns = {name: ["x" * 1_000] * count for name in ("code", "name")}

    with pytest.raises(DataError, match="value too long"), transaction.atomic():
        insert_columns(Party, columns)
