"""Which file of a night is taken, and which cannot be trusted."""

import base64
import os
from datetime import timedelta

import pytest

from obeya.config.cli import main
from obeya.modules.exchange.actions import (
    send_shadow_files,
)
from obeya.modules.exchange.models import ShadowNight, ShadowSource
from obeya.modules.exchange.shadow import folder
from obeya.modules.exchange.shadow.nightly import run_due
from obeya.modules.exchange.shadow.rows import (
    ShadowFileRow,
)
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.erp import (
    BEAM,
    FIRST,
    HEADER,
    NIGHT,
    WAX,
    safety,
)
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent


def test_the_same_file_is_taken_once(erp, night, source):
    erp(BEAM, WAX)
    night()
    erp(BEAM, WAX, now=FIRST + NIGHT)

    # the workbook is written anew: only the same bytes are the same file
    again = folder.folder_of(source) / "parts.xlsx"
    again.write_bytes((again.parent / "taken" / "parts.xlsx").read_bytes())
    written = (FIRST + NIGHT - timedelta(minutes=5)).timestamp()
    os.utime(again, (written, written))
    events = OperationsEvent.objects.filter(kind="exchange.file_taken_over").count()

    assert night(FIRST + NIGHT).state == "same"

    assert OperationsEvent.objects.filter(kind="exchange.file_taken_over").count() == events
    assert [n.state for n in ShadowNight.objects.order_by("pk")] == ["taken", "same"]


@pytest.mark.parametrize(
    ("state", "prepare", "said"),
    [
        ("missing", lambda path: path.unlink(), "No file lies in the folder parts"),
        ("empty", lambda path: path.write_bytes(b""), "parts.xlsx is empty"),
        ("refused", lambda path: path.write_bytes(b"no list at all"), "The file is damaged"),
    ],
)
def test_a_night_that_cannot_be_trusted_is_not_taken_but_told(erp, night, state, prepare, said):
    path = erp(BEAM, WAX)
    when = path.stat().st_mtime
    prepare(path)
    if path.exists():
        os.utime(path, (when, when))

    done = night()

    assert (done.state, said in done.said) == (state, True), done.said
    assert safety("BEAM") == 0
    assert ShadowSource.objects.get().due_at > FIRST
    event = OperationsEvent.objects.get(kind="exchange.shadow_file_not_taken")
    assert event.data["state"] == state


def test_a_file_of_the_day_before_yesterday_is_too_old(erp, night):
    erp(BEAM, WAX, now=FIRST - timedelta(hours=26))
    done = night()
    assert (done.state, safety("BEAM")) == ("old", 0)
    assert done.said == "parts.xlsx is more than 26 hours old."


def test_a_much_smaller_file_is_told_and_taken_by_hand_only_if_somebody_is_sure(
    erp, night, tmp_path, capsys
):
    erp(*([f"N-{n}", f"Nut {n}", 0, 0] for n in range(10)))
    night()
    path = erp(["N-1", "Nut", 4, 0], now=FIRST + NIGHT)

    done = night(FIRST + NIGHT)

    assert (done.state, done.rows) == ("smaller", 1)
    assert done.said.startswith("parts.xlsx has 1 rows, the last file had 10.")
    assert safety("N-1") == 0
    assert main(["shadow", "parts", "--take", str(path)]) == 1
    assert main(["shadow", "parts", "--take", str(path), "--sure"]) == 0
    assert safety("N-1") == 4
    assert "- Materials, N-2" in capsys.readouterr().out


def test_exactly_half_of_the_last_file_is_still_trusted(erp, night):
    erp(*([f"N-{n}", f"Nut {n}", 0, 0] for n in range(10)))
    night()
    erp(*([f"N-{n}", f"Nut {n}", 1, 0] for n in range(5)), now=FIRST + NIGHT)
    assert night(FIRST + NIGHT).state == "taken"


def test_a_file_that_is_still_being_written_is_looked_at_again(erp, source, by):
    path = erp(BEAM, WAX)
    just_now = (FIRST - timedelta(seconds=20)).timestamp()
    os.utime(path, (just_now, just_now))
    ShadowSource.objects.update(due_at=FIRST)

    assert run_due(by=by, now=FIRST) == []

    assert (ShadowNight.objects.count(), ShadowSource.objects.get().due_at) == (0, FIRST)
    [done] = run_due(by=by, now=FIRST + timedelta(minutes=2))
    assert done.state == "taken"


def test_links_hidden_files_and_other_endings_are_left_alone(erp, source, night, tmp_path):
    path = erp(BEAM, WAX)
    secret = tmp_path / "secret.xlsx"
    path.rename(secret)
    (path.parent / "link.xlsx").symlink_to(secret)
    (path.parent / ".half.xlsx").write_bytes(b"x")
    (path.parent / "notes.pdf").write_bytes(b"x")

    assert night().state == "missing"
    assert source.site.code.lower() in str(folder.folder_of(source))


def test_a_file_that_is_sent_waits_in_the_folder_for_a_minute(oak, source, by):
    content = files.workbook({"Materials": [HEADER, BEAM]})
    row = ShadowFileRow("parts", "../parts.xlsx", base64.b64encode(content).decode())

    assert send_shadow_files(site=oak, rows=[row], by=by) == 1

    assert [each.name for each in folder.folder_of(source).iterdir()] == ["parts.xlsx"]
    due = ShadowSource.objects.get().due_at
    assert timedelta(0) < due - clock.real_now() <= folder.SETTLED
    [done] = run_due(by=by, now=due + timedelta(seconds=5))
    assert (done.state, safety("BEAM")) == ("taken", 5)
