"""The messages on the page: what waits, then what was accepted last, however many there are."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from obeya.modules.calloffs import queries
from obeya.modules.calloffs.models import CallOffRelease
from obeya.modules.calloffs.tests import sending as s

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 11, 18, tzinfo=UTC)


def many(plant, count, *, waiting):
    """Accepted an hour after one another, but for the first few, which wait."""
    like = s.receive(plant, s.delfor(s.part("4711-A", 500, 400, 900)))
    kept = {each.name: getattr(like, each.name) for each in CallOffRelease._meta.concrete_fields}
    CallOffRelease.objects.all().delete()
    CallOffRelease.objects.bulk_create(
        CallOffRelease(**kept | {
            "id": None, "digest": f"{n}", "document": f"CO-{n}",
            "accepted_at": None if n < waiting else FIRST + timedelta(hours=n),
        })
        for n in range(count)
    )  # fmt: skip


def shown(plant):
    return [each.document for each in queries.releases(site=plant.site, by=plant.by)]


def test_what_waits_stands_before_what_was_accepted_last(plant):
    many(plant, 50, waiting=2)

    assert shown(plant) == ["CO-1", "CO-0", *(f"CO-{n}" for n in range(49, 21, -1))]


def test_more_than_a_page_that_waits_leaves_no_room_for_what_was_accepted(
    plant, django_assert_num_queries
):
    many(plant, 50, waiting=40)

    with django_assert_num_queries(1):
        assert shown(plant) == [f"CO-{n}" for n in range(39, 9, -1)]


def test_neither_needs_to_be_sorted_their_index_gives_the_order(plant):
    many(plant, 2_000, waiting=3)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE calloffs_calloffrelease")
            # three rows are as well sorted as walked to: it sorts now only where it cannot else
            cursor.execute("SET LOCAL enable_sort = off")

    for piece in queries.release_pieces(plant.site):
        plan = piece[: queries.MOST].explain()
        assert "call_off_release_by_accepted" in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan
