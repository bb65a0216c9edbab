"""Nights that go wrong: others at work, files that change hands, an ERP that takes a word back."""

import base64
import os
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from obeya.config.cli import main
from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.exchange.actions import (
    decide_differences,
    save_shadow_sources,
    send_shadow_files,
    undo_import,
)
from obeya.modules.exchange.models import ShadowDifference, ShadowNight, ShadowSource
from obeya.modules.exchange.shadow import folder, nightly
from obeya.modules.exchange.shadow.nightly import run_due
from obeya.modules.exchange.shadow.rows import DecisionRow, ShadowFileRow, ShadowSourceRow
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.erp import (
    BEAM,
    FIRST,
    HEADER,
    NIGHT,
    TOP,
    WAX,
    differences,
    ours,
    safety,
)
from obeya.plant.log import runs
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Material

MINUTE = timedelta(minutes=1)


def test_while_a_large_file_is_taken_over_the_night_waits_and_comes_a_minute_later(begun, erp, by):
    path = erp(BEAM, WAX)

    assert run_due(by=by, now=FIRST) == []

    assert (path.exists(), ShadowSource.objects.get().due_at) == (True, FIRST)
    assert not ShadowNight.objects.exists()
    runs.drain()
    [done] = run_due(by=by, now=FIRST + MINUTE)
    assert (done.state, safety("BEAM")) == ("taken", 5)


def test_a_night_that_others_keep_waiting_for_an_hour_is_told(begun, erp, by):
    erp(BEAM, WAX, now=FIRST + timedelta(hours=1))

    [done] = run_due(by=by, now=FIRST + timedelta(hours=1))

    assert done.state == "refused"
    assert "plant.xlsx is being taken over at OAK" in done.said


def test_a_list_that_breaks_keeps_no_other_waiting(oak, source, by, monkeypatch):
    save_shadow_sources(site=oak, rows=[ShadowSourceRow("stock", "obeya", time(4))], by=by)
    ShadowSource.objects.update(due_at=FIRST)
    look = nightly.look

    def breaks(each, **asked):
        if each == source:
            raise ZeroDivisionError("nothing")
        return look(each, **asked)

    monkeypatch.setattr(nightly, "look", breaks)

    done = run_due(by=by, now=FIRST)

    assert [(each.source.name, each.state) for each in done] == [
        ("parts", "refused"),
        ("stock", "missing"),
    ]
    assert done[0].said == "The list could not be looked at: ZeroDivisionError: nothing"
    assert not ShadowSource.objects.filter(due_at__lte=FIRST).exists()


def test_a_row_that_the_file_names_twice_is_told_once_and_ours_stays(source, by, erp, night):
    ours(source, by)
    erp(BEAM, [*BEAM[:2], 6, 7], WAX)

    done = night()

    assert (done.state, done.file_import.rows_in("refused")) == ("taken", 1)
    assert safety("BEAM") == 0
    assert [d for d in differences() if d[0] == "field"] == [
        ("field", "BEAM", "safety_stock", "5", "0")
    ]


def test_what_the_erp_takes_back_is_taken_over_though_it_has_said_it_before(erp, night):
    path = erp(BEAM, WAX)
    monday = path.read_bytes()
    night()
    erp([*BEAM[:2], 9, 7], WAX, now=FIRST + NIGHT)
    night(FIRST + NIGHT)
    assert safety("BEAM") == 9
    path.write_bytes(monday)
    written = (FIRST + 2 * NIGHT).timestamp() - 600
    os.utime(path, (written, written))

    done = night(FIRST + 2 * NIGHT)

    assert (done.state, safety("BEAM")) == ("taken", 5)


def test_a_night_that_was_undone_can_be_taken_over_again(oak, by, erp, night):
    path = erp(BEAM, WAX)
    undo_import(site=oak, done=night().file_import, by=by)
    assert safety("BEAM") == 0

    assert main(["shadow", "parts", "--take", str(path.parent / "taken" / path.name)]) == 0

    assert safety("BEAM") == 5
    assert [each.state for each in ShadowNight.objects.order_by("pk")] == ["taken", "taken"]


