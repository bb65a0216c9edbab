"""What leaves for customers: out of the material's storage, and the line is shipped."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from obeya.modules.orders.actions import save_demands
from obeya.modules.orders.rows import DemandRow, ShipmentRow
from obeya.modules.orders.shipping import ship_demands
from obeya.plant.ledgers.balances import InsufficientStock
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import MaterialAtSite
from obeya.plant.work.models import Demand
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 2, 9, tzinfo=UTC)
LEFT = datetime(2026, 7, 1, 11, tzinfo=UTC)


@pytest.fixture
def plant():
    """Two lines wait for brackets, one is forecast; 5,000 lie in FINISHED."""
    made = a_plant().with_customer("CUST").with_storage("FINISHED").with_material("BR-600")
    made.with_stock("BR-600", 5_000, at="FINISHED")
    home = made.equipment("FINISHED")
    MaterialAtSite.objects.filter(material__code="BR-600").update(storage=home)
    lines = [
        DemandRow(f"SO-{n}/1", "BR-600", Decimal(3000), LEFT, "CUST", kind=kind)
        for n, kind in ((1, "order_line"), (2, "call_off"), (3, "forecast"))
    ]
    with clock.held_at(NOW):
        save_demands(site=made.site, rows=lines, by=made.by)
        yield made


def ship(plant, *rows):
    return ship_demands(site=plant.site, rows=rows, by=plant.by)


def test_a_line_leaves_the_store_when_it_left_and_is_shipped(plant):
    before = StockMove.objects.count()

    ship(plant, ShipmentRow("SO-1/1", Decimal(2950), LEFT))

    assert Demand.objects.get(code="SO-1/1").status == "shipped"
    move = StockMove.objects.last()
    assert (move.from_location.code, move.to_location.code) == ("FINISHED", "CUSTOMER")
    assert (move.quantity, move.effective_at, move.document) == (2950, LEFT, "SO-1/1")
    assert StockMove.objects.count() == before + 1
    assert StockBalance.objects.get().quantity == 2050
    assert OperationsEvent.objects.last().kind == "orders.demands_shipped"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (ShipmentRow("SO-9/1", Decimal(1), LEFT), "unknown order line SO-9/1"),
        (ShipmentRow("SO-1/1", Decimal(-1), LEFT), "not above 0"),
        (ShipmentRow("SO-1/1", Decimal(1), datetime(2027, 1, 1, tzinfo=UTC)), "not left yet"),
        (ShipmentRow("SO-3/1", Decimal(1), LEFT), "SO-3/1 is forecast, not an order"),
        (ShipmentRow("SO-1/1", Decimal(1), LEFT, lot="L-1"), "BR-600 has no lot L-1"),
    ],
)
def test_a_shipment_that_cannot_be_is_refused_with_all_others_and_changes_nothing(plant, row, rule):
    before = OperationsEvent.objects.count(), StockMove.objects.count()

    with pytest.raises(RowsRefused, match=rule):
        ship(plant, ShipmentRow("SO-2/1", Decimal(1000), LEFT), row)

    assert set(Demand.objects.values_list("status", flat=True)) == {"open"}
    assert (OperationsEvent.objects.count(), StockMove.objects.count()) == before


def test_more_than_lies_there_does_not_leave_and_changes_nothing(plant):
    with pytest.raises(InsufficientStock, match="5000"):
        ship(plant, *(ShipmentRow(f"SO-{n}/1", Decimal(3000), LEFT) for n in (1, 2)))

    assert set(Demand.objects.values_list("status", flat=True)) == {"open"}
    assert StockBalance.objects.get().quantity == 5000


def test_a_line_is_shipped_once(plant):
    ship(plant, ShipmentRow("SO-1/1", Decimal(1000), LEFT))

    with pytest.raises(RowsRefused, match="SO-1/1 is shipped already"):
        ship(plant, ShipmentRow("SO-1/1", Decimal(1000), LEFT))

    assert StockBalance.objects.get().quantity == 4000


def test_a_time_without_a_zone_is_the_site_s(plant):
    ship(plant, ShipmentRow("SO-1/1", Decimal(5), datetime(2026, 7, 1, 8)))

    there = datetime(2026, 7, 1, 8, tzinfo=plant.site.zone)
    assert StockMove.objects.last().effective_at == there
