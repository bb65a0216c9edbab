"""A sort that a list offers is served by an index: no list sorts a million rows at each click."""

import pytest
from django.db import connection

from obeya.modules.exchange.reading.columns import columns_of
from obeya.modules.exchange.sheets import row_class_of
from obeya.ui.lists import sort_queries

from .house import all_lists

LISTS = {each.name: each for each in all_lists()}
pytestmark = pytest.mark.django_db


def sorts(plan: str) -> bool:
    """Whether the database would collect and sort the rows."""
    return "USE TEMP B-TREE" in plan or "Sort" in plan


def plan_of(rows) -> str:
    if connection.vendor == "postgresql":  # small tables are read whole unless told otherwise
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_incremental_sort = off")
            cursor.execute("SET LOCAL enable_sort = off")  # what sorts now has no index that could
    return rows.explain()


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_sort_of_the_list_uses_its_index(name):
    declared = LISTS[name]

    slow = {
        f"{column.name}: {rows.query}\n{plan}"
        for column, rows in sort_queries(declared, declared.example())
        if sorts(plan := plan_of(rows))
    }
    assert slow == set()


@pytest.mark.parametrize("name", sorted(name for name in LISTS if LISTS[name].state))
def test_a_list_that_opens_on_what_is_open_comes_by_a_date(name):
    """Rows of several states are merged here: of texts only the database knows the order."""
    declared = LISTS[name]

    column = declared.column(declared.default_sort)  # the first on top: not descending
    field = declared.example().model._meta.get_field(column.sort)
    assert field.get_internal_type() in {"DateTimeField", "DateField"}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_list_comes_back_from_excel_or_says_why_it_does_not(name):
    declared = LISTS[name]
    edits = [column.edit.field for column in declared.columns if column.edit]
    if not declared.sheet:
        assert str(declared.closed), "say sheet=, or closed= with the reason and the way instead"
        assert edits == []
        return
    row_class = row_class_of(declared.sheet)
    assert row_class is not None, f"no sheet of the plant is called {declared.sheet}"
    assert set(edits) <= columns_of(row_class).keys()
    assert len(edits) == len(set(edits))
    assert declared.key_column().edit.field == row_class.KEY[0]
    silent = [c.name for c in declared.columns if not c.edit and not str(c.elsewhere)]
    assert silent == [], "say elsewhere= for a column that is only read"


@pytest.mark.parametrize("name", sorted(name for name in LISTS if LISTS[name].sheet))
def test_words_of_a_column_are_those_that_its_field_takes(name):
    declared = LISTS[name]
    columns = columns_of(row_class_of(declared.sheet))
    for column in declared.columns:
        if column.edit is None or not column.edit.words:
            continue
        field = columns[column.edit.field]
        for code, _word in column.edit.words:
            assert field.read(str(code), ".") is not None
        if field.choices:
            assert {code for code, _ in column.edit.words} == set(field.choices)


def test_a_sort_without_an_index_is_seen():
    from obeya.plant.resources.models import Unit

    assert sorts(plan_of(Unit.objects.order_by("dimension", "decimals", "name")))
    assert not sorts(plan_of(Unit.objects.order_by("code")))
