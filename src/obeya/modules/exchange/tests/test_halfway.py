"""A large file of which a part is in: why it stopped, what may be done, what must not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from obeya.modules.engineering.public import MaterialRow, save_materials
from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import (
    AlreadyApplied,
    NoSuchImport,
    NotUndoable,
    TakingOver,
    apply_import,
    begin_take_over,
    begin_undo,
    check_import,
    forget_imports,
    undo_import,
)
from obeya.modules.exchange.kinds import TAKE_OVER
from obeya.modules.exchange.models import FileImport, ImportPart, ImportRow
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.sweeping import sweep_imports
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import put
from obeya.modules.exchange.tests.large_file import taken, work
from obeya.modules.exchange.tests.previews import send
from obeya.modules.inventory.public import StockRow, set_stock
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log import clock, runs
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import RoleAssignment, Run
from obeya.plant.log.models.account import fresh_stamp
from obeya.plant.log.refusal import Stale
from obeya.plant.resources.models import Material, MaterialAtSite, MaterialRevision


def test_a_part_that_would_do_something_else_now_is_refused_and_the_others_stay(
    browser_of_ada, preview, begun, says, oak
):
    work(parts=1)
    MaterialAtSite.objects.filter(material__code="X-0001").update(safety_stock=5)
    somebody = [MaterialRow("X-0030", "of somebody", kind="consumable")]
    save_materials(site=oak, rows=somebody, by=system_actor())
    before = says()

    runs.drain()

    begun.refresh_from_db()
    begun.run.refresh_from_db()
    assert begun.run.status == "failed"
    assert begun.run.error.startswith(
        "The plant has changed since the preview: Materials, rows 27 to 51 would do something"
    )
    assert taken() == [("Materials", 25)]
    assert says() == before
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Only a part of the file is in the plant." in page
    assert "rows 27 to 51 would do something else now" in page

    there = Material.objects.get(code="X-0030")
    MaterialAtSite.objects.filter(material=there).delete()
    MaterialRevision.objects.filter(material=there).delete()
    there.delete()
    browser_of_ada.post(f"{preview}go-on/")
    runs.drain()

    begun.refresh_from_db()
    assert begun.applied_at is not None
    assert MaterialAtSite.objects.get(material__code="X-0001").safety_stock == 5


def test_a_row_that_its_room_refuses_now_is_named_as_it_stands_in_the_file(begun):
    work(parts=5)
    Material.objects.filter(code="X-0052").update(is_lot_tracked=True)

    runs.drain()

    begun.run.refresh_from_db()
    assert begun.run.error == (
        "The plant has changed since the preview: Stock, row 56, column lot: X-0052 is kept by "
        "lot. Write the number of the lot. Stock, rows 52 to 58 were not taken over."
    )
    assert StockMove.objects.filter(material__code__startswith="X-").count() == 48


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
    assert begun.stage == "halfway"
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Somebody stopped it." in page
    browser_of_ada.post(f"{preview}undo/")
    runs.drain()

    assert [rows for kind, rows in says() if kind.SHEET != "Materials"] == [
        rows for kind, rows in before if kind.SHEET != "Materials"
    ]
    assert Material.objects.get(code="TABLE").name == "Oak table"
    kept = Material.objects.filter(code__startswith="X-")
    assert kept.count() == 48  # the books of the store name them
    begun.refresh_from_db()
    assert begun.undone_at is not None
    with pytest.raises(AlreadyApplied, match="was undone"):
        begin_take_over(site=begun.site, checked=begun, by=by)


def test_while_it_is_under_way_nothing_else_is_imported_or_undone_at_the_site(
    browser_of_ada, begun, example, oak, by
):
    before = Material.objects.count()
    other = send(browser_of_ada, {"Materials": [["code", "name"], ["WAX", "wax"]]})

    page = browser_of_ada.post(f"{other}apply/", follow=True).content.decode()

    assert "plant.xlsx is being taken over at OAK. Wait until that has ended" in page
    with pytest.raises(NotUndoable, match="Stop that first"):
        begin_undo(site=oak, done=begun, by=by)
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


def test_a_second_large_file_waits_for_its_turn(browser_of_ada, begun, large):
    second = send(browser_of_ada, large)
    found = FileImport.objects.latest("pk")
    assert second == preview_of(found)

    account = found.sent_by
    with pytest.raises(TakingOver, match=r"plant\.xlsx is being taken over at OAK"):
        begin_take_over(site=None, checked=found, by=load_actor(account))
    assert Run.objects.count() == 1


def test_whose_right_ends_meanwhile_takes_nothing_more_over(begun):
    work(parts=2)
    RoleAssignment.objects.all().delete()
    begun.sent_by.access_stamp = fresh_stamp()
    begun.sent_by.save()

    runs.drain()

    begun.run.refresh_from_db()
    assert begun.run.status == "failed"
    assert "ada may not do this" in begun.run.error
    assert taken() == [("Materials", 25)] * 2


def test_what_is_halfway_in_is_not_swept_away(begun, by):
    work(parts=1)
    Run.objects.update(status="failed", error="The power went.")
    old = clock.real_now() - timedelta(days=30)
    FileImport.objects.update(checked_at=old)

    sweep_imports(by=by, key="a day")

    assert FileImport.objects.get() == begun


def test_stock_that_was_used_since_the_preview_is_not_put_back_unseen(
    browser_of_ada, large, oak, by
):
    put(large, "Stock", 2, "quantity", 40)
    browser_of_ada.post(f"{send(browser_of_ada, large)}apply/")
    work(parts=5)
    set_stock(site=oak, rows=[StockRow("BEAM", "STORE", Decimal(20))], by=by)  # there were 30

    runs.drain()

    run = Run.objects.get()
    assert run.status == "failed"
    assert "would do something else now" in run.error
    assert StockBalance.objects.get(material__code="BEAM", location__code="STORE").quantity == 20


def test_a_run_that_nobody_asked_for_on_the_page_takes_nothing_over(browser_of_ada, preview, oak):
    checked = FileImport.objects.get()
    ada = load_actor(checked.sent_by)
    asked = {"file_import": checked.pk}
    run = runs.start_run(site=oak, kind=TAKE_OVER, arguments=asked, by=ada)

    runs.drain()

    run.refresh_from_db()
    assert (run.status, taken()) == ("failed", [])
    assert run.error.startswith("Nobody has said yes to this file")


def test_of_a_file_that_went_in_whole_no_part_is_left(browser_of_ada, preview, large, by, oak):
    checked = FileImport.objects.get()
    ada = load_actor(checked.sent_by)
    file = understand(read_content("plant.xlsx", files.workbook(large)))

    apply_import(site=oak, checked=checked, file=file, by=ada)

    assert not ImportPart.objects.exists()
    undo_import(site=oak, done=checked, by=by)
    assert Material.objects.get(code="TABLE").name == "Oak table"


def test_who_compares_twice_at_once_sees_one_whole_preview(browser_of_ada, preview, large, oak):
    first, second = FileImport.objects.get(), FileImport.objects.get()
    content, ada = files.workbook(large), load_actor(first.sent_by)
    asked = {"site": oak, "upload": uploads.upload_of(first), "by": ada}
    file = understand(read_content("plant.xlsx", content))
    check_import(**asked, file=file, again=first)

    file = understand(read_content("plant.xlsx", content))
    with pytest.raises(Stale, match="compared by another request meanwhile"):
        check_import(**asked, file=file, again=second)

    first.refresh_from_db()
    assert sum(each.count for each in first.valid_parts()) == 166
