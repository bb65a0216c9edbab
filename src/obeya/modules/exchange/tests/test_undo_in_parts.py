"""A large import goes back by parts, the last one first; what came into use meanwhile stays."""

from decimal import Decimal

import pytest

from obeya.modules.exchange.actions import (
    AlreadyApplied,
    NotUndoable,
    begin_take_over,
    begin_undo,
    undo_import,
    undo_part,
)
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.modules.exchange.tests.large_file import MATERIALS, STOCKED, work
from obeya.modules.exchange.tests.previews import send
from obeya.modules.inventory.public import StockRow, set_stock
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log import clock, runs
from obeya.plant.log.models import ChangeRow, OperationsEvent, RoleAssignment, Run
from obeya.plant.log.models.account import fresh_stamp
from obeya.plant.resources.models import Material, MaterialAtSite

TOLD = "exchange.part_undone"


@pytest.fixture
def before(says):
    """What the plant said before the file came."""
    return says()


@pytest.fixture
def undoing(before, begun, preview, browser_of_ada) -> FileImport:
    """It is in the plant whole, Ada has said to undo it, and no worker has begun."""
    runs.drain()
    browser_of_ada.post(f"{preview}undo/")
    begun.refresh_from_db()
    assert (begun.is_under_way, begun.undone_at, begun.run.kind) == (True, None, "exchange.undo")
    return begun


def undone() -> list[int]:
    parts = ImportPart.objects.exclude(undone_at=None).order_by("place")
    return list(parts.values_list("place", flat=True))


def test_it_goes_back_part_by_part_the_last_one_first(
    browser_of_ada, preview, undoing, before, says
):
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Looking whether all of it can go back" in page
    assert "A worker begins with it in a moment." in page

    assert runs.drain() == 1

    told = OperationsEvent.objects.filter(kind=TOLD).order_by("pk")
    assert [each.data["place"] for each in told] == [6, 5, 4, 3, 2, 1, 0]
    assert {(each.actor.username, each.site_id, each.source) for each in told} == {
        ("ada", undoing.site_id, "import")
    }
    assert OperationsEvent.objects.filter(kind="exchange.import_undone").count() == 1
    undoing.refresh_from_db()
    assert undoing.undone_at is not None
    assert undoing.run.result == {"rows": 166}
    assert [rows for kind, rows in says() if kind.SHEET != "Materials"] == [
        rows for kind, rows in before if kind.SHEET != "Materials"
    ]
    assert Material.objects.get(code="TABLE").name == "Oak table"
    left = Material.objects.filter(code__startswith="X-")
    assert left.count() == STOCKED  # the books of the store name them
    assert MaterialAtSite.objects.filter(material__in=left).count() == STOCKED
    assert not StockBalance.objects.filter(material__in=left).exclude(quantity=0).exists()
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "55 rows stay, because the books name them" in page


def test_the_change_rows_of_a_part_say_what_it_took_away(undoing):
    runs.drain()

    told = OperationsEvent.objects.get(kind=TOLD, payload__contains='"place":4')
    rows = ChangeRow.objects.filter(event=told)
    assert (told.data["restored"], told.data["removed"]) == (0, rows.count())
    gone = rows.filter(model="resources.Material")
    assert sorted(row.fields["code"][0] for row in gone) == [f"X-{n:04}" for n in range(96, 105)]
    assert {row.fields["code"][1] for row in gone} == {None}


def test_the_page_follows_the_undo_and_reloads_when_it_has_ended(browser_of_ada, preview, undoing):
    work(parts=2)
    Run.objects.filter(pk=undoing.run_id).update(
        status="running", done_units=1_102, total_units=3_206, step="Materials"
    )

    page = browser_of_ada.get(f"{preview}new/?progress")
    assert "1,102 of 3,206 rows · Materials" in page.content.decode()
    assert "HX-Refresh" not in page.headers

    Run.objects.filter(pk=undoing.run_id).update(status="waiting")
    runs.drain()
    assert browser_of_ada.get(f"{preview}new/?progress").headers["HX-Refresh"] == "true"


def test_it_is_stopped_after_a_part_and_gone_on_with(browser_of_ada, preview, undoing, by, oak):
    work(parts=3)
    browser_of_ada.post(f"{preview}stop/")

    assert runs.drain() == 0
    assert undone() == [4, 5, 6]
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Only a part of the import is undone." in page
    assert "Somebody stopped it." in page
    assert "Undo the rest" in page
    assert OperationsEvent.objects.filter(kind="exchange.undo_stopped").count() == 1
    assert "undone in part" in browser_of_ada.get("/s/OAK/import/").content.decode()
    with pytest.raises(AlreadyApplied, match="was taken over already"):
        begin_take_over(site=oak, checked=undoing, by=by)

    browser_of_ada.post(f"{preview}undo/")
    runs.drain()

    assert undone() == [0, 1, 2, 3, 4, 5, 6]
    assert OperationsEvent.objects.filter(kind=TOLD).count() == 7


