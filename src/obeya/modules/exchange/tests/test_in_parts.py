"""A large file goes in by parts: each is whole, others write between, nothing is in twice."""

import pytest

from obeya.modules.exchange.actions import AlreadyApplied, begin_undo, import_plant, take_part
from obeya.modules.exchange.models import ImportPart
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.tests import files
from obeya.modules.exchange.tests.example_plant import put
from obeya.modules.exchange.tests.large_file import MATERIALS, STOCKED, taken, work
from obeya.modules.exchange.tests.previews import send
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log import runs
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.resources.models import Material


def test_it_goes_in_part_by_part_and_each_part_says_so(browser_of_ada, preview, begun, oak):
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "A worker begins with it in a moment." in page

    assert runs.drain() == 1

    assert taken() == [("Materials", 25)] * 4 + [("Materials", 9), ("Stock", 50), ("Stock", 7)]
    begun.refresh_from_db()
    assert begun.applied_at is not None
    assert begun.run.result == {"rows": 166}
    parts = OperationsEvent.objects.filter(kind="exchange.part_taken_over").order_by("pk")
    assert [each.data["place"] for each in parts] == [0, 1, 2, 3, 4, 5, 6]
    assert {(each.actor.username, each.site_id, each.source) for each in parts} == {
        ("ada", oak.pk, "import")
    }
    over = OperationsEvent.objects.get(kind="exchange.file_taken_over")
    assert over.data == {"file_import": begun.pk}
    imported = OperationsEvent.objects.filter(kind="exchange.plant_imported").latest("pk")
    assert imported.data["counts"] == {"Materials": [105, 1, 3], "Stock": [55, 0, 2]}
    assert Material.objects.get(code="TABLE").name == "Round table"
    assert StockBalance.objects.get(material__code="X-0054", quantity__gt=0).quantity == 55
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Taken over into OAK" in page


def test_it_makes_the_same_plant_as_the_same_file_taken_over_whole(says, large, begun, by):
    runs.drain()
    in_parts = says()
    begun.refresh_from_db()
    begin_undo(site=begun.site, done=begun, by=by)
    runs.drain()

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


def test_the_page_reloads_too_between_the_last_part_and_the_end_of_the_run(
    browser_of_ada, preview, begun
):
    runs.drain()
    Run.objects.update(status="running", ended_at=None)  # the last part is in, the worker goes on

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


def test_a_part_is_taken_over_once_whoever_asks(begun, oak, by):
    runs.drain()
    first = ImportPart.objects.get(place=5)
    moves = StockMove.objects.count()

    with pytest.raises(AlreadyApplied, match=r"Stock, rows 2 to 51 of plant\.xlsx was taken"):
        take_part(site=oak, part=first, by=by)

    assert StockMove.objects.count() == moves
    assert first.rows == ""


def test_refused_rows_stop_it_unless_only_the_valid_ones_are_chosen(browser_of_ada, large):
    put(large, "Materials", 100, "unit", "BARREL")
    preview = send(browser_of_ada, large)

    page = browser_of_ada.post(f"{preview}apply/", follow=True).content.decode()
    assert "Nothing was imported: 1 place must be put right." in page
    assert not Run.objects.exists()

    browser_of_ada.post(f"{preview}apply/", {"only_valid": "yes"})
    runs.drain()

    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS - 1
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "1 row was left out." in page
