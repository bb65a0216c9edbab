"""Before the first part of a large import goes back, a worker tries all of it: what stands in the
way is named on its page, and nothing is undone.
"""

from decimal import Decimal

import pytest

from obeya.modules.exchange.actions import (
    ChangedOrUsedSince,
    NotUndoable,
    begin_undo,
    refuse_undo,
    undo_in_parts,
)
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests.large_file import MATERIALS, work
from obeya.modules.exchange.tests.test_undo_in_parts import before, undoing, undone
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.plant.log import clock, runs
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.log.refusal import Problem
from obeya.plant.resources.models import Material, MaterialAtSite
from obeya.plant.work.models import Demand

__all__ = ["before", "undoing"]

USED = "material X-0100 is used since by demand SO-9/1"


@pytest.fixture
def used(undoing, oak, by) -> FileImport:
    """Ada has said to undo it, and a customer has ordered what it made."""
    row = DemandRow("SO-9/1", "X-0100", Decimal(3), clock.now())
    save_demands(site=oak, rows=[row], by=by)
    return undoing


def test_what_was_used_since_is_named_on_its_page_and_nothing_is_undone(
    browser_of_ada, preview, used, says
):
    taken_over = says()

    assert runs.drain() == 1

    used.refresh_from_db()
    assert (used.run.status, used.stage, undone()) == ("failed", "applied", [])
    assert [rule for rule, _ in used.undo_refused["rows"]] == [USED]
    assert used.undo_refused["count"] == 1
    told = OperationsEvent.objects.get(kind="exchange.undo_refused")
    assert (told.actor.username, told.source, told.data) == (
        "ada",
        "import",
        {"file_import": used.pk, "rows": 1},
    )
    assert says() == taken_over
    assert Material.objects.filter(code__startswith="X-").count() == MATERIALS
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Nothing was undone.</strong> One row of this import was changed or used since." in page
    assert USED in page
    assert "Take that use away first, or correct the rest by hand." in page
    assert "Undo this import" in page


def test_once_nothing_stands_in_the_way_it_goes_back_and_the_refusal_is_forgotten(
    browser_of_ada, preview, used
):
    runs.drain()
    Demand.objects.filter(code="SO-9/1").delete()

    browser_of_ada.post(f"{preview}undo/")
    used.refresh_from_db()
    assert used.undo_refused == {}
    assert USED not in browser_of_ada.get(preview, follow=True).content.decode()
    runs.drain()

    assert undone() == [0, 1, 2, 3, 4, 5, 6]
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "what it changed is as before" in page


def test_of_what_is_halfway_in_the_rows_in_the_way_are_named_too(
    browser_of_ada, preview, begun, by, oak
):
    work(parts=6)
    for verb in ("stop", "undo"):
        browser_of_ada.post(f"{preview}{verb}/")
    MaterialAtSite.objects.filter(material__code="X-0080").update(safety_stock=Decimal(7))

    runs.drain()

    begun.refresh_from_db()
    assert (begun.stage, undone()) == ("halfway", [])
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Nothing was undone. One row of this import was changed or used since." in page
    assert "was changed since: safety_stock" in page

    browser_of_ada.post(f"{preview}go-on/")
    runs.drain()
    begun.refresh_from_db()
    assert (begun.stage, begun.undo_refused) == ("applied", {})


def test_of_many_rows_in_the_way_the_first_are_kept_and_all_are_counted(
    browser_of_ada, preview, undoing, monkeypatch
):
    monkeypatch.setattr(undo_in_parts, "MOST_REFUSED", 3)
    changed = MaterialAtSite.objects.filter(material__code__startswith="X-")
    assert changed.update(safety_stock=Decimal(7)) == MATERIALS

    runs.drain()

    undoing.refresh_from_db()
    assert (len(undoing.undo_refused["rows"]), undoing.undo_refused["count"]) == (3, MATERIALS)
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "105 rows of this import were changed or used since." in page
    assert "The first 3 of 105 are shown." in page


def test_stopped_while_it_is_tried_it_is_called_off_at_once_and_nothing_is_undone(
    browser_of_ada, preview, undoing, says
):
    taken_over = says()
    run = runs.lease()  # a worker has begun to try it
    Run.objects.filter(pk=run.pk).update(total_units=166, step="checking")
    page = browser_of_ada.get(preview, follow=True).content.decode()
    assert "Looking whether all of it can go back" in page
    assert "166 rows are tried." in page

    page = browser_of_ada.post(f"{preview}stop/", follow=True).content.decode()

    assert "The undo was called off before it began. Nothing was undone." in page
    assert "Undo this import" in page
    runs.execute(run)  # it comes to the end of its trial
    undoing.refresh_from_db()
    assert (undoing.run.status, undoing.stage, undone()) == ("cancelled", "applied", [])
    assert says() == taken_over

    browser_of_ada.post(f"{preview}undo/")
    runs.drain()
    assert undone() == [0, 1, 2, 3, 4, 5, 6]


def test_called_off_while_it_is_tried_it_is_not_said_to_be_refused(browser_of_ada, preview, used):
    run = runs.lease()
    browser_of_ada.post(f"{preview}stop/")

    runs.execute(run)

    used.refresh_from_db()
    assert (used.run.status, used.undo_refused) == ("cancelled", {})


def test_a_worker_that_takes_it_up_again_tries_it_again_only_before_the_first_part(
    undoing, oak, by
):
    work(parts=0)  # tried, then told to shut down
    assert undone() == []
    work(parts=2)
    row = DemandRow("SO-9/1", "X-0100", Decimal(3), clock.now())
    save_demands(site=oak, rows=[row], by=by)
    with pytest.raises(NotUndoable, match="is half undone"):
        refuse_undo(site=oak, done=undoing, refused=ChangedOrUsedSince([Problem(USED, "")]), by=by)

    runs.drain()

    undoing.refresh_from_db()
    assert (undoing.stage, undoing.undo_refused) == ("undone", {})


def test_whoever_asks_for_the_undo_does_not_wait_for_the_trial(
    begun, oak, django_assert_max_num_queries
):
    runs.drain()
    Material.objects.filter(code="X-0100").update(name="bolt")  # the trial would refuse it

    with django_assert_max_num_queries(30):
        run = begin_undo(site=oak, done=begun, by=system_actor())

    assert run.status == "waiting"
    runs.drain()
    run.refresh_from_db()
    assert run.status == "failed"
    assert "material X-0100 was changed since: name" in run.error
