"""An ERP beside us: its file of every night, and where the two differ."""

import os
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.exchange.actions import (
    decide_differences,
    save_field_owners,
    save_profiles,
    save_shadow_sources,
    send_shadow_files,
    undo_import,
)
from obeya.modules.exchange.actions.mapped import ProfileRow
from obeya.modules.exchange.foreign.mapping import TableMapping
from obeya.modules.exchange.models import FieldOwner, ShadowDifference, ShadowSource
from obeya.modules.exchange.shadow import folder
from obeya.modules.exchange.shadow.nightly import run_due
from obeya.modules.exchange.shadow.nights import next_night
from obeya.modules.exchange.shadow.rows import (
    DecisionRow,
    FieldOwnerRow,
    ShadowFileRow,
    ShadowSourceRow,
)
from obeya.modules.exchange.tests.erp import (
    BEAM,
    FIRST,
    NIGHT,
    TOP,
    WAX,
    differences,
    ours,
    safety,
)
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Material, MaterialAtSite


def change_ours(oak, by, quantity: int) -> None:
    row = MaterialRow("BEAM", "Oak beam", "raw", policy="buy", safety_stock=Decimal(quantity))
    save_materials(site=oak, rows=[row], by=by)


def test_what_nobody_has_said_is_the_erps_and_is_taken_over_as_one_import(oak, by, erp, night):
    path = erp(BEAM, WAX)

    done = night()

    assert (done.state, done.rows, done.name) == ("taken", 2, "parts.xlsx")
    assert (safety("BEAM"), safety("WAX")) == (5, 1)
    assert MaterialAtSite.objects.get(material__code="BEAM").lead_time_s == 7 * 86_400
    assert differences() == [("ours", "LEG", "", "", ""), ("ours", "TABLE", "", "", ""),
                             ("ours", "TOP", "", "", "")]  # fmt: skip
    assert (path.exists(), (path.parent / "taken" / "parts.xlsx").exists()) == (False, True)
    assert ShadowSource.objects.get().due_at == FIRST + NIGHT - timedelta(hours=1)  # 04:00

    undo_import(site=oak, done=done.file_import, by=by)

    assert (safety("BEAM"), Material.objects.filter(code="WAX").exists()) == (0, False)


def test_a_field_of_ours_is_not_overwritten_but_told_with_who_changed_it_and_when(
    source, by, someone, erp, night
):
    ours(source, by)
    ada = load_actor(someone("ada", "administrator"))
    change_ours(source.site, ada, 12)
    changed_at = OperationsEvent.objects.latest("pk").effective_at
    erp(BEAM, TOP)

    night()

    assert safety("BEAM") == 12
    assert MaterialAtSite.objects.get(material__code="BEAM").lead_time_s == 7 * 86_400  # theirs
    assert differences()[0] == ("field", "BEAM", "safety_stock", "5", "12")
    row = ShadowDifference.objects.get(kind="field")
    assert (row.changed_by.username, row.changed_at) == ("ada", changed_at)


def test_a_row_that_vanished_is_told_for_as_long_as_it_is_here_and_never_deleted(
    erp, night, by, oak
):
    erp(BEAM, WAX, TOP)
    night()
    for at in (1, 2):
        erp(BEAM, [*TOP[:2], at, 0], now=FIRST + at * NIGHT)
        night(FIRST + at * NIGHT)
        assert [d[:2] for d in differences() if d[0] == "gone"] == [("gone", "WAX")]
    assert Material.objects.filter(code="WAX").exists()

    erp(BEAM, WAX, [*TOP[:2], 3, 0], now=FIRST + 3 * NIGHT)
    night(FIRST + 3 * NIGHT)

    assert [d for d in differences() if d[0] == "gone"] == []


def test_refused_rows_are_left_out_and_are_not_missed(erp, night):
    erp(BEAM, WAX)
    night()
    erp([*BEAM[:2], 6, 7], [*WAX[:2], "viel", 2], now=FIRST + NIGHT)

    done = night(FIRST + NIGHT)

    assert (done.state, done.file_import.rows_in("refused")) == ("taken", 1)
    assert (safety("BEAM"), safety("WAX")) == (6, 1)
    assert [d for d in differences() if d[0] == "gone"] == []


