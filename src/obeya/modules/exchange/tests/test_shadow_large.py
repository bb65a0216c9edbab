"""A night of many rows goes in by parts, like any other large file."""

from datetime import timedelta

import pytest

from obeya.config.cli import main
from obeya.modules.exchange.models import FileImport, ImportPart, ShadowNight, ShadowSource
from obeya.modules.exchange.shadow.nightly import run_due
from obeya.modules.exchange.tests.erp import BEAM, FIRST, NIGHT, WAX, differences, ours, safety
from obeya.modules.exchange.tests.large_file import work
from obeya.modules.exchange.tests.sweeps import sweep
from obeya.plant.log import clock, runs
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.resources.models import Material

COUNT = 110


@pytest.fixture
def large(small_parts):
    """What the ERP says every night: 112 parts, more than go in at once."""
    return [BEAM, WAX, *([f"N-{n:04}", f"part {n}", 0, 5] for n in range(COUNT))]


def made() -> int:
    return Material.objects.filter(code__startswith="N-").count()


def test_it_goes_in_by_parts_and_what_is_ours_stays_out_of_it(source, by, erp, night, large):
    ours(source, by)
    path = erp(*large)

    done = night()

    assert (done.state, done.stage, made()) == ("taken", "under way", 0)
    assert ("field", "BEAM", "safety_stock", "5", "0") in differences()
    assert not path.exists()
    assert runs.drain() == 1
    done.file_import.refresh_from_db()
    assert (done.stage, made(), safety("BEAM")) == ("taken", COUNT, 0)
    told = OperationsEvent.objects.filter(kind="exchange.part_taken_over").order_by("pk")
    assert [each.data["place"] for each in told] == [0, 1, 2, 3, 4]
    assert {(each.actor.kind, each.site_id) for each in told} == {("system", source.site_id)}
    assert ImportPart.objects.filter(taken_at=None).count() == 0


def test_refused_rows_are_left_out_of_it_and_stand_in_its_preview(erp, night, large):
    erp(*large, ["N-9999", "part 9999", -1, 5])

    done = night()
    runs.drain()

    done.file_import.refresh_from_db()
    assert (done.stage, made(), done.file_import.rows_in("refused")) == ("taken", COUNT, 1)


def test_the_pages_say_how_far_it_is_and_where_it_stopped(browser_of_ada, erp, night, large):
    erp(*large)
    done = night()
    assert "is being taken over in parts" in browser_of_ada.get("/s/OAK/shadow/parts/").text
    work(parts=2)
    browser_of_ada.post(f"/s/OAK/import/{done.file_import_id}/stop/")
    runs.drain()

    page = browser_of_ada.get("/s/OAK/shadow/parts/").text
    assert "Only a part of parts.xlsx was taken over" in page
    assert "Somebody stopped it." in page
    assert "taken over in part" in browser_of_ada.get("/s/OAK/shadow/").text
    assert "taken over in part" in browser_of_ada.get("/s/OAK/shadow/parts/nights/").text

    browser_of_ada.post(f"/s/OAK/import/{done.file_import_id}/go-on/")
    runs.drain()

    assert made() == COUNT
    assert "parts.xlsx was taken over" in browser_of_ada.get("/s/OAK/shadow/parts/").text


def test_a_night_that_ended_before_its_first_part_is_gone_on_with_from_its_page(
    browser_of_ada, erp, night, large
):
    erp(*large)
    done = night()
    Run.objects.update(status="failed", error="The power went.")
    page = f"/s/OAK/import/{done.file_import_id}/"

    assert browser_of_ada.get(page, follow=True).status_code == 200
    done.file_import.refresh_from_db()
    assert not done.holds(done.sha256)
    FileImport.objects.update(checked_at=clock.real_now() - timedelta(days=8))
    sweep()
    browser_of_ada.post(f"{page}go-on/")
    runs.drain()

    assert made() == COUNT


def test_the_same_file_of_a_night_that_stopped_halfway_brings_the_rest(erp, night, large):
    erp(*large)
    night()
    work(parts=2)
    Run.objects.update(status="failed", error="The power went.")
    assert 0 < made() < COUNT
    erp(*large, now=FIRST + NIGHT)

    done = night(FIRST + NIGHT)
    runs.drain()

    assert (done.state, made()) == ("taken", COUNT)


def test_while_it_is_under_way_the_next_list_waits_a_minute(source, by, erp, night, large):
    erp(*large)
    night()
    ShadowSource.objects.update(due_at=FIRST)
    erp(BEAM, WAX, *large[2:75], name="again.xlsx")

    assert run_due(by=by, now=FIRST) == []

    assert ShadowNight.objects.count() == 1
    runs.drain()
    [done] = run_due(by=by, now=FIRST + timedelta(minutes=1))
    assert (done.name, done.stage) == ("again.xlsx", "taken")


def test_it_is_undone_from_its_page_in_parts(browser_of_ada, erp, night, large):
    erp(*large)
    done = night()
    runs.drain()

    def told():
        pages = ("", "parts/", "parts/nights/")
        return [browser_of_ada.get(f"/s/OAK/shadow/{page}").text for page in pages]

    browser_of_ada.post(f"/s/OAK/import/{done.file_import_id}/undo/")
    assert "being undone" in told()[0]
    assert "is being undone." in told()[1]
    assert "being undone" in told()[2]
    work(parts=2)
    browser_of_ada.post(f"/s/OAK/import/{done.file_import_id}/stop/")
    assert "undone in part" in told()[0]
    assert "Only a part of parts.xlsx, taken over" in told()[1]
    assert "Somebody stopped it." in told()[1]
    assert "undone in part" in told()[2]
    browser_of_ada.post(f"/s/OAK/import/{done.file_import_id}/undo/")
    runs.drain()

    assert "and undone since." in told()[1]
    assert all("undone" in page and "undone in part" not in page for page in told())
    assert made() == 0
    assert OperationsEvent.objects.filter(kind="exchange.part_undone").count() == 5
    done.file_import.refresh_from_db()
    assert not done.holds(done.sha256)


def test_the_command_takes_it_over_itself_and_says_how_far_it_is(erp, large, capsys):
    path = erp(*large)

    assert main(["shadow", "parts", "--take", str(path)]) == 0

    said = capsys.readouterr()
    assert "parts.xlsx: taken over, 112 rows" in said.out
    assert "  112 of 112 rows" in said.err
    assert made() == COUNT
