"""A sort that a list offers is served by an index: no list sorts a million rows at each click."""

import pytest
from django.db import connection

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


def test_a_sort_without_an_index_is_seen():
    from obeya.plant.resources.models import Unit

    assert sorts(plan_of(Unit.objects.order_by("dimension", "decimals", "name")))
    assert not sorts(plan_of(Unit.objects.order_by("code")))
