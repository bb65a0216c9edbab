"""A large file goes in by parts: each is whole, others write between, nothing is in twice."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from obeya.config.cli import main
from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.exchange.actions import (
    AlreadyApplied,
    ChangedOrUsedSince,
    NoSuchImport,
    NotUndoable,
    TakingOver,
    begin_take_over,
    forget_imports,
    import_plant,
    take_part,
    undo_import,
)
from obeya.modules.exchange.models import FileImport, ImportPart, ImportRow
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.queries import plant_sheets
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.sweeping import sweep_imports
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.test_preview import put, send
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log import clock, runs
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent, RoleAssignment, Run
from obeya.plant.log.models.account import fresh_stamp
from obeya.plant.resources.models import Material, MaterialAtSite, MaterialRevision

Tables = dict[str, list[list[Any]]]
MATERIALS, STOCKED = 2_100, 1_100


@pytest.fixture
def by():
    return system_actor()


@pytest.fixture
def says(oak, by):
    return lambda: plant_sheets(site=oak, by=by)


@pytest.fixture
def large(oak, example) -> Tables:
    """2,100 materials more, 1,100 of them in stock, and another name for the table: 3,206 rows."""
    put(example, "Materials", 2, "name", "Round table")
    for n in range(MATERIALS):
        add(example, "Materials", code=f"X-{n:04}", name=f"screw {n}", kind="consumable")
    for n in range(STOCKED):
        add(example, "Stock", material=f"X-{n:04}", location="STORE", quantity=n + 1)
    return {name: example[name] for name in ("Materials", "Stock")}


def add(tables: Tables, sheet: str, **values: Any) -> None:
    tables[sheet].append([values.get(name) for name in tables[sheet][0]])


@pytest.fixture
def preview(browser_of_ada, large) -> str:
    """The address of its preview."""
    return send(browser_of_ada, large)


@pytest.fixture
def begun(browser_of_ada, preview) -> FileImport:
    """Ada has said yes, and no worker has begun."""
    browser_of_ada.post(f"{preview}apply/")
    found = FileImport.objects.select_related("run").get()
    assert (found.is_under_way, found.begun_at) == (True, None)
    return found


def after(parts: int):
    """A worker that is told to shut down after so many parts."""
    asked = iter(range(parts))
    return lambda: next(asked, None) is None


def work(parts: int) -> None:
    """A worker takes so many parts over, and shuts down."""
    run = runs.lease()
    assert run is not None
    runs.execute(run, after(parts))


def taken() -> list[tuple[str, int]]:
    parts = ImportPart.objects.exclude(taken_at=None).order_by("place")
    return [(each.sheet, each.count) for each in parts]


def test_it_goes_in_part_by_part_and_each_part_says_so(browser_of_ada, preview, begun, oak):
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "A worker begins with it in a moment." in page

    assert runs.drain() == 1

    assert taken() == [("Materials", 500)] * 4 + [("Materials", 104), ("Stock", 1_000),
                                                  ("Stock", 102)]  # fmt: skip
    begun.refresh_from_db()
    assert begun.applied_at is not None
    assert begun.run.result == {"rows": 3_206}
    parts = OperationsEvent.objects.filter(kind="exchange.part_taken_over").order_by("pk")
    assert [each.data["place"] for each in parts] == [0, 1, 2, 3, 4, 5, 6]
    assert {(each.actor.username, each.site_id, each.source) for each in parts} == {
        ("ada", oak.pk, "import")
    }
    over = OperationsEvent.objects.get(kind="exchange.file_taken_over")
    assert over.data == {"file_import": begun.pk}
    imported = OperationsEvent.objects.filter(kind="exchange.plant_imported").latest("pk")
    assert imported.data["counts"] == {"Materials": [2_100, 1, 3], "Stock": [1_100, 0, 2]}
    assert Material.objects.get(code="TABLE").name == "Round table"
    assert StockBalance.objects.get(material__code="X-1099", quantity__gt=0).quantity == 1_100
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Taken over into OAK" in page


def test_it_makes_the_same_plant_as_the_same_file_taken_over_whole(says, large, begun, by):
    runs.drain()
    in_parts = says()
    undo_import(site=begun.site, done=begun, by=by)

    file = understand(read_content("plant.xlsx", files.workbook(large)))
    import_plant(file=file, site_code="OAK", by=by)

    assert says() == in_parts


def test_the_page_follows_the_worker_and_reloads_when_it_has_ended(browser_of_ada, preview, begun):
    work(parts=3)  # told to shut down before the fourth
    begun.run.refresh_from_db()
    assert (begun.run.status, len(taken())) == ("waiting", 3)
    Run.objects.update(status="running", done_units=1_500, total_units=3_206, step="Materials")

    page = browser_of_ada.get(f"{preview}new/?progress")
    assert "1,500 of 3,206 rows · Materials" in page.content.decode()
    assert "HX-Refresh" not in page.headers

    Run.objects.update(status="waiting")
    runs.drain()
    assert browser_of_ada.get(f"{preview}new/?progress").headers["HX-Refresh"] == "true"


def test_a_worker_that_shuts_down_leaves_the_rest_to_the_next(begun):
    work(parts=2)
    moment = list(ImportPart.objects.order_by("place").values_list("taken_at", flat=True)[:2])

    assert runs.drain() == 1

    assert list(ImportPart.objects.order_by("place").values_list("taken_at", flat=True)[:2]) == (
        moment
    )
    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS
    assert StockMove.objects.filter(material__code__startswith="X-").count() == STOCKED


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_within_a_part_leaves_none_of_it_and_the_next_takes_each_row_once(begun):
    died = subprocess.run(
        [
            sys.executable,
            "-m",
            "obeya.modules.exchange.tests.dying_worker",
            str(connection.settings_dict["NAME"]),
        ],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == -9, died.stderr
    assert taken() == [("Materials", 500)] * 2
    assert Material.objects.filter(code__startswith="X-").count() == 996  # and four of before
    assert runs.drain() == 0  # its lease still holds

    Run.objects.update(leased_until=clock.real_now() - timedelta(seconds=1))
    assert runs.drain() == 1

    begun.refresh_from_db()
    assert begun.applied_at is not None
    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS
    moves = StockMove.objects.filter(material__code__startswith="X-")
    assert sorted(moves.values_list("quantity", flat=True)) == list(range(1, STOCKED + 1))
    told = OperationsEvent.objects.filter(kind="exchange.part_taken_over")
    assert sorted(each.data["place"] for each in told) == [0, 1, 2, 3, 4, 5, 6]


def test_a_part_that_would_do_something_else_now_is_refused_and_the_others_stay(
    browser_of_ada, preview, begun, says, oak
):
    work(parts=1)
    MaterialAtSite.objects.filter(material__code="X-0001").update(safety_stock=5)
    somebody = [MaterialRow("X-0700", "of somebody", kind="consumable")]
    save_materials(site=oak, rows=somebody, by=system_actor())
    before = says()

    runs.drain()

    begun.refresh_from_db()
    begun.run.refresh_from_db()
    assert begun.run.status == "failed"
    assert begun.run.error.startswith(
        "The plant has changed since the preview: Materials, rows 502 to 1001 would do something"
    )
    assert taken() == [("Materials", 500)]
    assert says() == before
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Only a part of the file is in the plant." in page
    assert "rows 502 to 1001 would do something else now" in page

    there = Material.objects.get(code="X-0700")
    MaterialAtSite.objects.filter(material=there).delete()
    MaterialRevision.objects.filter(material=there).delete()
    there.delete()
    browser_of_ada.post(f"{preview}go-on/")
    runs.drain()

    begun.refresh_from_db()
    assert begun.applied_at is not None
    assert MaterialAtSite.objects.get(material__code="X-0001").safety_stock == 5


def test_where_the_first_part_is_refused_nothing_is_begun_and_the_file_is_compared_again(
    browser_of_ada, preview, begun, plant
):
    Material.objects.filter(code="TABLE").update(name="Square table")
    before = Material.objects.count()

    runs.drain()

    begun.refresh_from_db()
    assert (begun.begun_at, begun.is_under_way, Material.objects.count()) == (None, False, before)
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Nothing was taken over." in page
    browser_of_ada.post(f"{preview}again/")
    change = ImportRow.objects.get(state="changed")
    assert change.fields == [["name", "Square table", "Round table"]]
    browser_of_ada.post(f"{preview}apply/")
    runs.drain()
    assert Material.objects.get(code="TABLE").name == "Round table"


def test_what_is_halfway_in_is_undone_as_if_it_had_never_been(
    browser_of_ada, preview, begun, says, by
):
    before = says()
    work(parts=6)
    browser_of_ada.post(f"{preview}stop/")
    assert says() != before

    begun.refresh_from_db()
    assert begun.is_halfway
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Somebody stopped it." in page
    browser_of_ada.post(f"{preview}undo/")

    assert [rows for kind, rows in says() if kind.SHEET != "Materials"] == [
        rows for kind, rows in before if kind.SHEET != "Materials"
    ]
    begun.refresh_from_db()
    assert begun.undone_at is not None
    with pytest.raises(AlreadyApplied, match="was undone"):
        begin_take_over(site=begun.site, checked=begun, by=by)


def test_all_parts_are_undone_at_once_and_what_was_used_since_is_named(begun, says, by, oak):
    runs.drain()
    begun.refresh_from_db()
    taken_over = says()
    row = DemandRow("SO-9/1", "X-2000", 3, clock.now())
    save_demands(site=oak, rows=[row], by=by)

    with pytest.raises(ChangedOrUsedSince) as refused:
        undo_import(site=oak, done=begun, by=by)

    assert [each.rule for each in refused.value.problems] == [
        "material X-2000 is used since by demand SO-9/1"
    ]
    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS
    assert [rows for kind, rows in says() if kind.SHEET != "Demand"] == [
        rows for kind, rows in taken_over if kind.SHEET != "Demand"
    ]


def test_while_it_is_under_way_nothing_else_is_imported_or_undone_at_the_site(
    browser_of_ada, begun, example, oak, by
):
    before = Material.objects.count()
    other = send(browser_of_ada, {"Materials": [["code", "name"], ["WAX", "wax"]]})

    page = browser_of_ada.post(f"{other}apply/", follow=True).content.decode()

    assert "plant.xlsx is being taken over at OAK. Wait until that has ended" in page
    with pytest.raises(NotUndoable, match="Stop that first"):
        undo_import(site=oak, done=begun, by=by)
    page = browser_of_ada.post(f"{preview_of(begun)}again/", follow=True).content.decode()
    assert "plant.xlsx is being taken over in parts. Look at its page." in page
    with pytest.raises(NoSuchImport):
        forget_imports(imports=[begun], by=by)
    assert Material.objects.count() == before
    runs.drain()
    browser_of_ada.post(f"{other}apply/")
    assert Material.objects.filter(code="WAX").exists()


def preview_of(found: FileImport) -> str:
    return f"/s/OAK/import/{found.pk}/"


def test_a_second_large_file_waits_for_its_turn(browser_of_ada, begun, large, by):
    second = send(browser_of_ada, large)
    found = FileImport.objects.latest("pk")
    assert second == preview_of(found)

    account = found.sent_by
    with pytest.raises(TakingOver, match=r"plant\.xlsx is being taken over at OAK"):
        begin_take_over(site=None, checked=found, by=load(account))
    assert Run.objects.count() == 1


def load(account):
    from obeya.plant.log.access.grants import load_actor

    return load_actor(account)


def test_whose_right_ends_meanwhile_takes_nothing_more_over(begun):
    work(parts=2)
    RoleAssignment.objects.all().delete()
    begun.sent_by.access_stamp = fresh_stamp()
    begun.sent_by.save()

    runs.drain()

    begun.run.refresh_from_db()
    assert begun.run.status == "failed"
    assert "ada may not do this" in begun.run.error
    assert taken() == [("Materials", 500)] * 2


def test_a_part_is_taken_over_once_whoever_asks(begun, oak, by):
    runs.drain()
    first = ImportPart.objects.get(place=5)
    moves = StockMove.objects.count()

    with pytest.raises(AlreadyApplied, match=r"Stock, rows 2 to 1001 of plant\.xlsx was taken"):
        take_part(site=oak, part=first, by=by)

    assert StockMove.objects.count() == moves
    assert first.rows == ""


def test_refused_rows_stop_it_unless_only_the_valid_ones_are_chosen(browser_of_ada, large):
    put(large, "Materials", 2_000, "unit", "BARREL")
    preview = send(browser_of_ada, large)

    page = browser_of_ada.post(f"{preview}apply/", follow=True).content.decode()
    assert "Nothing was imported: 1 place must be put right." in page
    assert not Run.objects.exists()

    browser_of_ada.post(f"{preview}apply/", {"only_valid": "yes"})
    runs.drain()

    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS - 1
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "1 row was left out." in page


def test_what_is_halfway_in_is_not_swept_away(begun, by):
    work(parts=1)
    Run.objects.update(status="failed", error="The power went.")
    old = clock.real_now() - timedelta(days=30)
    FileImport.objects.update(checked_at=old)

    sweep_imports(by=by, key="a day")

    assert FileImport.objects.get() == begun


@pytest.mark.usefixtures("db")
def test_the_command_says_how_far_it_is_and_opens_the_site(large_book, capsys, by):
    assert main(["import", str(large_book)]) == 0

    said = capsys.readouterr()
    assert "Site ELM (new)" in said.out
    assert "  Materials: 2500 new, 0 changed, 0 as before" in said.out
    assert "Comparing 2,500 rows with the plant …" in said.err
    assert "  2,500 of 2,500 rows" in said.err
    found = FileImport.objects.get()
    assert (found.applied_at is not None, found.run.status) == (True, "succeeded")
    undo_import(site=found.site, done=found, by=by)
    assert not Material.objects.exists()


@pytest.fixture
def large_book(tmp_path):
    path = tmp_path / "elm.xlsx"
    rows = [["code", "name"], *([f"Y-{n:04}", f"bolt {n}"] for n in range(2_500))]
    site = [["code", "time_zone"], ["ELM", "Europe/Berlin"]]
    path.write_bytes(files.workbook({"Site": site, "Materials": rows}))
    return path


@pytest.mark.usefixtures("db")
def test_the_command_imports_nothing_of_a_large_file_with_a_refused_row(large_book, tmp_path):
    rows = [["code", "unit"], *([f"Y-{n:04}", "pc" if n else "BARREL"] for n in range(2_500))]
    site = [["code", "time_zone"], ["ELM", "Europe/Berlin"]]
    large_book.write_bytes(files.workbook({"Site": site, "Materials": rows}))

    assert main(["import", str(large_book)]) == 1

    assert not Material.objects.exists()
    assert not FileImport.objects.exists()