def test_what_was_taken_over_in_part_is_undone_and_not_gone_on_with(
    browser_of_ada, preview, begun, by
):
    work(parts=6)
    browser_of_ada.post(f"{preview}stop/")
    browser_of_ada.post(f"{preview}undo/")
    work(parts=1)
    begun.refresh_from_db()
    assert undone() == [5]
    Run.objects.filter(pk=begun.run_id).update(status="failed", error="The power went.")

    with pytest.raises(AlreadyApplied, match="is half undone"):
        begin_take_over(site=begun.site, checked=begun, by=by)

    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "The power went." in page
    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS


def test_what_comes_into_use_meanwhile_stays_and_is_named(
    browser_of_ada, preview, undoing, by, oak
):
    work(parts=1)  # the stock of X-0048 and after it is gone
    row = DemandRow("SO-9/1", "X-0100", Decimal(3), clock.now())
    save_demands(site=oak, rows=[row], by=by)
    MaterialAtSite.objects.filter(material__code="X-0080").update(safety_stock=Decimal(7))
    set_stock(site=oak, rows=[StockRow("X-0002", "STORE", Decimal(1))], by=by)  # there were 3

    runs.drain()

    undoing.refresh_from_db()
    assert undoing.undone_at is not None
    used = [each for part in undoing.valid_parts() for each in part.left["used"]]
    rules = [rule for rule, _ in used]
    assert len(rules) == 4
    assert "material X-0100 is used since by demand SO-9/1" in rules
    assert any("was changed since: safety_stock" in rule and "X-0080" in rule for rule in rules)
    assert any(rule.startswith("X-0002 at STORE: 1 H87 on hand, 3 H87 asked") for rule in rules)
    assert any("X-0002 is used since by" in rule for rule in rules)  # by the count that took two
    assert StockBalance.objects.get(material__code="X-0002", quantity__gt=0).quantity == 1
    left = Material.objects.filter(code__startswith="X-")
    assert left.count() == STOCKED + 2
    assert set(left.filter(code__gte="X-0055").values_list("code", flat=True)) == {
        "X-0080",
        "X-0100",
    }
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "except for 4 rows that came into use meanwhile" in page
    assert "material X-0100 is used since by demand SO-9/1" in page


def test_a_part_is_undone_once_and_none_before_those_that_came_later(undoing, oak, by):
    work(parts=2)
    parts = {part.place: part for part in undoing.valid_parts()}
    events = OperationsEvent.objects.count()

    for place in (6, 3):
        with pytest.raises(NotUndoable, match="is not the part that is undone next"):
            undo_part(site=oak, part=parts[place], by=by)

    assert OperationsEvent.objects.count() == events
    assert undone() == [5, 6]


def test_whose_right_ends_meanwhile_undoes_nothing_more(undoing):
    work(parts=2)
    RoleAssignment.objects.all().delete()
    undoing.sent_by.access_stamp = fresh_stamp()
    undoing.sent_by.save()

    runs.drain()

    undoing.run.refresh_from_db()
    assert (undoing.run.status, undone()) == ("failed", [5, 6])
    assert "ada may not do this" in undoing.run.error


def test_a_large_import_is_not_undone_in_one_transaction(begun, oak, by, digest):
    runs.drain()
    before = digest()

    with pytest.raises(NotUndoable, match="goes back by parts"):
        undo_import(site=oak, done=begun, by=by)

    assert digest() == before


def test_a_small_one_has_no_parts_to_go_back_by(browser_of_ada, oak, by):
    preview = send(browser_of_ada, {"Materials": [["code", "name"], ["WAX", "wax"]]})
    browser_of_ada.post(f"{preview}apply/")
    done = FileImport.objects.get()

    with pytest.raises(NotUndoable, match="went in whole, and is undone whole"):
        begin_undo(site=oak, done=done, by=by)

    assert Material.objects.filter(code="WAX").exists()


def test_while_it_is_undone_nothing_else_is_imported_at_the_site(browser_of_ada, undoing):
    other = send(browser_of_ada, {"Materials": [["code", "name"], ["WAX", "wax"]]})

    page = browser_of_ada.post(f"{other}apply/", follow=True).content.decode()

    assert "plant.xlsx is being undone at OAK. Wait until that has ended" in page
    assert not Material.objects.filter(code="WAX").exists()
