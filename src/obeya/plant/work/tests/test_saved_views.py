"""Views that were saved before lists had Open | Done | All show afterwards what they showed."""

import pytest
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


LISTS = ("demands", "purchases", "jobs")
QUERIES = {
    "": "?state=all",
    "?": "?state=all",
    "?until=2026-09-01&sort=-due_at": "?until=2026-09-01&sort=-due_at&state=all",
    "?q=W%C3%A4lzlager+6%2F2": "?q=W%C3%A4lzlager+6%2F2&state=all",
    "?columns=code,status": "?columns=code%2Cstatus&state=all",
    "?state=": "?state=all",
    "?state=done": "?state=done",
    "?state=open&q=4711": "?state=open&q=4711",
    "?status=cancelled&q=4711": "?status=cancelled&q=4711",  # of one state: it shows it still
}


def test_a_view_without_a_state_shows_all_rows_as_before(saved):
    told = {(name, before): saved(name, before) for name in LISTS for before in QUERIES}

    migrate(AFTER)

    assert {each: query() for each, query in told.items()} == {
        (name, before): after for name in LISTS for before, after in QUERIES.items()
    }


def test_views_of_other_lists_are_as_they_were(saved):
    stock, materials = saved("stock", "?q=steel"), saved("materials", "")

    migrate(AFTER)

    assert (stock(), materials()) == ("?q=steel", "")


def test_back_and_forth_changes_nothing_more(saved):
    query, meanwhile = saved("demands", "?q=4711"), saved("jobs", "?state=done")
    migrate(AFTER)

    migrate(BEFORE)
    assert (query(), meanwhile()) == ("?q=4711&state=all", "?state=done")

    migrate(AFTER)
    assert (query(), meanwhile()) == ("?q=4711&state=all", "?state=done")
