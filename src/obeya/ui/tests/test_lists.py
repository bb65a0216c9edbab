import io
import tracemalloc
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from openpyxl import load_workbook

from obeya.ui.lists import BulkAction, Column, Filter, List, export, keyset, respond
from obeya.ui.lists.question import Question


def a_list(**changes):
    return List(
        **{
            "name": "things",
            "title": "Things",
            "columns": [
                Column("code", "Code", sort="code", url=lambda row: f"/things/{row.pk}/"),
                Column("score", "Score", sort="score", kind="number"),
                Column("made_at", "Made", sort="made_at", kind="moment", is_optional=True),
            ],
            "filters": [
                Filter("level", "Level", lookup="score", choices=[("1", "low"), ("2", "high")]),
                Filter("since", "Since", lookup="made_at__gte", kind="date"),
            ],
            "search": lambda rows, text: rows.filter(code__icontains=text),
            "default_sort": "code",
            "page_size": 3,
        }
        | changes
    )


@pytest.fixture
def ask(rf, things):
    """The answer to a request about seven things, as text, and the request's own answer."""
    things.objects.bulk_create(things(code=f"T-{n}", score=n % 3 or None) for n in range(7))

    def asking(query="", declared=None, method="get", data=None, **headers):
        request = getattr(rf, method)(f"/things/{query}", data, headers=headers)
        request.user = AnonymousUser()
        return respond(request, declared or a_list(), things.objects.all())

    return asking


def test_a_whole_page_for_a_browser_and_the_list_alone_for_htmx(ask):
    whole = ask().content.decode()
    part = ask(**{"HX-Request": "true", "HX-Target": "div#list-things"}).content.decode()

    assert whole.lstrip().startswith("<!doctype html>")
    assert part.lstrip().startswith('<div id="list-things"')
    assert "HX-Target" in ask().headers["Vary"]


def test_pages_follow_each_other_and_lead_back(ask):
    first = ask().content.decode()
    assert [f"T-{n}" in first for n in range(7)] == [True] * 3 + [False] * 4
    assert 'rel="prev"' not in first

    second = ask(address_of(first, "next")).content.decode()
    assert [f"T-{n}" in second for n in range(7)] == [False] * 3 + [True] * 3 + [False]

    again = ask(address_of(second, "prev")).content.decode()
    assert [f"T-{n}" in again for n in range(7)] == [True] * 3 + [False] * 4


def address_of(html, rel):
    return html.split(f'rel="{rel}"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")


def test_a_filter_and_a_search_narrow_and_count(ask):
    assert "2 rows" in ask("?level=2").content.decode()
    assert "1 row" in ask("?q=t-4").content.decode()
    assert "Nothing fits these filters" in ask("?q=zzz").content.decode()


def test_htmx_is_told_the_plain_address_and_only_a_turned_page_is_a_step_back(ask):
    as_part = {"HX-Request": "true", "HX-Target": "div#list-things"}
    typed = ask("?sort=code&q=&level=2&columns=code&columns=score", **as_part)
    turned = ask(address_of(ask().content.decode(), "next"), **as_part)

    assert typed.headers["HX-Replace-Url"] == "/things/?level=2"
    assert turned.headers["HX-Push-Url"].startswith("/things/?after=")


@pytest.mark.parametrize(
    "query",
    [
        "?sort=nonsense",
        "?level=9",
        "?since=tomorrow",
        "?since=2026-02-31",
        "?after=%00",
        "?columns=no",
        "?q=%00",
        "?before=zzz",
    ],
)
def test_an_old_or_forged_address_still_answers(ask, query):
    assert ask(query).status_code == 200


def test_columns_are_chosen_in_the_address_and_the_first_always_stays():
    question = Question.read(a_list(), QueryDict("columns=made_at"))

    assert [column.name for column in question.columns] == ["code", "made_at"]
    assert question.address() == "?columns=code%2Cmade_at"


def test_a_heading_turns_the_sort_round():
    question = Question.read(a_list(), QueryDict("sort=score&level=1&after=abc"))

    assert question.toggled(question.sort) == "?level=1&sort=-score"
    assert question.toggled(a_list().columns[0]) == "?level=1"


def test_a_bulk_action_runs_on_the_ticked_rows_or_on_the_filter(ask, things):
    reached = []
    counted = BulkAction(
        "count", "Count", lambda request, rows: reached.append(rows.count()) or "ok"
    )
    declared = a_list(bulk=[counted])
    ids = list(things.objects.values_list("pk", flat=True))[:2]

    answer = ask(declared=declared, method="post", data={"bulk": "count", "pick": ids})
    ask("?level=1", declared=declared, method="post", data={"bulk": "count", "everything": "1"})
    ask(declared=declared, method="post", data={"bulk": "unknown", "pick": ids})

    assert reached == [2, 2]
    assert '"text": "ok"' in answer.headers["HX-Trigger"]


def test_a_bulk_action_without_permission_does_not_run(rf, things):
    thing = things.objects.create(code="A")
    ran = []
    verb = BulkAction("go", "Go", lambda request, rows: ran.append(1) or "", permission="x.go")
    request = rf.post("/", {"bulk": "go", "pick": thing.pk})

    respond(request, a_list(bulk=[verb]), things.objects.all(), may=lambda permission: False)

    assert ran == []


def test_the_workbook_has_the_filters_rows_and_runs_no_formula(ask, things):
    things.objects.create(code="=1+1", score=2)

    answer = ask("?level=2&format=xlsx&sort=-code")

    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Code", "Score"],
        ["T-5", 2],
        ["T-2", 2],
        ["=1+1", 2],
    ]
    risky = sheet["A4"]
    assert (risky.data_type, risky.quotePrefix) == ("s", True)


def test_a_workbook_of_ten_times_the_rows_takes_no_more_memory(things, monkeypatch):
    monkeypatch.setattr(export, "BATCH", 200)
    monkeypatch.setattr(keyset, "CHUNK", 200)

    def peak(rows):
        things.objects.all().delete()
        things.objects.bulk_create([things(code=f"T-{n}", score=n) for n in range(rows)])
        question = Question.read(a_list(), QueryDict(""))
        tracemalloc.start()
        export.as_workbook(question, things.objects.all()).file_to_stream.close()
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(600)  # what is loaded once
    assert peak(6_000) < 1.2 * peak(600)


def test_enrich_is_called_once_for_the_rows_of_the_page(ask):
    calls = []
    ask(declared=a_list(enrich=lambda rows: calls.append(len(rows))))

    assert calls == [3]


def test_a_page_costs_two_queries_and_three_where_it_reaches_the_rows_without_a_value(
    ask, django_assert_num_queries
):
    with django_assert_num_queries(2):
        ask()
    with django_assert_num_queries(3):
        ask("?sort=score", declared=a_list(page_size=6))


def test_a_list_must_sort_by_something():
    with pytest.raises(ValueError, match="Expected default_sort of list things"):
        a_list(default_sort="nothing")


def test_amounts_read_as_people_write_them():
    from obeya.ui.templatetags.ui import amount

    assert [amount(value) for value in (Decimal("1200.000000"), Decimal("48.50"), 96000, None)] == [
        "1,200",
        "48.5",
        "96,000",
        "–",
    ]
