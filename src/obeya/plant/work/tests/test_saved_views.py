"""Views that were saved before lists had Open | Done | All show afterwards what they showed."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from obeya.plant.log.models import Account
from obeya.ui.models import SavedView

BEFORE, AFTER = ("work", "0003_assumed_times"), ("work", "0004_saved_views_show_all")


def migrate(target: tuple[str, str]) -> None:
    MigrationExecutor(connection).migrate([target])


@pytest.fixture
def saved(transactional_db):
    """saved(list, query) → a function that says its query of today."""
    person = Account.objects.create(username="paula", kind="person")
    migrate(BEFORE)

    def save(list_name: str, query: str):
        name = f"view {SavedView.objects.count()}"
        view = SavedView.objects.create(owner=person, list_name=list_name, name=name, query=query)

        def now() -> str:
            view.refresh_from_db()
            return view.query

        return now

    yield save
    migrate(AFTER)


LISTS = {"demands": "due_at", "purchases": "due_at", "jobs": "planned_start_at"}
#: more than any page answers
MANY = "?" + "&".join(f"q{n}" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
QUERIES = {
    "": "?state=all&sort=BY",
    "?": "?state=all&sort=BY",
    "?sort=&q=4711": "?sort=BY&q=4711&state=all",
    "?until=2026-09-01&sort=-due_at": "?until=2026-09-01&sort=-due_at&state=all",
    "?q=W%C3%A4lzlager+6%2F2": "?q=W%C3%A4lzlager+6%2F2&state=all&sort=BY",
    "?columns=code,status": "?columns=code%2Cstatus&state=all&sort=BY",
    "?state=": "?state=all&sort=BY",
    MANY: MANY,
    "?state=done": "?state=done",
    "?state=open&q=4711": "?state=open&q=4711",
    "?status=cancelled&q=4711": "?status=cancelled&q=4711&sort=BY",  # of one state: it does still
}


def test_a_view_without_a_state_shows_all_rows_as_before_the_earliest_first(saved):
    told = {(name, before): saved(name, before) for name in LISTS for before in QUERIES}

    migrate(AFTER)

    assert {each: query() for each, query in told.items()} == {
        (name, before): after.replace("BY", by)
        for name, by in LISTS.items()
        for before, after in QUERIES.items()
    }


def test_views_of_other_lists_are_as_they_were(saved):
    stock, materials = saved("stock", "?q=steel"), saved("materials", "")

    migrate(AFTER)

    assert (stock(), materials()) == ("?q=steel", "")


def test_back_and_forth_changes_nothing_more(saved):
    query, meanwhile = saved("demands", "?q=4711"), saved("jobs", "?state=done")
    all_rows = "?q=4711&state=all&sort=due_at"
    migrate(AFTER)

    migrate(BEFORE)
    assert (query(), meanwhile()) == (all_rows, "?state=done")

    migrate(AFTER)
    assert (query(), meanwhile()) == (all_rows, "?state=done")
