"""What was used or changed since is not taken back, and is named; nor is anything twice."""

from decimal import Decimal

import pytest

from obeya.modules.exchange.actions import ChangedOrUsedSince, NotUndoable, undo_import
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests.example_plant import put
from obeya.modules.exchange.tests.previews import send
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.plant.resources.models import MaterialAtSite
from obeya.plant.work.models import BomLine, Demand


def test_rows_used_since_are_refused_by_name_and_nothing_is_undone(
    oak, by, take_over, wrong_file, digest
):
    done = take_over(wrong_file)
    row = DemandRow("SO-10", "WAX", Decimal(1), Demand.objects.latest("pk").due_at)
    save_demands(site=oak, rows=[row], by=by)
    before = digest()

    with pytest.raises(ChangedOrUsedSince) as refused:
        undo_import(site=oak, done=done, by=by)

    [problem] = refused.value.problems
    assert "WAX" in problem.rule
    assert "is used since by" in problem.rule
    assert "SO-10" in problem.rule
    assert digest() == before


def test_rows_changed_since_are_refused_by_name_and_nothing_is_undone(
    oak, by, take_over, wrong_file, digest
):
    done = take_over(wrong_file)
    MaterialAtSite.objects.filter(material__code="TABLE").update(safety_stock=Decimal(3))
    BomLine.objects.filter(component__code="LEG").delete()
    before = digest()

    with pytest.raises(ChangedOrUsedSince) as refused:
        undo_import(site=oak, done=done, by=by)

    rules = " ".join(each.rule for each in refused.value.problems)
    assert "was changed since: safety_stock" in rules
    assert "was taken away since" in rules
    assert digest() == before


def test_an_import_is_undone_once_and_only_after_it_was_taken_over(
    oak, by, browser_of_ada, take_over, wrong_file
):
    done = take_over(wrong_file)
    undo_import(site=oak, done=done, by=by)

    with pytest.raises(NotUndoable, match="was undone already"):
        undo_import(site=oak, done=done, by=by)
    send(browser_of_ada, wrong_file)
    with pytest.raises(NotUndoable, match="was not taken over yet"):
        undo_import(site=oak, done=FileImport.objects.latest("pk"), by=by)


def test_an_import_that_released_an_order_is_not_undone(oak, by, take_over, example, digest):
    put(example, "Production orders", 2, "status", "released")
    done = take_over({"Production orders": example["Production orders"]})
    before = digest()

    with pytest.raises(ChangedOrUsedSince) as refused:
        undo_import(site=oak, done=done, by=by)

    assert [each.rule for each in refused.value.problems] == [
        "supply order 100200 was released by the import, which no undo takes back"
    ]
    assert digest() == before
