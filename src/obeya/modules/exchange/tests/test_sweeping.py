"""Previews that were abandoned, and the files that nobody reads any more."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.exchange import uploads
from obeya.modules.exchange.models import FileImport, ImportRow, ShadowNight
from obeya.modules.exchange.sweeping import KEPT, KEPT_OF_AN_ERP, sweep_imports
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.erp import BEAM, FIRST, NIGHT, TOP, WAX, ours
from obeya.modules.exchange.tests.sweeps import let_lie, sweep
from obeya.plant.log import clock, timetable
from obeya.plant.log.models import OperationsEvent


@pytest.fixture
def send(browser_of_ada, oak, example):
    def sent() -> FileImport:
        file = SimpleUploadedFile("oak.xlsx", files.workbook(example))
        preview = browser_of_ada.post("/s/OAK/import/", {"file": file, "profile": "obeya"}).url
        return FileImport.objects.get(pk=int(preview.split("/")[-2]))

    return sent


def grow_old(checked, days=8):
    old = clock.real_now() - timedelta(days=days)
    FileImport.objects.filter(pk=checked.pk).update(checked_at=old)
    let_lie(checked.stored_as, days)


def test_an_abandoned_preview_goes_with_its_file_after_a_week(send):
    left, fresh = send(), send()
    grow_old(left)

    sweep()

    assert FileImport.objects.get() == fresh
    assert set(ImportRow.objects.values_list("file_import", flat=True)) == {fresh.pk}
    assert not default_storage.exists(left.stored_as)
    assert default_storage.exists(fresh.stored_as)
    event = OperationsEvent.objects.get(kind="exchange.imports_forgotten")
    assert (event.data, event.actor.kind) == ({"imports": [left.pk]}, "system")


def test_a_preview_that_was_checked_again_lately_keeps_its_old_file(send):
    checked = send()
    let_lie(checked.stored_as, days=30)

    sweep()

    assert FileImport.objects.get() == checked
    assert default_storage.exists(checked.stored_as)


def test_what_was_taken_over_stays_without_its_file(browser_of_ada, send):
    checked = send()
    browser_of_ada.post(f"/s/OAK/import/{checked.pk}/apply/")
    grow_old(FileImport.objects.exclude(applied_at=None).get())

    sweep()

    assert FileImport.objects.get().applied_at is not None
    assert not default_storage.exists(checked.stored_as)
    assert not OperationsEvent.objects.filter(kind="exchange.imports_forgotten").exists()


def test_a_file_whose_preview_was_never_made_goes_too(db):
    _, orphan = uploads.keep(SimpleUploadedFile("a.csv", b"code"))
    _, newer = uploads.keep(SimpleUploadedFile("a.csv", b"code"))
    let_lie(orphan)

    sweep()

    assert not default_storage.exists(orphan)
    assert default_storage.exists(newer)


def test_one_content_under_two_names_goes_name_by_name(db):
    sha = "0" * 64
    old, young = (uploads.keep_taken(name, sha, b"code") for name in ("a.csv", "b.csv"))

    uploads.forget(old)

    assert (default_storage.exists(old), default_storage.exists(young)) == (False, True)
    uploads.forget(young)
    assert not default_storage.exists(f"shadow/{sha}")


def test_nothing_to_sweep_is_no_event(db):
    sweep()

    assert not OperationsEvent.objects.exists()


def test_the_timetable_sweeps_once_a_day():
    [entry] = [each for each in timetable.entries() if each.do is sweep_imports]

    assert (entry.every_s, timedelta(days=7)) == (86_400, KEPT)


def stored(night):
    return f"shadow/{night.sha256}/parts.xlsx"


def long_ago(*nights):
    """They were 91 days ago, and their files have lain there since."""
    ShadowNight.objects.filter(pk__in=[each.pk for each in nights]).update(
        at=clock.real_now() - timedelta(days=91)
    )
    for each in nights:
        let_lie(stored(each), days=91)


def test_a_file_of_the_erp_goes_after_ninety_days_but_not_its_last_word(erp, night):
    erp(BEAM, WAX)
    first = night()
    erp(BEAM, [*WAX[:2], 2, 2], now=FIRST + NIGHT)
    last = night(FIRST + NIGHT)
    long_ago(first, last)

    sweep()

    assert not default_storage.exists(stored(first))
    assert default_storage.exists(stored(last))
    first.refresh_from_db()
    assert first.file_import.applied_at is not None  # what it changed is still told, and undone
    assert timedelta(days=90) == KEPT_OF_AN_ERP


def test_a_file_that_came_again_lately_stays_and_a_young_one_too(erp, night):
    erp(BEAM, WAX)
    first = night()
    erp([*BEAM[:2], 9, 7], WAX, now=FIRST + NIGHT)
    other = night(FIRST + NIGHT)
    erp(TOP, now=FIRST + 2 * NIGHT)  # half as many rows: enough
    night(FIRST + 2 * NIGHT)
    long_ago(first)
    ShadowNight.objects.create(
        source=first.source, sha256=first.sha256, state="refused", at=clock.real_now()
    )

    sweep()

    assert default_storage.exists(stored(first))
    assert default_storage.exists(stored(other))


def test_a_file_in_which_a_difference_was_found_stays(source, by, erp, night):
    ours(source, by)
    erp(BEAM, WAX)
    first = night()
    assert first.counts["field"] == 1
    erp(BEAM, WAX, TOP, now=FIRST + NIGHT)
    last = night(FIRST + NIGHT)
    source.differences.update(night=first)
    long_ago(first, last)

    sweep()

    assert default_storage.exists(stored(first))


def test_a_file_of_a_night_that_stopped_halfway_stays_with_its_import(source, erp, night):
    erp(BEAM, WAX)
    first = night()
    erp(BEAM, [*WAX[:2], 2, 2], now=FIRST + NIGHT)
    night(FIRST + NIGHT)
    long_ago(first)
    FileImport.objects.filter(pk=first.file_import_id).update(
        applied_at=None, begun_at=clock.real_now()
    )

    sweep()

    assert default_storage.exists(stored(first))
