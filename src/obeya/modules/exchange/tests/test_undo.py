"""An import is taken back whole: what came is gone, what was changed is as it was."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.modules.exchange.actions import undo_import
from obeya.modules.exchange.tests.example_plant import add, put
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.resources.models import Equipment, Material, Party
from obeya.plant.resources.tree import disagreements
from obeya.plant.work.models import Demand, JobOrder, SupplyOrder


def test_what_was_changed_is_put_back_and_what_was_made_is_gone(
    oak, by, says, take_over, wrong_file
):
    before = says()
    done = take_over(wrong_file)
    assert says() != before

    undone = undo_import(site=oak, done=done, by=by)

    assert says() == before
    assert not Material.objects.filter(code="WAX").exists()
    assert not Party.objects.filter(code="C-900").exists()
    assert not Demand.objects.filter(code="SO-9/1").exists()
    assert (undone.cancelled, undone.reversed_moves, undone.kept) == (0, 0, [])
    event = OperationsEvent.objects.get(kind="exchange.import_undone")
    gone = ChangeRow.objects.get(event=event, model="resources.Party")
    assert (gone.fields["code"], gone.fields["name"]) == (["C-900", None], ["*", "*"])
    told = ChangeRow.objects.filter(event=event, model="work.BomLine").order_by("row_id")
    assert [each.fields["quantity_per"] for each in told] == [["5", "4"], ["1", None]]


def test_machines_that_came_are_gone_and_those_that_moved_stand_where_they_stood(
    oak, by, says, take_over, example
):
    before = says()
    add(example, "Equipment", code="HALL-2", level="area")
    put(example, "Equipment", 3, "parent", "HALL-2")  # SAW-1
    done = take_over({"Equipment": example["Equipment"]})
    assert says() != before

    undo_import(site=oak, done=done, by=by)

    assert says() == before
    assert not Equipment.objects.filter(code="HALL-2").exists()
    assert disagreements() == []


def test_names_that_no_log_keeps_are_put_back_from_the_preview(oak, by, says, take_over, example):
    before = says()
    put(example, "Parties", 2, "name", "Somebody else")
    put(example, "People", 2, "name", "Ann Forest")
    done = take_over({name: example[name] for name in ("Parties", "People")})
    assert says() != before

    undo_import(site=oak, done=done, by=by)

    assert says() == before
    told = ChangeRow.objects.filter(event__kind="exchange.import_undone")
    assert {str(each.fields["name"]) for each in told} == {"['*', '*']"}  # nor does the undo's


def test_stock_goes_back_by_its_own_moves_and_purchases_are_cancelled(
    oak, by, says, take_over, example
):
    before = says()
    put(example, "Stock", 2, "quantity", 999)
    add(example, "Materials", code="WAX", kind="consumable")
    add(example, "Stock", material="WAX", location="STORE", quantity=7)
    add(example, "Purchases", number="PO-9/1", material="WAX", quantity=5, due_at="2027-02-01")
    done = take_over({name: example[name] for name in ("Materials", "Stock", "Purchases")})

    undone = undo_import(site=oak, done=done, by=by)

    assert (undone.reversed_moves, undone.cancelled) == (2, 1)
    assert StockBalance.objects.get(material__code="WAX").quantity == 0
    assert SupplyOrder.objects.get(number="PO-9/1").status == "cancelled"
    assert "WAX" in " ".join(undone.kept)  # the ledger names it, so that it stays
    after = dict(says())
    for row_class, rows in before:
        if row_class.__name__ in ("StockRow", "PurchaseRow"):
            assert list(after[row_class]) == list(rows)


def test_five_hundred_rows_are_undone_with_as_few_questions_as_five(oak, by, take_over):
    def asked(count: int) -> int:
        rows = [[f"X{count}-{n}", f"x {n}"] for n in range(count)]
        done = take_over({"Materials": [["code", "name"], *rows]})
        with CaptureQueriesContext(connection) as asking:
            undo_import(site=oak, done=done, by=by)
        assert not Material.objects.filter(code__startswith=f"X{count}-").exists()
        return len(asking)

    asked(2)  # what is looked up once per process
    assert asked(500) <= asked(5) <= 90


def test_the_same_file_can_be_taken_over_again_after_it_was_undone(
    oak, by, says, take_over, wrong_file
):
    done = take_over(wrong_file)
    after = says()
    undo_import(site=oak, done=done, by=by)

    take_over(wrong_file)

    assert says() == after


def test_production_orders_end_with_their_jobs_and_changed_ones_go_back(
    oak, by, says, take_over, example
):
    before = says()
    put(example, "Production orders", 2, "quantity", 20)
    add(example, "Production orders", number="100300", material="TABLE", quantity=5,
        due_at="2027-02-01")  # fmt: skip
    done = take_over({"Production orders": example["Production orders"]})
    jobs = JobOrder.objects.filter(supply_order__number="100200")
    assert [job.quantity for job in jobs] == [20]

    undone = undo_import(site=oak, done=done, by=by)

    assert says() == before
    assert (undone.cancelled, [job.quantity for job in jobs.all()]) == (1, [8])
    ended = JobOrder.objects.get(supply_order__number="100300")
    assert (ended.dispatch_status, ended.supply_order.status) == ("cancelled", "cancelled")
