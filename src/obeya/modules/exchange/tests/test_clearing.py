"""What the preview of an import says of rows, names of people too, is kept for 90 days."""

from datetime import timedelta

import pytest

from obeya.modules.exchange.actions import (
    ChangedOrUsedSince,
    NoSuchImport,
    clear_previews,
    undo_import,
)
from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.sweeping import KEPT_OF_AN_IMPORT
from obeya.modules.exchange.tests.example_plant import put
from obeya.modules.exchange.tests.sweeps import sweep
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Person

ANN = ["People", 2, "name", "Ann Forest"]  # corrected on the page of the preview


@pytest.fixture
def renamed(oak, example, take_over):
    """renamed(): Ann's new name is in the plant, by an import."""

    def imported(name="Ann Forest") -> FileImport:
        put(example, "People", 2, "name", name)
        return take_over({"People": example["People"]})

    return imported


def long_ago(done, *, days, **more):
    """It was sent and taken over so many days ago."""
    then = clock.real_now() - timedelta(days=days)
    values = {"checked_at": then, "applied_at": then} | more
    FileImport.objects.filter(pk=done.pk).update(**values)


def cleared():
    told = OperationsEvent.objects.filter(kind="exchange.previews_cleared").order_by("pk")
    return [event.data["imports"] for event in told]


def names_kept(done):
    rows = ImportRow.objects.filter(file_import=done)
    return "Forest" in str([*rows.values_list("named", "fields"), done.fixes])


def test_a_preview_says_nothing_of_rows_ninety_days_after_the_import(renamed, browser_of_ada):
    old, young = renamed(), renamed("Ann Forester")
    long_ago(old, days=91, fixes=[ANN])
    long_ago(young, days=89)
    old.refresh_from_db()
    assert (names_kept(old), names_kept(young)) == (True, True)

    sweep()
    sweep()

    old.refresh_from_db()
    assert (names_kept(old), names_kept(young)) == (False, True)
    assert not ImportRow.objects.filter(file_import=old).exists()
    assert (old.fixes, old.rows_in("changed")) == ([], 2)
    assert cleared() == [[old.pk]]
    assert timedelta(days=90) == KEPT_OF_AN_IMPORT
    page = browser_of_ada.get(f"/s/OAK/import/{old.pk}/", follow=True).content.decode()
    assert "Its rows are kept no more" in page
    assert "Forest" not in page
    page = browser_of_ada.get(f"/s/OAK/import/{young.pk}/", follow=True).content.decode()
    assert "Its rows are kept no more" not in page
    assert "Ann Forester" in page


def test_an_undo_after_that_leaves_names_to_be_corrected_by_hand(renamed, oak, by, digest):
    done = renamed()
    long_ago(done, days=91)
    sweep()
    before = digest()

    with pytest.raises(ChangedOrUsedSince, match=r"name of .* is personal and not kept in the log"):
        undo_import(site=oak, done=done, by=by)

    assert digest() == before
    assert Person.objects.filter(name="Ann Forest").exists()


def test_an_import_that_was_undone_is_cleared_ninety_days_after_its_undo(renamed, oak, by):
    done = renamed()
    long_ago(done, days=200)
    undo_import(site=oak, done=done, by=by)

    sweep()
    assert cleared() == []

    then = clock.real_now() - timedelta(days=91)
    long_ago(done, days=200, undone_at=then)
    sweep()
    assert cleared() == [[done.pk]]


def test_what_has_stopped_halfway_in_is_not_cleared_for_somebody_goes_on_with_it(renamed, by):
    done = renamed()
    long_ago(done, days=91, applied_at=None, begun_at=clock.real_now() - timedelta(days=29))
    done.refresh_from_db()
    assert done.stage == "halfway"

    sweep()
    with pytest.raises(NoSuchImport, match="None of them has ended"):
        clear_previews(imports=[done], by=by)

    assert cleared() == []
    assert names_kept(done)


def test_an_open_preview_is_not_cleared_but_left_as_a_whole(renamed, by):
    done = renamed()
    long_ago(done, days=8, applied_at=None)

    with pytest.raises(NoSuchImport, match="None of them has ended"):
        clear_previews(imports=[done], by=by)
    assert names_kept(done)

    sweep()
    assert not FileImport.objects.filter(pk=done.pk).exists()
    assert cleared() == []
