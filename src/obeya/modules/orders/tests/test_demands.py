"""Demands: what is wanted, by when in the site's time."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from obeya.modules.orders.actions import save_demands
from obeya.modules.orders.queries import demand_rows
from obeya.modules.orders.rows import DemandRow
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.work.models import Demand
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

LINE = DemandRow("SO-1/1", "BR-600", Decimal(3000), datetime(2026, 7, 1, 14), customer="CUST")


@pytest.fixture
def plant():
    return a_plant().with_customer("CUST").with_supplier("SUPP").with_material("BR-600")


def save(plant, *rows):
    return save_demands(site=plant.site, rows=rows, by=plant.by)


def test_a_time_without_a_zone_is_the_sites(plant):
    summer = LINE
    winter = replace(LINE, code="SO-1/2", due_at=datetime(2026, 12, 1, 14))

    assert save(plant, summer, winter) == Saved(new=2)

    assert plant.demand("SO-1/1").due_at == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert plant.demand("SO-1/2").due_at == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert save(plant, *demand_rows(site=plant.site, by=plant.by)) == Saved(unchanged=2)


def test_the_event_names_the_materials_that_are_wanted_otherwise(plant):
    save(plant, LINE)
    save(plant, replace(LINE, quantity=Decimal(4000)))

    event = OperationsEvent.objects.last()
    assert event.kind == "orders.demands_saved"
    assert event.data == {
        "new": [],
        "changed": [plant.demand("SO-1/1").pk],
        "materials": [plant.material("BR-600").pk],
    }


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (replace(LINE, code=""), "is empty"),
        (replace(LINE, code=".."), "would leave its page without an address"),
        (replace(LINE, code="new"), "would leave its page without an address"),
        (replace(LINE, code="SO-1/edit"), "would leave its page without an address"),
        (replace(LINE, code="SO-1/"), "would leave its page without an address"),
        (replace(LINE, material="NOPE"), "unknown material NOPE"),
        (replace(LINE, customer="SUPP"), "unknown customer SUPP"),
        (replace(LINE, quantity=Decimal(0)), "not above 0"),
        (replace(LINE, due_at=None), "not a date with a time"),  # type: ignore[arg-type]
        (replace(LINE, status="lost"), "not one of the choices"),  # type: ignore[arg-type]
    ],
)
def test_a_row_against_the_rules_is_refused_and_changes_nothing(plant, row, rule):
    with pytest.raises(RowsRefused) as refused:
        save(plant, replace(LINE, code="SO-2/1"), row)

    assert [(problem.row, problem.rule) for problem in refused.value.problems] == [(1, rule)]
    assert Demand.objects.count() == 0


def test_a_moment_past_the_end_of_time_is_refused_not_stumbled_over():
    plant = a_plant(time_zone="America/New_York").with_material("BR-600")
    row = DemandRow("SO-1/1", "BR-600", Decimal(1), datetime(9999, 12, 31, 23))

    with pytest.raises(RowsRefused, match="not between 1900 and 2999"):
        save_demands(site=plant.site, rows=[row], by=plant.by)

    assert not Demand.objects.exists()
