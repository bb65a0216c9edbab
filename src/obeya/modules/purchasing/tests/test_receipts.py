"""What suppliers bring: stock of the material, and a line that is complete."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from obeya.modules.purchasing.actions import save_purchase_orders
from obeya.modules.purchasing.receiving import receive_purchases
from obeya.modules.purchasing.rows import PurchaseRow, ReceiptRow
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Material, MaterialAtSite, MaterialLot
from obeya.plant.work.models import SupplyOrderTransition
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 3, 9, tzinfo=UTC)
CAME = datetime(2026, 12, 2, 8, tzinfo=UTC)


@pytest.fixture
def plant():
    """Two lines of coil are owed; coil is kept by lot, in RAW."""
    made = a_plant().with_supplier("NORRLAND").with_storage("RAW")
    made.with_material("DC04", kind="raw", unit="KGM")
    Material.objects.filter(code="DC04").update(is_lot_tracked=True)
    home = made.equipment("RAW")
    MaterialAtSite.objects.filter(material__code="DC04").update(storage=home)
    with clock.held_at(NOW):
        lines = [PurchaseRow(f"PO-{n}/1", "DC04", Decimal(1000), CAME, "NORRLAND") for n in (1, 2)]
        save_purchase_orders(site=made.site, rows=lines, by=made.by)
        yield made


def receive(plant, *rows):
    return receive_purchases(site=plant.site, rows=rows, by=plant.by)


def test_a_receipt_puts_the_lot_into_stock_when_it_came_and_completes_the_line(plant):
    [order] = receive(plant, ReceiptRow("PO-1/1", Decimal(980), CAME, lot="H-77"))

    assert order.status == "completed"
    move = StockMove.objects.get()
    assert (move.from_location.code, move.to_location.code) == ("SUPPLIER", "RAW")
    assert (move.quantity, move.effective_at, move.document) == (980, CAME, "PO-1/1")
    balance = StockBalance.objects.get()
    assert (balance.lot.code, balance.quantity) == ("H-77", 980)
    steps = SupplyOrderTransition.objects.filter(supply_order=order)
    assert list(steps.values_list("to_status", "at")) == [
        ("firm", NOW),
        ("released", CAME),
        ("completed", CAME),
    ]
    assert OperationsEvent.objects.last().kind == "purchasing.purchases_received"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (ReceiptRow("PO-9/1", Decimal(1), CAME, "H-1"), "unknown purchase line PO-9/1"),
        (ReceiptRow("PO-1/1", Decimal(0), CAME, "H-1"), "not above 0"),
        (ReceiptRow("PO-1/1", Decimal(1), datetime(2027, 1, 1, tzinfo=UTC), "H-1"), "not come yet"),
        (ReceiptRow("PO-1/1", Decimal(1), CAME), "DC04 is kept by lot"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_with_all_others_and_changes_nothing(plant, row, rule):
    before = OperationsEvent.objects.count()

    with pytest.raises(RowsRefused, match=rule):
        receive(plant, ReceiptRow("PO-2/1", Decimal(1000), CAME, lot="H-2"), row)

    assert plant.purchase("PO-2/1").status == "firm"
    assert not StockMove.objects.exists()
    assert not MaterialLot.objects.exists()
    assert OperationsEvent.objects.count() == before


def test_a_line_comes_once(plant):
    receive(plant, ReceiptRow("PO-1/1", Decimal(1000), CAME, lot="H-1"))

    with pytest.raises(RowsRefused, match="PO-1/1 is completed already"):
        receive(plant, ReceiptRow("PO-1/1", Decimal(1000), CAME, lot="H-2"))

    assert StockBalance.objects.get().quantity == 1000


def test_a_time_without_a_zone_is_the_site_s(plant):
    receive(plant, ReceiptRow("PO-1/1", Decimal(5), datetime(2026, 12, 2, 8), lot="H-1"))

    there = datetime(2026, 12, 2, 8, tzinfo=plant.site.zone)
    assert StockMove.objects.get().effective_at == there
