"""The small demo plant is believable: its load and its parts are computed, not asserted by eye."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from obeya.modules.engineering import public as engineering
from obeya.modules.inventory import public as inventory
from obeya.modules.orders import public as orders
from obeya.modules.organisation import public as organisation
from obeya.modules.purchasing import public as purchasing
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.rooms import rooms
from obeya.plant.resources.models import Site
from obeya.testing.tests.loads import hours_by_work_center, needs_beyond_stock

pytestmark = pytest.mark.django_db
FILLED = ("organisation", "engineering", "inventory", "orders", "purchasing")
WEEKS = 3
NET_HOURS = {"3-SHIFT": 112.5, "2-SHIFT": 75}  # a machine and week, breaks taken off


@pytest.fixture
def plant():
    by = system_actor()
    with clock.held_at(datetime(2026, 11, 23, 5, tzinfo=UTC)):
        fill(by)
    return {"site": Site.objects.get(code="KES"), "by": by}


def test_eighty_lines_over_three_weeks_two_of_them_overdue(plant):
    lines = orders.demand_rows(**plant)

    assert len(lines) == 81
    assert sum(line.due_at < datetime(2026, 11, 23) for line in lines) == 2
    assert max(line.due_at for line in lines) == datetime(2026, 12, 14, 16)


def test_thirteen_machines_two_levels_and_a_crew(plant):
    equipment = organisation.equipment_rows(**plant)
    people = {row.code for row in organisation.person_rows(**plant)}
    bom = engineering.bom_rows(**plant)

    assert Counter(row.level for row in equipment)["work_unit"] == 13
    assert len(people) == 32
    assert {line.component for line in bom} & {line.material for line in bom} >= {"PS-2102"}
    assert [row.code for row in equipment if row.batch_places] == ["FURNACE-1"]


def test_the_machining_centers_are_the_bottleneck_loaded_85_to_95_percent(plant):
    load = loads(plant)

    assert max(load, key=load.__getitem__) == "MILL"
    assert 0.85 <= load["MILL"] <= 0.95
    assert all(0.2 < share < 0.8 for center, share in load.items() if center != "MILL"), load


def test_stock_and_open_purchases_cover_what_the_lines_need(plant):
    short: Counter[str] = Counter()
    for material, quantity in needs(plant):
        short[material] += quantity
    for row in purchasing.purchase_rows(**plant):
        short[row.material] -= row.quantity
    bought = [row.code for row in engineering.material_rows(**plant) if row.policy == "buy"]

    assert {code: short[code] for code in bought if short[code] > 0} == {}


def test_two_purchases_are_late(plant):
    due = {row.material: row.due_at for row in purchasing.purchase_rows(**plant)}

    assert [code for code, at in due.items() if at < datetime(2026, 11, 23)] == [
        "6203-2RS",
        "OR-40",
    ]


def test_filling_again_changes_nothing(plant):
    before = OperationsEvent.objects.count()

    fill(plant["by"])

    assert OperationsEvent.objects.count() == before


def fill(by):
    for module in rooms():
        if module.name in FILLED:
            module.demo(by=by)


def needs(plant):
    return needs_beyond_stock(
        orders.demand_rows(**plant), engineering.bom_rows(**plant), inventory.stock_rows(**plant)
    )


def loads(plant):
    """Hours over capacity of the three weeks, by work center; the furnace apart."""
    equipment = {row.code: row for row in organisation.equipment_rows(**plant)}
    machines = Counter(row.parent for row in equipment.values() if row.level == "work_unit")
    hours: Counter[str] = Counter()
    for code, spent in hours_by_work_center(
        needs(plant), engineering.operation_rows(**plant)
    ).items():
        named = equipment[code]
        hours[named.parent if named.level == "work_unit" else code] += spent
    return {
        center: spent / (machines[center] * NET_HOURS[equipment[center].calendar] * WEEKS)
        for center, spent in hours.items()
    }
