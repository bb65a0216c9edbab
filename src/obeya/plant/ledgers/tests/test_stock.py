from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from obeya.plant.ledgers.balances import Key, balances_as_of, disagreements
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.ledgers.stock import AlreadyReversed, InsufficientStock, Move, post, reverse
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.resources.models import Material, Unit, UnitConversion
from obeya.plant.resources.sites import PRODUCTION, SUPPLIER, virtual_place

SIX_AM = datetime(2026, 3, 2, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def supplier(kestrel):
    return virtual_place(kestrel, SUPPLIER)


@pytest.fixture
def production(kestrel):
    return virtual_place(kestrel, PRODUCTION)


@pytest.fixture
def receipt(coil, coil_lot, supplier, rack):
    def made(kg, **other):
        return replace(Move(coil, Decimal(kg), supplier, rack, coil_lot, at=SIX_AM), **other)

    return made


@pytest.fixture
def issue(coil, coil_lot, production, rack):
    def made(kg, **other):
        move = Move(coil, Decimal(kg), rack, production, coil_lot, at=SIX_AM + HOUR)
        return replace(move, **other)

    return made


def on_hand():
    rows = StockBalance.objects.order_by("location__code", "status")
    return [(row.location.code, row.status, row.quantity) for row in rows]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
def test_a_reversal_cannot_be_replaced_by_another(receipt, system_by):
    [received] = post(moves=[receipt("10")], by=system_by)
    reverse(moves=[received], by=system_by)
    before = list(StockMove.objects.order_by("pk").values())
    columns = [f.column for f in StockMove._meta.concrete_fields if not f.primary_key]

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(
            f"INSERT OR REPLACE INTO {StockMove._meta.db_table} ({', '.join(columns)})"
            f" SELECT {', '.join(columns)} FROM {StockMove._meta.db_table}"
            " WHERE reverses_id IS NOT NULL"
        )

    assert list(StockMove.objects.order_by("pk").values()) == before


def test_what_leaves_one_place_arrives_at_another(receipt, rack, dock, system_by):
    inward = receipt("1200.5", to_location=dock, document="DN-77")
    [received] = post(moves=[inward], by=system_by)
    post(moves=[Move(inward.material, Decimal("200.5"), dock, rack, lot=inward.lot)], by=system_by)

    assert on_hand() == [
        ("DOCK", "available", Decimal(1000)),
        ("RACK-A", "available", Decimal("200.5")),
    ]
    assert (received.quantity, received.entered_quantity, received.document) == (
        Decimal("1200.5"),
        Decimal("1200.5"),
        "DN-77",
    )
    assert received.effective_at == SIX_AM
    assert disagreements() == []


def test_virtual_places_have_no_balance(receipt, supplier, system_by):
    post(moves=[receipt("5")], by=system_by)

    assert not StockBalance.objects.filter(location=supplier).exists()


def test_more_than_there_is_is_refused_by_name_and_changes_nothing(receipt, issue, system_by):
    post(moves=[receipt("10")], by=system_by)

    with pytest.raises(InsufficientStock) as refused, transaction.atomic():
        post(moves=[issue("4"), issue("6.5")], by=system_by)

    assert str(refused.value) == (
        "DC04, lot C-17 at RACK-A: 10 KGM on hand, 10.5 KGM asked."
        " Ask for less, take another lot or place, or post the missing receipt first."
    )
    assert on_hand() == [("RACK-A", "available", Decimal(10))]
    assert StockMove.objects.count() == 1


def test_a_place_that_never_held_it_has_nothing(issue, system_by):
    with pytest.raises(InsufficientStock, match="0 KGM on hand, 1 KGM asked"), transaction.atomic():
        post(moves=[issue("1")], by=system_by)

    assert not StockBalance.objects.exists()


def test_what_comes_and_goes_in_one_post_is_netted(receipt, issue, system_by):
    post(moves=[issue("3"), receipt("3")], by=system_by)

    assert StockMove.objects.count() == 2
    assert disagreements() == []


def test_blocking_changes_the_status_where_it_lies(receipt, issue, rack, system_by):
    post(moves=[receipt("10")], by=system_by)
    block = issue("4", to_location=rack, from_status="available", status="blocked")
    post(moves=[block], by=system_by)

    assert on_hand() == [
        ("RACK-A", "available", Decimal(6)),
        ("RACK-A", "blocked", Decimal(4)),
    ]
    with pytest.raises(InsufficientStock, match="6 KGM on hand, 7 KGM asked"), transaction.atomic():
        post(moves=[issue("7")], by=system_by)
    with pytest.raises(InsufficientStock, match=r"at RACK-A \(blocked\): 4"), transaction.atomic():
        post(moves=[issue("5", status="blocked")], by=system_by)


def test_everything_wrong_is_said_at_once(receipt, bracket, press_4, merlin, system_by):
    rack = receipt("1").to_location
    moves = [
        receipt("0"),
        receipt("1.0000001"),
        receipt("1", to_location=virtual_place(merlin, PRODUCTION)),
        receipt("1", from_location=rack),
        receipt("1", to_location=press_4),
        receipt("1", lot=None),
        receipt("1", material=bracket),
    ]
    with pytest.raises(RowsRefused) as refused:
        post(moves=moves, by=system_by)

    assert [(problem.row, problem.rule) for problem in refused.value.problems] == [
        (0, "a move has a positive quantity"),
        (1, "a quantity has at most six decimals"),
        (2, "SUPPLIER and PRODUCTION are at different sites"),
        (3, "DC04 would stay at RACK-A as it is"),
        (4, "PRESS-4 is no storage but work unit"),
        (5, "DC04 is kept by lot"),
        (6, "lot C-17 is not of BR-600"),
    ]
    assert not StockMove.objects.exists()


def test_the_entered_unit_is_kept_and_the_base_quantity_rounded_once(receipt, coil, system_by):
    pounds = Unit.objects.create(code="LBR", name="lb", dimension="mass")
    UnitConversion.objects.create(
        from_unit=pounds, to_unit=coil.unit, numerator=45_359_237, denominator=100_000_000
    )
    [move] = post(moves=[receipt("3", unit=pounds)], by=system_by)

    move.refresh_from_db()
    assert (move.entered_quantity, move.unit) == (3, pounds)
    assert move.quantity == Decimal("1.360777")
    assert on_hand() == [("RACK-A", "available", Decimal("1.360777"))]


def test_a_unit_that_cannot_be_converted_is_refused(receipt, pieces, system_by):
    with pytest.raises(RowsRefused, match="nothing says how many KGM one H87 is"):
        post(moves=[receipt("3", unit=pieces)], by=system_by)


def test_a_correction_is_a_row_that_names_the_one_it_reverses(receipt, system_by):
    [wrong] = post(moves=[receipt("10")], by=system_by)
    [back] = reverse(moves=[wrong], by=system_by)

    assert back.reverses == wrong
    assert (back.from_location.code, back.to_location.code) == ("RACK-A", "SUPPLIER")
    assert back.effective_at == SIX_AM
    assert on_hand() == [("RACK-A", "available", Decimal(0))]
    assert disagreements() == []


def test_a_move_is_reversed_once(receipt, system_by):
    [wrong, kept] = post(moves=[receipt("10"), receipt("5")], by=system_by)
    [back] = reverse(moves=[wrong], by=system_by)

    for again in ([wrong], [back], [kept, kept]):
        with pytest.raises(AlreadyReversed), transaction.atomic():
            reverse(moves=again, by=system_by)
    assert StockMove.objects.count() == 3
    assert on_hand() == [("RACK-A", "available", Decimal(5))]


def test_what_has_gone_on_cannot_be_taken_back(receipt, issue, system_by):
    [wrong] = post(moves=[receipt("10")], by=system_by)
    post(moves=[issue("4")], by=system_by)

    with (
        pytest.raises(InsufficientStock, match="6 KGM on hand, 10 KGM asked"),
        transaction.atomic(),
    ):
        reverse(moves=[wrong], by=system_by)


def test_moves_are_never_changed_or_deleted(receipt, system_by):
    post(moves=[receipt("10")], by=system_by)

    for attempt in (
        lambda: StockMove.objects.update(quantity=Decimal(11)),
        lambda: StockMove.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert StockMove.objects.get().quantity == 10


def test_the_balance_of_any_moment_comes_from_the_moves(
    receipt, issue, kestrel, coil_lot, system_by
):
    rack = receipt("1").to_location
    post(moves=[receipt("10"), issue("4", at=SIX_AM + HOUR)], by=system_by)
    post(moves=[receipt("1", at=SIX_AM - HOUR)], by=system_by)  # a late scan
    key = Key(rack.pk, coil_lot.material_id, coil_lot.pk, "available")

    assert balances_as_of(SIX_AM - 2 * HOUR, site=kestrel) == {}
    assert balances_as_of(SIX_AM - HOUR, site=kestrel) == {key: Decimal(1)}
    assert balances_as_of(SIX_AM, site=kestrel, location=rack) == {key: Decimal(11)}
    assert balances_as_of(SIX_AM + HOUR, site=kestrel, lot=coil_lot) == {key: Decimal(7)}


def test_a_balance_that_was_tampered_with_is_found(receipt, system_by):
    post(moves=[receipt("10")], by=system_by)
    StockBalance.objects.update(quantity=Decimal("10.000001"))

    assert disagreements() == [
        "DC04, lot C-17 at RACK-A: the balance says 10.000001, the moves say 10."
    ]


def test_a_hundred_and_a_thousand_moves_take_the_same_queries(
    bracket, supplier, rack, dock, system_by
):
    others = Material.objects.bulk_create(
        Material(code=f"M-{number}", name="M", kind="raw", unit=bracket.unit)
        for number in range(1000)
    )
    post(moves=[Move(each, Decimal(5), supplier, rack) for each in others], by=system_by)

    with CaptureQueriesContext(connection) as some:
        post(moves=[Move(each, Decimal(1), rack, dock) for each in others[:100]], by=system_by)
    with CaptureQueriesContext(connection) as many:
        post(moves=[Move(each, Decimal(1), rack, dock) for each in others], by=system_by)

    assert len(many) == len(some)
    assert StockBalance.objects.filter(location=dock).count() == 1000
    assert disagreements() == []
