"""Stock: put to what was counted by posting differences, and carried about."""

from decimal import Decimal

import pytest

from obeya.modules.inventory.actions import StockTransfer, move_stock, set_stock
from obeya.modules.inventory.queries import stock_rows
from obeya.modules.inventory.rows import StockRow
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log.refusal import Refusal, RowsRefused
from obeya.plant.log.saving import Saved
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant():
    return (
        a_plant()
        .with_storage("WH", "LINE")
        .with_material("BOLT")
        .with_material("DC04", kind="raw", unit="KGM", is_lot_tracked=True)
    )


def count(plant, *rows):
    return set_stock(site=plant.site, rows=rows, by=plant.by)


def moves():
    found = StockMove.objects.order_by("id")
    return [(m.from_location.code, m.to_location.code, m.quantity) for m in found]


def test_a_second_count_posts_the_difference_only(plant):
    assert count(plant, StockRow("BOLT", "WH", Decimal(100))) == Saved(new=1)
    assert count(plant, StockRow("BOLT", "WH", Decimal(100))) == Saved(unchanged=1)
    assert count(plant, StockRow("BOLT", "WH", Decimal(70))) == Saved(changed=1)

    assert moves() == [("ADJUSTMENT", "WH", 100), ("WH", "ADJUSTMENT", 30)]
    assert StockBalance.objects.get().quantity == 70


def test_lots_and_status_are_kept_apart_and_read_back(plant):
    rows = [
        StockRow("DC04", "WH", Decimal("812.5"), lot="C-1"),
        StockRow("DC04", "WH", Decimal(40), lot="C-1", status="blocked"),
        StockRow("DC04", "LINE", Decimal(9), lot="C-2"),
    ]
    assert count(plant, *rows) == Saved(new=3)

    read = stock_rows(site=plant.site, by=plant.by)
    assert {(r.location, r.lot, r.status, r.quantity) for r in read} == {
        ("WH", "C-1", "available", Decimal("812.5")),
        ("WH", "C-1", "blocked", Decimal(40)),
        ("LINE", "C-2", "available", Decimal(9)),
    }
    assert count(plant, *read) == Saved(unchanged=3)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (StockRow("NUT", "WH", Decimal(1)), "unknown material NUT"),
        (StockRow("BOLT", "SCRAP", Decimal(1)), "unknown storage SCRAP"),
        (StockRow("BOLT", "WH", Decimal(-1)), "below 0"),
        (StockRow("DC04", "WH", Decimal(1)), "DC04 is kept by lot"),
        (StockRow("BOLT", "WH", Decimal(1), lot="L"), "BOLT is not kept by lot"),
    ],
)
def test_a_count_against_the_rules_is_refused_and_posts_nothing(plant, row, rule):
    with pytest.raises(RowsRefused) as refused:
        count(plant, StockRow("BOLT", "LINE", Decimal(1)), row)

    assert [(problem.row, problem.rule) for problem in refused.value.problems] == [(1, rule)]
    assert StockMove.objects.count() == 0


def test_stock_is_carried_and_blocked_but_never_overdrawn(plant):
    count(plant, StockRow("BOLT", "WH", Decimal(100)))

    def carry(*transfers):
        return move_stock(site=plant.site, transfers=transfers, by=plant.by)

    carry(StockTransfer("BOLT", Decimal(30), "WH", "LINE"))
    carry(StockTransfer("BOLT", Decimal(5), "LINE", "LINE", status="blocked"))
    with pytest.raises(Refusal, match="LINE"):
        carry(StockTransfer("BOLT", Decimal(26), "LINE", "WH"))
    with pytest.raises(RowsRefused, match="BOLT has no lot L-9"):
        carry(StockTransfer("BOLT", Decimal(1), "WH", "LINE", lot="L-9"))

    held = StockBalance.objects.values_list("location__code", "status", "quantity")
    assert sorted(held) == [
        ("LINE", "available", 25),
        ("LINE", "blocked", 5),
        ("WH", "available", 70),
    ]