def test_only_the_last_night_keeps_the_keys_of_its_rows(erp, night):
    erp(BEAM, WAX)
    night()
    erp(BEAM, [*WAX[:2], 2, 2], now=FIRST + NIGHT)
    night(FIRST + NIGHT)
    kept = [each.keys for each in ShadowNight.objects.order_by("pk")]
    assert kept == [{}, {"Materials": ['["BEAM"]', '["WAX"]']}]


def test_what_the_erp_writes_while_its_file_is_taken_over_waits_for_its_turn(
    erp, night, monkeypatch
):
    path = erp(BEAM, WAX)
    take = nightly.take

    def slowly(source, file, **asked):
        done = take(source, file, **asked)
        erp([*BEAM[:2], 8, 7], WAX, now=FIRST + NIGHT)
        return done

    monkeypatch.setattr(nightly, "take", slowly)
    assert night().state == "taken"
    monkeypatch.setattr(nightly, "take", take)

    assert path.exists()
    assert not (path.parent / "taken" / path.name).exists()
    assert night(FIRST + NIGHT).state == "taken"
    assert safety("BEAM") == 8


def test_a_file_that_has_become_a_link_is_not_followed(erp, night, tmp_path, monkeypatch):
    path = erp(BEAM)
    secret = tmp_path / "secret.xlsx"
    path.rename(secret)
    path.symlink_to(secret)
    monkeypatch.setattr(folder, "newest", lambda source: path)

    done = night()

    assert (done.state, safety("BEAM")) == ("refused", 0)
    assert done.said.startswith("parts.xlsx cannot be read: ")


def test_a_file_from_the_future_is_told(erp, night):
    erp(BEAM, now=FIRST + timedelta(hours=3))

    done = night()

    assert done.state == "refused"
    assert done.said.startswith("parts.xlsx says that it was written at 2027-03-01 06:50 UTC")


def test_of_a_file_that_a_dying_worker_has_kept_half_the_whole_is_read(erp, night):
    path = erp(BEAM, WAX)
    content = path.read_bytes()
    whole = folder.arrived(path.name, content, FIRST)
    half = Path(default_storage.path(f"shadow/{whole.sha256}/parts.xlsx"))
    half.parent.mkdir(parents=True)
    half.write_bytes(content[: len(content) // 2])

    assert night().state == "taken"

    assert half.read_bytes() == content
    assert safety("BEAM") == 5


def test_theirs_is_taken_also_where_a_spreadsheet_would_run_it(source, oak, by, erp, night):
    save_materials(site=oak, rows=[MaterialRow("-B1", "Bolt")], by=by)
    ours(source, by, "name")
    erp(["'-B1", "'=Bolt, 8 mm", 0, 0], TOP)
    night()
    row = ShadowDifference.objects.get(kind="field", named="-B1")
    assert row.theirs == "=Bolt, 8 mm"

    decide_differences(site=oak, rows=[DecisionRow(row.pk, "theirs")], by=by)

    assert Material.objects.get(code="-B1").name == "=Bolt, 8 mm"


def test_a_file_that_nobody_would_look_for_is_not_accepted(oak, source, by):
    content = base64.b64encode(files.workbook({"Materials": [HEADER, BEAM]})).decode()
    off = ShadowSourceRow("off", "obeya", is_on=False)
    save_shadow_sources(site=oak, rows=[off], by=by)
    sent = [ShadowFileRow("parts", ".csv", content), ShadowFileRow("off", "a.xlsx", content)]

    with pytest.raises(RowsRefused) as refused:
        send_shadow_files(site=oak, rows=sent, by=by)

    assert [each.rule for each in refused.value.problems] == [
        "not a kind of file that is read",
        "the list is off",
    ]
    assert list(folder.folder_of(source).iterdir()) == []


def test_the_command_looks_into_the_folder_now(source, capsys):
    assert main(["shadow", "parts", "--run"]) == 1
    assert "No file lies in the folder parts of this list." in capsys.readouterr().out
    assert ShadowNight.objects.get().state == "missing"


def test_the_command_does_not_overlook_that_somebody_is_sure(source, capsys):
    assert main(["shadow", "parts", "--run", "--sure"]) == 1
    assert "--take FILE --sure" in capsys.readouterr().err
    assert not ShadowNight.objects.exists()
