"""What stopped halfway is kept for a time, so that somebody may go on with it, then given up."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.db.models import F

from obeya.modules.exchange.actions import (
    AlreadyApplied,
    NoSuchImport,
    begin_take_over,
    give_up_imports,
    to_clear,
    to_give_up,
)
from obeya.modules.exchange.kinds import TAKE_OVER
from obeya.modules.exchange.models import FileImport, ImportPart, ImportRow, ShadowNight
from obeya.modules.exchange.sweeping import KEPT_HALFWAY
from obeya.modules.exchange.tests.large_file import work
from obeya.modules.exchange.tests.previews import send
from obeya.modules.exchange.tests.sweeps import let_lie, sweep
from obeya.plant.log import clock, runs
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.resources.models import Material

FIX = ["Materials", 2, "name", "Ann Forest's table"]
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def stopped(browser_of_ada, preview, begun) -> FileImport:
    """Two parts are in, then somebody stopped it."""
    work(parts=2)
    browser_of_ada.post(f"{preview}stop/")
    begun.refresh_from_db()
    assert (begun.stage, rows_by_part(begun)) == ("halfway", [False, False, *[True] * 5])
    return begun


@pytest.fixture
def halfway(oak) -> FileImport:
    """The same as rows: one part of two is in, a worker failed at the other."""
    at = clock.real_now()
    by = system_actor()
    run = Run.objects.create(
        kind=TAKE_OVER, site=oak, actor_id=by.account_id, status="failed", asked_at=at, ended_at=at
    )
    done = FileImport.objects.create(
        site=oak, sent_by_id=by.account_id, name="plant.xlsx", stored_as="imports/a/plant.xlsx",
        profile="obeya", into="OAK", checked_at=at, begun_at=at, run=run,
    )  # fmt: skip
    for place, taken_at in enumerate([at, None]):
        done.parts.create(
            place=place, sheet="Materials", count=1, first=2 + place, last=2 + place,
            rows="" if taken_at else "a row", taken_at=taken_at,
        )  # fmt: skip
    return done


def rows_by_part(done):
    """Whether the rows of each part are kept."""
    return [rows != "" for rows in done.valid_parts().values_list("rows", flat=True)]


def happened(done, at, **more):
    """All that was done with it was done then; of undo, what is said."""
    values = {"checked_at": at, "begun_at": at} | more
    FileImport.objects.filter(pk=done.pk).update(**values)
    done.parts.exclude(taken_at=None).update(taken_at=at)
    Run.objects.filter(pk=done.run_id).update(asked_at=at, started_at=at, ended_at=at)
    done.refresh_from_db()


def ago(days):
    return clock.real_now() - timedelta(days=days)


def told(kind):
    events = OperationsEvent.objects.filter(kind=f"exchange.{kind}").order_by("pk")
    return [(event.actor.kind, event.data["imports"]) for event in events]


def test_what_stopped_halfway_is_given_up_after_thirty_days_with_its_rows_and_its_file(
    browser_of_ada, preview, stopped, by
):
    happened(stopped, ago(days=31), fixes=[FIX])
    let_lie(stopped.stored_as, days=31)
    materials = Material.objects.count()

    sweep()
    sweep()

    stopped.refresh_from_db()
    assert (stopped.stage, stopped.fixes, stopped.is_cleared) == ("given up", [], True)
    assert rows_by_part(stopped) == [False] * 7
    assert not ImportRow.objects.filter(file_import=stopped).exists()
    assert not default_storage.exists(stopped.stored_as)
    assert Material.objects.count() == materials
    assert told("imports_given_up") == [("system", [stopped.pk])]
    assert told("previews_cleared") == told("imports_forgotten") == []
    assert timedelta(days=30) == KEPT_HALFWAY

    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "nobody had gone on with it for 30 days, and the file is kept here no more." in page
    assert "Choose the file again: its preview shows what is left." in page
    assert "Undo what was taken over" in page
    assert "Go on" not in page
    assert ">given up<" in browser_of_ada.get("/s/OAK/import/").content.decode().replace("\n", "")
    with pytest.raises(
        AlreadyApplied, match=r"plant\.xlsx was given up, since nobody went on with"
    ):
        begin_take_over(site=stopped.site, checked=stopped, by=by)


def test_what_of_it_is_in_the_plant_is_undone_after_that(browser_of_ada, preview, stopped):
    assert Material.objects.filter(code__startswith="X-").count() == 46
    happened(stopped, ago(days=31))
    sweep()

    browser_of_ada.post(f"{preview}undo/")
    stopped.refresh_from_db()
    assert stopped.stage == "being undone"
    runs.drain()

    stopped.refresh_from_db()
    assert stopped.stage == "undone"
    assert not Material.objects.filter(code__startswith="X-").exists()
    assert Material.objects.get(code="TABLE").name == "Oak table"


def test_the_file_sent_again_shows_what_is_left(browser_of_ada, stopped, large):
    happened(stopped, ago(days=31))
    sweep()

    again = send(browser_of_ada, large)

    checked = FileImport.objects.latest("pk")
    assert again == f"/s/OAK/import/{checked.pk}/"
    assert (checked.rows_in("new"), checked.stage) == (114, "open")


@pytest.mark.parametrize("what", ["the beginning", "a part", "a run"])
def test_the_last_that_was_done_with_it_counts_to_the_moment(halfway, what):
    before = ago(days=30)
    happened(halfway, before - timedelta(days=9))

    def last_done(at):
        if what == "the beginning":
            happened(halfway, at)
        elif what == "a part":
            halfway.parts.filter(place=0).update(taken_at=at)
        else:
            Run.objects.filter(pk=halfway.run_id).update(ended_at=at)
        return list(to_give_up(before))

    assert last_done(before + A_MOMENT) == []
    assert last_done(before) == []
    assert last_done(before - A_MOMENT) == [halfway]


@pytest.mark.parametrize("status", ["waiting", "running"])
def test_one_that_runs_again_is_not_touched_however_old_it_is(halfway, by, status):
    happened(halfway, ago(days=400))
    Run.objects.filter(pk=halfway.run_id).update(status=status, ended_at=None)

    sweep()
    with pytest.raises(NoSuchImport, match="None of them has stopped halfway so long ago"):
        give_up_imports(imports=[halfway], before=clock.real_now(), by=by)

    halfway.refresh_from_db()
    assert (halfway.stage, halfway.given_up_at, halfway.cleared_at) == ("under way", None, None)
    assert rows_by_part(halfway) == [False, True]


@pytest.mark.parametrize(
    ("stage", "values"),
    [
        ("applied", {"applied_at": ago(days=31)}),
        ("half undone", {"undo_begun_at": ago(days=31)}),
        ("undone", {"undo_begun_at": ago(days=31), "undone_at": ago(days=31)}),
        ("open", {"begun_at": None}),
    ],
)
def test_only_what_is_halfway_in_is_given_up(halfway, by, stage, values):
    happened(halfway, ago(days=40), **values)
    assert halfway.stage == stage

    with pytest.raises(NoSuchImport, match="None of them has stopped halfway so long ago"):
        give_up_imports(imports=[halfway], before=clock.real_now(), by=by)

    assert list(to_give_up(clock.real_now())) == []


@pytest.mark.parametrize("values", [{"begun_at": None}, {"applied_at": F("checked_at")}])
def test_the_database_holds_that_only_what_is_halfway_in_is_given_up(halfway, values):
    with pytest.raises(IntegrityError, match="file_import_given_up_is_halfway"):
        FileImport.objects.update(given_up_at=clock.real_now(), **values)


def test_one_whose_undo_stopped_halfway_is_cleared_after_ninety_days_and_its_rest_undone(
    browser_of_ada, preview, stopped
):
    browser_of_ada.post(f"{preview}undo/")
    work(parts=1)
    browser_of_ada.post(f"{preview}stop/")
    stopped.refresh_from_db()
    before = ago(days=90)
    happened(stopped, before - A_MOMENT, undo_begun_at=before - A_MOMENT)
    undone = ImportPart.objects.exclude(undone_at=None)
    undone.update(undone_at=before)
    assert (stopped.stage, list(to_clear(before))) == ("half undone", [])
    undone.update(undone_at=before - A_MOMENT)
    assert list(to_clear(before)) == [stopped]
    let_lie(stopped.stored_as, days=90)

    sweep()

    stopped.refresh_from_db()
    assert (stopped.stage, stopped.is_cleared) == ("half undone", True)
    assert rows_by_part(stopped) == [False] * 7
    assert not ImportRow.objects.filter(file_import=stopped).exists()
    assert not default_storage.exists(stopped.stored_as)
    browser_of_ada.post(f"{preview}undo/")
    runs.drain()
    stopped.refresh_from_db()
    assert stopped.stage == "undone"
    assert Material.objects.get(code="TABLE").name == "Oak table"


def test_a_night_of_the_erp_says_that_its_rest_was_given_up(browser_of_ada, erp, night, stopped):
    erp(["BEAM", "beam", 1, 1])
    taken = night()
    ShadowNight.objects.filter(pk=taken.pk).update(file_import=stopped)
    happened(stopped, ago(days=31))
    sweep()

    found = ShadowNight.objects.get(pk=taken.pk)
    assert (found.stage, found.is_well) == ("given up", False)
    assert (found.told_state, found.why) == (
        "taken over in part, then given up",
        "Nobody went on with the rest, which is kept no more.",
    )
    page = browser_of_ada.get(f"/s/OAK/shadow/{found.source.name}/").content.decode()
    assert "Nobody went on with the rest, which is kept no more." in page
