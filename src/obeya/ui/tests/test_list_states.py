"""Lists whose rows have a state: they open on what is open, and every address keeps the choice."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from obeya.ui.lists import BulkAction, Column, Filter, List, State, keyset, respond
from obeya.ui.lists.question import Question

FIRST = datetime(2026, 8, 3, tzinfo=UTC)
ROWS = {"A": 4, "B": 5, "C": 2, "D": 1, "E": 2, "F": 3, "G": 1}  # made one day after another
LIST = List(
    name="things",
    title="Things",
    columns=[
        Column("code", "Code", sort="code"),
        Column("made_at", "Made", sort="made_at", kind="moment"),
    ],
    state=State("score", open=("1", "2", "3"), done=("4", "5")),
    filters=[Filter("level", "Level", lookup="score", choices=[(n, n) for n in "12345"])],
    search=lambda rows, text: rows.filter(code__icontains=text),
    bulk=[BulkAction("say", "Say", lambda request, rows: " ".join(codes(rows)))],
    default_sort="made_at",
    page_size=3,
    empty_title="No things yet",
)  # fmt: skip


def codes(rows):
    return sorted(rows.values_list("code", flat=True))


@pytest.fixture
def ask(rf, things):
    """What a request for the list shows: (codes in order, [(side, count, address)], the page)."""
    things.objects.bulk_create(
        things(code=code, score=score, made_at=FIRST + timedelta(days=n))
        for n, (code, score) in enumerate(ROWS.items())
    )

    def asking(query="", method="get", data=None):
        request = getattr(rf, method)(f"/things/{query}", data)
        request.user = AnonymousUser()
        return respond(request, LIST, things.objects.all())

    return asking


def shown(answer) -> str:
    text = answer.content.decode()
    return "".join(part[0] for part in text.split('<th scope="row">')[1:])


def sides(answer) -> list[str]:
    """[what stands in the control, the chosen one in brackets]."""
    control = answer.content.decode().split('class="sides"')[1].split("</a></span>")[0]
    told = []
    for part in control.split("<a ")[1:]:
        words = part.split(">", 1)[1].replace('<span class="tabs__count">', "").split("<")[0]
        told.append(f"[{words}]" if 'aria-current="true"' in part.split(">")[0] else words)
    return told


def address_of(answer, rel):
    html = answer.content.decode().split(f'rel="{rel}"')[0]
    return html.rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")


def test_a_list_opens_on_what_is_open_the_first_on_top(ask):
    first = ask()

    assert shown(first) == "CDE"
    assert sides(first) == ["[Open 5]", "Done 2", "All 7"]
    assert address_of(first, "next").startswith("?after=")
    assert shown(ask(address_of(first, "next"))) == "FG"


def test_done_and_all_begin_with_the_last(ask):
    assert shown(ask("?state=done")) == "BA"
    assert shown(ask("?state=all")) == "GFE"
    assert shown(ask("?state=all&sort=made_at")) == "ABC"


def test_pages_and_headings_keep_the_choice(ask):
    first = ask("?state=all")
    second = ask(address_of(first, "next"))

    assert address_of(first, "next").startswith("?state=all&after=")
    assert shown(second) == "DCB"
    assert shown(ask(address_of(second, "prev"))) == "GFE"
    question = Question.read(LIST, QueryDict("state=done"))
    assert question.toggled(LIST.columns[0]) == "?state=done&sort=code"
    assert question.toggled(LIST.columns[1]) == "?state=done&sort=made_at"


def test_a_search_stays_on_its_side_and_offers_the_others(ask):
    found = ask("?q=a")

    assert shown(found) == ""
    assert sides(found) == ["[Open 0]", "Done 1", "All 1"]
    assert 'href="?state=all&amp;q=a" hx-get="?state=all&amp;q=a">Show all: 1 row</a>' in (
        found.content.decode()
    )


@pytest.mark.parametrize(
    ("query", "rows", "state"),
    [
        ("?level=4", "A", "done"),
        ("?level=1", "DG", "open"),
        ("?level=4&state=open", "A", "done"),  # the value is narrower than the side: it holds
        ("?level=4&state=all", "A", "all"),
        ("?state=nonsense", "CDE", "open"),
    ],
)
def test_a_filter_by_one_state_leads_to_its_side(ask, query, rows, state):
    assert shown(ask(query)) == rows
    assert Question.read(LIST, QueryDict(query[1:])).state == state


def test_a_click_on_a_side_forgets_the_filter_by_one_state_and_keeps_the_others():
    question = Question.read(LIST, QueryDict("level=4&q=a&sort=code"))

    assert question.address() == "?level=4&q=a&sort=code"
    assert [question.side(name) for name in ("open", "done", "all")] == [
        "?q=a&sort=code",
        "?state=done&q=a&sort=code",
        "?state=all&q=a&sort=code",
    ]


def test_counts_beside_a_filter_by_one_state_are_those_of_the_click(ask):
    filtered = ask("?level=4")

    assert sides(filtered) == ["Open 5", "[Done 2]", "All 7"]
    assert '<span role="status">1 row</span>' in filtered.content.decode()


def test_the_workbook_has_the_rows_of_the_choice_and_says_so(ask):
    def exported(query):
        book = load_workbook(io.BytesIO(b"".join(ask(query).streaming_content)))
        told = {row[0].value: row[1].value for row in book["About this file"].rows}
        return "".join(row[0].value for row in list(book.worksheets[0].rows)[1:]), told["Filter"]

    assert exported("?format=xlsx") == ("CDEFG", "Shown: Open")
    assert exported("?format=xlsx&state=done&q=b") == ("B", "Search: b; Shown: Done")
    assert exported("?format=xlsx&state=all") == ("GFEDCBA", "none: all rows")


def test_everything_of_a_bulk_verb_is_what_is_shown_and_no_more(ask):
    done = ask("?state=done", method="post", data={"bulk": "say", "everything": "1"})
    opened = ask(method="post", data={"bulk": "say", "everything": "1"})

    assert '"text": "A B"' in done.headers["HX-Trigger"]
    assert '"text": "C D E F G"' in opened.headers["HX-Trigger"]


def test_an_empty_side_says_so_and_leads_to_all(ask, things):
    things.objects.filter(score__lt=4).delete()
    nothing_open = ask().content.decode()
    things.objects.update(score=1)
    nothing_done = ask("?state=done").content.decode()
    things.objects.all().delete()

    assert "<h2>Nothing open.</h2>" in nothing_open
    assert 'href="?state=all" hx-get="?state=all">Show all: 2 rows</a>' in nothing_open
    assert "<h2>Nothing done yet.</h2>" in nothing_done
    assert "<h2>No things yet</h2>" in ask_again(things)


def ask_again(things):
    from django.test import RequestFactory

    request = RequestFactory().get("/things/")
    request.user = AnonymousUser()
    return respond(request, LIST, things.objects.all()).content.decode()


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 5),  # three open states, and two counts
        ("?state=done", 6),  # two done states; the page reaches rows without a date: two more
        ("?state=all", 3),
        ("?state=all&level=4", 5),  # and what the filter finds, beside what a click would
    ],
)
def test_a_page_costs_a_query_for_each_state_and_two_counts(
    ask, query, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        ask(query)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    values=st.lists(
        st.tuples(st.sampled_from("XYZ"), st.one_of(st.none(), st.integers(-2, 2))), max_size=30
    ),
    descending=st.booleans(),
    size=st.integers(1, 5),
)
def test_rows_read_apart_come_in_the_order_of_rows_read_together(things, values, descending, size):
    things.objects.all().delete()
    things.objects.bulk_create(things(code=code, score=score) for code, score in values)
    together = list(keyset.every(things.objects.all(), "score", descending))
    apart = [things.objects.filter(code=code) for code in "XYZ"]

    seen, back, after, before = [], [], None, None
    while True:
        page = keyset.forward(apart, "score", descending, size, after)
        seen += page.rows
        last, after = page, page.after
        if after is None:
            break
    before = last.before
    while before is not None:
        page = keyset.backward(apart, "score", descending, size, before)
        back, before = page.rows + back, page.before

    assert seen == together
    assert back + last.rows == together
    assert list(keyset.every(apart, "score", descending)) == together
