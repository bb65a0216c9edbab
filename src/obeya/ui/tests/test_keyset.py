import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from obeya.ui.lists import Column, List, keyset, sort_queries
from obeya.ui.lists.keyset import Cursor

scores = st.lists(st.one_of(st.none(), st.integers(-3, 3)), max_size=40)
hypothesis_of_a_table = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def fill(things, values):
    things.objects.all().delete()
    things.objects.bulk_create(things(code=f"T{i}", score=v) for i, v in enumerate(values))


def sorted_by_hand(things, descending):
    """The definition: valued rows by (value, id), then rows without a value by id."""
    rows = list(things.objects.all())
    valued = sorted((r for r in rows if r.score is not None), key=lambda r: (r.score, r.pk))
    missing = sorted((r for r in rows if r.score is None), key=lambda r: r.pk)
    return valued[::-1] + missing[::-1] if descending else valued + missing


@hypothesis_of_a_table
@given(values=scores, descending=st.booleans(), size=st.integers(1, 7))
def test_walking_forward_shows_every_row_once_in_order(things, values, descending, size):
    fill(things, values)
    expected = sorted_by_hand(things, descending)

    seen, after = [], None
    while True:
        page = keyset.forward(things.objects.all(), "score", descending, size, after)
        assert len(page.rows) <= size
        seen += page.rows
        after = page.after
        if after is None:
            break

    assert seen == expected


@hypothesis_of_a_table
@given(values=scores, descending=st.booleans(), size=st.integers(1, 7), data=st.data())
def test_the_page_before_ends_just_before(things, values, descending, size, data):
    fill(things, values)
    expected = sorted_by_hand(things, descending)
    if not expected:
        return
    at = data.draw(st.integers(0, len(expected) - 1))

    page = keyset.backward(
        things.objects.all(), "score", descending, size, Cursor.at(expected[at], "score")
    )

    assert page.rows == expected[max(0, at - size) : at]
    assert (page.before is not None) == (at > size)


@hypothesis_of_a_table
@given(values=scores, descending=st.booleans())
def test_an_export_has_the_same_order(things, values, descending):
    fill(things, values)

    rows = list(keyset.every(things.objects.all(), "score", descending))

    assert rows == sorted_by_hand(things, descending)


def test_a_row_deleted_under_the_cursor_moves_nothing(things):
    fill(things, [1, 1, 2, 3])
    first = keyset.forward(things.objects.all(), "score", False, 2, None)
    first.rows[-1].delete()

    second = keyset.forward(things.objects.all(), "score", False, 2, first.after)

    assert [row.score for row in second.rows] == [2, 3]


def test_a_cursor_survives_the_address(things):
    fill(things, [7])
    cursor = Cursor(7, 12)

    text = cursor.encode(things, "score")

    assert Cursor.decode(text, things, "score") == cursor
    assert Cursor.decode(Cursor(None, 3).encode(things, "score"), things, "score") == Cursor(
        None, 3
    )


@pytest.mark.parametrize("text", ["", "x", "W10", "WyJhIiwxXQ", "bnVsbA", "eyJhIjoxfQ"])
def test_a_cursor_written_by_hand_is_none(things, text):
    assert Cursor.decode(text, things, "score") is None


def test_counts_stop_at_the_cap(things):
    fill(things, range(12))

    assert keyset.capped_count(things.objects.all(), cap=10) == (10, True)
    assert keyset.capped_count(things.objects.all(), cap=12) == (12, False)


def test_no_piece_of_a_page_needs_a_sort(things):
    fill(things, [*range(300), *[None] * 300])
    declared = List(
        name="things",
        title="Things",
        columns=[Column("score", "Score", sort="score")],
        default_sort="score",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")

    plans = [query.explain() for _, query in sort_queries(declared, things.objects.all())]

    assert len(plans) == 10  # two directions: two pieces on the first page, three later
    for plan in plans:
        assert "ui_test_thing_" in plan or "INDEX" in plan  # the planner may take the key's own
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


def test_a_row_that_changes_its_state_between_two_queries_is_shown_once(things):
    things.objects.bulk_create(things(code=code, score=1) for code in "AB")
    first, second = things.objects.order_by("code", "pk")
    twice = [things.objects.filter(code__in="AB"), things.objects.filter(code="B")]

    page = keyset.forward(twice, "code", descending=False, size=9, after=None)

    assert page.rows == [first, second]
