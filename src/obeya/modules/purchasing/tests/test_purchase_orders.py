"""Purchase orders: firm from the start, cancelled for good."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from obeya.modules.purchasing.actions import save_purchase_orders
from obeya.modules.purchasing.queries import purchase_rows
from obeya.modules.purchasing.rows import PurchaseRow
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.work.models import SupplyOrder, SupplyOrderTransition
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

LINE = PurchaseRow("PO-1/1", "DC04", Decimal(1000), datetime(2026, 12, 1), supplier="NORRLAND")


@pytest.fixture
def plant():
    return (
        a_plant()
        .with_customer("CUST")
        .with_supplier("NORRLAND")
        .with_material("DC04", kind="raw", unit="KGM")
    )


def save(plant, *rows):
    return save_purchase_orders(site=plant.site, rows=rows, by=plant.by)


def steps():
    return list(SupplyOrderTransition.objects.values_list("from_status", "to_status"))


def test_an_order_is_firm_then_changed_then_cancelled(plant):
    assert save(plant, LINE) == Saved(new=1)
    assert save(plant, *purchase_rows(site=plant.site, by=plant.by)) == Saved(unchanged=1)
    assert save(plant, replace(LINE, quantity=Decimal(800))) == Saved(changed=1)
    assert save(plant, replace(LINE, is_cancelled=True)) == Saved(changed=1)

    assert (plant.purchase("PO-1/1").kind, plant.purchase("PO-1/1").status) == ("buy", "cancelled")
    assert steps() == [("", "firm"), ("firm", "cancelled")]
    assert purchase_rows(site=plant.site, by=plant.by) == []

    with pytest.raises(RowsRefused, match="PO-1/1 is cancelled already"):
        save(plant, LINE)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (replace(LINE, number=""), "is empty"),
        (replace(LINE, supplier="CUST"), "unknown supplier CUST"),
        (replace(LINE, material="NOPE"), "unknown material NOPE"),
        (replace(LINE, quantity=Decimal(0)), "not above 0"),
    ],
)
def test_a_row_against_the_rules_is_refused_and_changes_nothing(plant, row, rule):
    with pytest.raises(RowsRefused) as refused:
        save(plant, replace(LINE, number="PO-2/1"), row)

    assert [(problem.row, problem.rule) for problem in refused.value.problems] == [(1, rule)]
    assert SupplyOrder.objects.count() == 0
