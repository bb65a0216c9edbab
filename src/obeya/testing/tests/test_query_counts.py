"""A save action asks the database as often for a thousand rows as for one."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.modules.engineering import public as engineering
from obeya.modules.inventory import public as inventory
from obeya.modules.orders import public as orders
from obeya.modules.organisation import public as organisation
from obeya.modules.planning import public as planning
from obeya.modules.purchasing import public as purchasing
from obeya.testing import Plant, a_plant

pytestmark = pytest.mark.django_db

MANY = 1_000
Rows = Callable[[int], Sequence[Any]]


def each(make: Callable[[int], Any]) -> Rows:
    return lambda count: [make(number) for number in range(count)]


@pytest.fixture(scope="module")
def plant(kept_for_the_module: None) -> Plant:
    plant = (
        a_plant()
        .with_three_shifts()
        .with_work_center("WC")
        .with_machine("M-1", "M-2", parent="WC", classes=("CNC",))
        .with_storage("WH")
        .with_setup_times("DIES", {}, on=["WC"])
        .with_customer("CUST")
        .with_supplier("SUPP")
        .with_person("ANN", {"TURN": 3})
    )
    made = [engineering.MaterialRow(f"MADE-{number}") for number in range(MANY + 1)]
    used = [engineering.MaterialRow(f"USED-{number}", kind="raw") for number in range(MANY + 1)]
    engineering.save_materials(site=plant.site, rows=[*made, *used], by=plant.by)
    steps = [engineering.OperationRow(f"MADE-{n}", 10, equipment="WC") for n in range(MANY + 1)]
    engineering.save_operations(site=plant.site, rows=steps, by=plant.by)
    return plant


DUE = datetime(2026, 12, 1, 14)
ACTIONS: dict[Any, Rows] = {
    organisation.save_units: each(lambda n: organisation.UnitRow(f"U{n}", "unit")),
    organisation.save_calendars: each(
        lambda n: organisation.CalendarRow(
            f"C-{n}", "Early", "Mon", time(6), time(14), "10:00-10:30"
        )
    ),
    organisation.save_equipment: each(
        lambda n: organisation.EquipmentRow(f"E-{n}", parent="WC", classes=("CNC",))
    ),
    organisation.save_people: each(lambda n: organisation.PersonRow(f"P-{n}", skill=f"S-{n}")),
    organisation.save_parties: each(lambda n: organisation.PartyRow(f"X-{n}", is_customer=True)),
    organisation.save_reasons: each(lambda n: organisation.ReasonRow("down", f"R-{n}")),
    engineering.save_materials: each(lambda n: engineering.MaterialRow(f"N-{n}", storage="WH")),
    engineering.save_bom_lines: each(
        lambda n: engineering.BomRow(f"MADE-{n}", f"USED-{n}", Decimal(1))
    ),
    engineering.save_operations: each(
        lambda n: engineering.OperationRow(
            f"MADE-{n}", 20, equipment="M-1", skill="TURN", predecessors=("10",)
        )
    ),
    engineering.save_alternates: each(lambda n: engineering.AlternateRow(f"MADE-{n}", 10, "M-2")),
    engineering.save_setup_times: each(
        lambda n: engineering.SetupTimeRow("DIES", f"F-{n}", "G", Decimal(5), ("WC",))
    ),
    engineering.save_tools: each(lambda n: engineering.ToolRow(f"T-{n}")),
    inventory.set_stock: each(lambda n: inventory.StockRow(f"USED-{n}", "WH", Decimal(5))),
    orders.save_demands: each(
        lambda n: orders.DemandRow(f"SO-{n}", f"MADE-{n}", Decimal(1), DUE, customer="CUST")
    ),
    purchasing.save_purchase_orders: each(
        lambda n: purchasing.PurchaseRow(f"PO-{n}", f"USED-{n}", Decimal(1), DUE, supplier="SUPP")
    ),
    planning.save_production_orders: each(
        lambda n: planning.ProductionOrderRow(
            f"P-{n}", f"MADE-{n}", Decimal(1), DUE, status="released"
        )
    ),
}


@pytest.mark.parametrize("save", ACTIONS, ids=lambda action: action.name)
def test_a_thousand_rows_cost_as_many_queries_as_one(plant, save):
    rows = ACTIONS[save](MANY + 1)

    one_new = _queries(save, plant, rows[:1])
    thousand_new = _queries(save, plant, rows[1:])
    one_again = _queries(save, plant, rows[:1])
    thousand_again = _queries(save, plant, rows[1:])

    assert grown(one_new, thousand_new) == []
    assert grown(one_again, thousand_again) == []


def _queries(save: Any, plant: Plant, rows: Sequence[Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        save(site=plant.site, rows=rows, by=plant.by)
    return [query["sql"][:100] for query in captured if "SAVEPOINT" not in query["sql"]]


def grown(few: list[str], many: list[str]) -> list[str]:
    """What was asked more often for many rows; PostgreSQL's way of inserting many counts as one.

    There, more than a few rows are streamed (COPY) after one query that reserves their ids.
    """
    return ["it asked more often", *many] if count(many) > count(few) else []


def count(queries: list[str]) -> int:
    return sum("nextval(" not in query for query in queries)
