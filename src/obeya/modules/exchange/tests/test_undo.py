"""An import is taken back whole, or not at all; what was used since is named."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.modules.exchange.actions import ChangedOrUsedSince, NotUndoable, undo_import
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.tests.test_preview import put, send
from obeya.modules.orders.public import DemandRow, save_demands
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actor import Actor, Scope, system_actor
from obeya.plant.log.models import ChangeRow, OperationsEvent
from obeya.plant.log.refusal import NotPermitted
from obeya.plant.resources.models import Equipment, Material, MaterialAtSite, Party, Site
from obeya.plant.resources.tree import disagreements
from obeya.plant.work.models import BomLine, Demand, JobOrder, SupplyOrder
from obeya.testing import a_plant

Tables = dict[str, list[list[Any]]]


def add(tables: Tables, sheet: str, **values: Any) -> None:
    header = tables[sheet][0]
    tables[sheet].append([values.get(name) for name in header])


@pytest.fixture
def take_over(browser_of_ada):
    def taken(tables: Tables) -> FileImport:
        browser_of_ada.post(f"{send(browser_of_ada, tables)}apply/")
        found = FileImport.objects.latest("pk")
        assert found.applied_at is not None
        return found

    return taken


@pytest.fixture
def wrong_file(oak, example) -> Tables:
    """Changes a material and a BOM line, moves a holiday, adds material, line, party, demand."""
    put(example, "Materials", 2, "name", "Round table")
    put(example, "Materials", 2, "safety_stock", 12.5)
    put(example, "BOM", 2, "quantity_per", 5)
    put(example, "Calendars", 3, "on_date", "2027-01-01")
    put(example, "Calendars", 3, "ends_on", None)
    add(example, "Materials", code="WAX", kind="consumable")
    add(example, "BOM", material="TABLE", component="WAX", quantity_per=1)
    add(example, "Parties", code="C-900", is_customer="yes")
    add(example, "Demand", code="SO-9/1", material="TABLE", quantity=3, due_at="2027-02-01",
        customer="C-900")  # fmt: skip
    wanted = ("Calendars", "Parties", "Materials", "BOM", "Demand")
    return {name: example[name] for name in wanted}


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


def test_the_page_undoes_an_import_and_names_what_stands_in_its_way(
    oak, by, browser_of_ada, take_over, wrong_file
):
    done = take_over(wrong_file)
    page = f"/s/OAK/import/{done.pk}/"
    row = DemandRow("SO-10", "WAX", Decimal(1), Demand.objects.latest("pk").due_at)
    save_demands(site=oak, rows=[row], by=by)
    before = OperationsEvent.objects.count()

    refused = browser_of_ada.post(f"{page}undo/")

    assert refused.status_code == 422
    assert "SO-10" in refused.content.decode()
    assert OperationsEvent.objects.count() == before
    assert Material.objects.get(code="TABLE").name == "Round table"
    Demand.objects.filter(code="SO-10").delete()
    assert b"was undone" in browser_of_ada.post(f"{page}undo/", follow=True).content
    assert not Material.objects.filter(code="WAX").exists()


def test_a_colleague_with_the_right_sees_and_undoes_it_nobody_else(
    oak, client, someone, take_over, wrong_file
):
    done = take_over(wrong_file)
    page = f"/s/OAK/import/{done.pk}/"
    client.force_login(someone("olga", "operator"))
    assert client.post(f"{page}undo/").status_code == 403
    elm = Site.objects.create(code="ELM", name="Elm")
    client.force_login(someone("paul", "production_manager", site=elm))
    assert client.post(f"{page}undo/").status_code == 403
    assert client.get(f"/s/ELM/import/{done.pk}/").status_code == 404
    assert Material.objects.filter(code="WAX").exists()

    client.force_login(someone("eve", "production_manager", site=oak))
    assert b"plant.xlsx" in client.get("/s/OAK/import/").content
    assert b"was undone" in client.post(f"{page}undo/", follow=True).content


def test_the_same_file_can_be_taken_over_again_after_it_was_undone(
    oak, by, says, take_over, wrong_file
):
    done = take_over(wrong_file)
    after = says()
    undo_import(site=oak, done=done, by=by)

    take_over(wrong_file)

    assert says() == after


@pytest.mark.parametrize(
    "cell",
    [
        ("Materials", "name", "Round table"),
        ("Materials", "revision", "B"),
        ("BOM", "quantity_per", 5),
    ],
)
def test_what_another_site_deals_with_too_is_not_put_back_by_the_right_of_one(
    oak, says, take_over, example, cell
):
    sheet, column, value = cell
    put(example, sheet, 2, column, value)
    done = take_over({name: example[name] for name in ("Materials", "BOM")})
    code = example[sheet][1][0]
    a_plant("MER").with_material(code, name=Material.objects.get(code=code).name)
    here = frozenset({Scope(oak.pk)})
    grants = dict.fromkeys(("exchange.import_plant", "engineering.edit"), here)
    by = system_actor()
    ann = Actor(by.account_id, "ann", grants=grants)
    then = says()

    with pytest.raises(NotPermitted, match=r"engineering\.edit is missing"):
        undo_import(site=oak, done=done, by=ann)

    assert says() == then
    undo_import(site=oak, done=done, by=by)
    assert says() != then


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