def test_theirs_is_taken_ours_is_kept_until_they_say_something_else_a_field_changes_hands(
    oak, source, by, erp, night
):
    ours(source, by)
    erp(BEAM, [*TOP[:2], 3, 0])
    night()
    beam, top = ShadowDifference.objects.filter(kind="field").order_by("named")

    decide_differences(site=oak, rows=[DecisionRow(beam.pk, "theirs")], by=by)
    decide_differences(site=oak, rows=[DecisionRow(top.pk, "ours")], by=by)

    assert (safety("BEAM"), safety("TOP")) == (5, 0)
    assert [d for d in differences() if d[0] == "field"] == []

    erp(BEAM, [*TOP[:2], 3, 1], now=FIRST + NIGHT)
    night(FIRST + NIGHT)
    assert [d for d in differences() if d[0] == "field"] == []  # still 3: decided

    erp(BEAM, [*TOP[:2], 4, 1], now=FIRST + 2 * NIGHT)
    night(FIRST + 2 * NIGHT)
    assert differences()[0] == ("field", "TOP", "safety_stock", "4", "0")

    again = ShadowDifference.objects.get(kind="field")
    decide_differences(site=oak, rows=[DecisionRow(again.pk, "give")], by=by)
    assert FieldOwner.objects.count() == 0
    erp(BEAM, [*TOP[:2], 4, 2], now=FIRST + 3 * NIGHT)
    night(FIRST + 3 * NIGHT)
    assert safety("TOP") == 4


def test_of_a_row_that_only_one_side_has_no_value_can_be_taken(oak, by, erp, night, digest):
    erp(BEAM)
    night()
    row = ShadowDifference.objects.filter(kind="ours", named="LEG").get()
    before = digest()

    with pytest.raises(RowsRefused) as refused:
        decide_differences(site=oak, rows=[DecisionRow(row.pk, "theirs")], by=by)

    [problem] = refused.value.problems
    assert problem.rule == "LEG is a whole row, of which no value can be taken"
    assert digest() == before


def test_a_list_of_stock_does_not_miss_materials_that_it_names_in_passing(oak, by, tmp_path):
    columns = {"material": ("Material",), "location": ("Lagerort",), "quantity": ("Bestand",)}
    named = {"code": ("Material",)}
    save_profiles(rows=[ProfileRow("MB52", [
        TableMapping("MB52", "Stock", columns),
        TableMapping("MB52", "Materials", named, is_companion=True),
    ])], by=by)  # fmt: skip
    save_shadow_sources(site=oak, rows=[ShadowSourceRow("stock", "MB52")], by=by)
    path = folder.folder_of(ShadowSource.objects.get()) / "MB52.csv"
    path.write_text("Material;Lagerort;Bestand\nBEAM;STORE;12\n")
    os.utime(path, (FIRST.timestamp() - 600,) * 2)
    ShadowSource.objects.update(due_at=FIRST)

    [done] = run_due(by=by, now=FIRST)

    assert (done.state, done.said) == ("taken", "")
    assert differences() == [("ours", "TOP · STORE · available", "", "", "")]


def test_every_night_comes_once_also_when_the_clocks_change():
    berlin, at = ZoneInfo("Europe/Berlin"), time(2, 30)
    moment, seen = datetime(2026, 10, 24, 0, 30, tzinfo=UTC), []
    for _ in range(3):
        moment = next_night(berlin, at, moment)
        seen.append(moment)
    assert seen == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # 02:30 comes twice: the first of them
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 27, 1, 30, tzinfo=UTC),
    ]
    spring = next_night(berlin, at, datetime(2026, 3, 28, 2, tzinfo=UTC))
    assert spring == datetime(2026, 3, 29, 1, tzinfo=UTC)  # 02:30 is left out: when clocks jump


def test_what_cannot_be_is_refused_with_the_rule(oak, source, by, digest):
    before = digest()
    with pytest.raises(RowsRefused) as refused:
        save_shadow_sources(
            site=oak,
            rows=[ShadowSourceRow("../etc", "obeya"), ShadowSourceRow("a", "nope"),
                  ShadowSourceRow("b", "obeya", least_percent=101)],
            by=by,
        )  # fmt: skip
    assert [p.rule for p in refused.value.problems] == [
        "not a name for a folder", "no profile has this name", "not 0 to 100",
    ]  # fmt: skip
    with pytest.raises(RowsRefused) as refused:
        save_field_owners(
            site=oak,
            rows=[FieldOwnerRow("nope", "Materials", "name", "obeya"),
                  FieldOwnerRow("parts", "Material", "name", "obeya"),
                  FieldOwnerRow("parts", "Materials", "code", "obeya"),
                  FieldOwnerRow("parts", "Materials", "colour", "obeya")],
            by=by,
        )  # fmt: skip
    assert [p.rule for p in refused.value.problems] == [
        "unknown list nope", "no sheet Material", "code tells the rows apart",
        "Materials has no field colour",
    ]  # fmt: skip
    with pytest.raises(RowsRefused) as refused:
        send_shadow_files(site=oak, rows=[ShadowFileRow("parts", "a.exe", "!")], by=by)
    assert {p.rule for p in refused.value.problems} == {
        "no base64", "not a kind of file that is read",
    }  # fmt: skip
    assert digest() == before
