"""Previews that were abandoned, and the files that nobody reads any more."""

import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from obeya.modules.exchange import uploads
from obeya.modules.exchange.models import FileImport, ImportRow
from obeya.modules.exchange.sweeping import KEPT, sweep_imports
from obeya.modules.exchange.tests import files
from obeya.plant.log import clock, timetable
from obeya.plant.log.actor import system_actor
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


def let_lie(place, days=8):
    old = (clock.real_now() - timedelta(days=days)).timestamp()
    os.utime(default_storage.path(place), (old, old))


def sweep():
    sweep_imports(by=system_actor(), key="a day")


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


def test_nothing_to_sweep_is_no_event(db):
    sweep()

    assert not OperationsEvent.objects.exists()


def test_the_timetable_sweeps_once_a_day():
    [entry] = [each for each in timetable.entries() if each.do is sweep_imports]

    assert (entry.every_s, timedelta(days=7)) == (86_400, KEPT)
