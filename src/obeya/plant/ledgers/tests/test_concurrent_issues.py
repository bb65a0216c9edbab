"""Many hands at one lot: never overdrawn, no deadlock, and the ledger adds up."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, transaction

from obeya.plant.ledgers.backward import refuse_overdrawn
from obeya.plant.ledgers.balances import disagreements
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.ledgers.stock import AlreadyReversed, InsufficientStock, Move, post, reverse
from obeya.plant.resources.models import Material
from obeya.plant.resources.sites import PRODUCTION, SUPPLIER, virtual_place

pytestmark = pytest.mark.django_db(transaction=True)

SIX_AM = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def shop(kestrel, rack, coil, coil_lot, system_by):
    """Where goods come from, lie and go to; and who moves them."""
    supplier, production = virtual_place(kestrel, SUPPLIER), virtual_place(kestrel, PRODUCTION)

    def receipt(material, quantity, lot=None):
        return Move(material, Decimal(quantity), supplier, rack, lot, at=SIX_AM)

    def issue(material, quantity, lot=None):
        return Move(material, Decimal(quantity), rack, production, lot, at=SIX_AM)

    return SimpleNamespace(
        receipt=receipt,
        issue=issue,
        by=system_by,
        coil=coil,
        lot=coil_lot,
        place=rack,
        site=kestrel,
    )


def at_once(hands, work):
    """Run `work(number)` in as many threads, which begin together; what each of them answers."""
    together = Barrier(hands)

    def one(number):
        try:
            together.wait(timeout=60)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(one, range(hands)))


def taken(moves, by):
    try:
        with transaction.atomic():
            post(moves=moves, by=by)
    except InsufficientStock as refusal:
        return str(refusal)
    return "taken"


@pytest.mark.parametrize(
    ("hands", "rounds"), [(4, 3), pytest.param(20, 25, marks=pytest.mark.slow)]
)
def test_a_lot_is_issued_to_the_last_gram_and_never_beyond(hands, rounds, shop):
    there = hands * rounds * 2 // 3  # not enough for all
    post(moves=[shop.receipt(shop.coil, there, shop.lot)], by=shop.by)
    issue = shop.issue(shop.coil, 1, shop.lot)

    answers = at_once(hands, lambda _: [taken([issue], shop.by) for _ in range(rounds)])

    said = [answer for several in answers for answer in several]
    assert said.count("taken") == there
    assert {answer.split(".")[0] for answer in said} == {
        "taken",
        "DC04, lot C-17 at RACK-A: 0 KGM on hand, 1 KGM asked",
    }
    assert StockBalance.objects.get(location=shop.place).quantity == 0
    assert disagreements() == []


@pytest.mark.parametrize(
    ("hands", "rounds"), [(4, 3), pytest.param(20, 10, marks=pytest.mark.slow)]
)
def test_hands_that_take_the_same_goods_in_every_order_do_not_block_each_other(
    hands, rounds, shop, pieces
):
    goods = Material.objects.bulk_create(
        Material(code=f"M-{number}", name="M", kind="raw", unit=pieces) for number in range(6)
    )
    there = hands * rounds * 2 // 3
    post(moves=[shop.receipt(each, there) for each in goods], by=shop.by)

    def take(number):
        turned = goods[number % 6 :] + goods[: number % 6]
        moves = [shop.issue(each, 1) for each in (turned if number % 2 else turned[::-1])]
        return [taken(moves, shop.by) for _ in range(rounds)]

    answers = at_once(hands, take)

    assert sum(several.count("taken") for several in answers) == there
    left = StockBalance.objects.filter(location=shop.place).values_list("quantity", flat=True)
    assert list(left) == [Decimal(0)] * 6
    assert disagreements() == []


def test_the_first_receipts_of_a_lot_make_one_balance(shop):
    receipt = shop.receipt(shop.coil, 5, shop.lot)

    assert at_once(6, lambda _: taken([receipt], shop.by)) == ["taken"] * 6

    assert StockBalance.objects.get().quantity == 30
    assert disagreements() == []


def test_of_many_who_reverse_the_same_move_one_does(shop):
    [wrong, _] = post(moves=[shop.receipt(shop.coil, 5, shop.lot)] * 2, by=shop.by)

    def take_back(_):
        try:
            with transaction.atomic():
                reverse(moves=[wrong], by=shop.by)
        except AlreadyReversed:
            return "refused"
        return "reversed"

    assert sorted(at_once(4, take_back)) == ["refused", "refused", "refused", "reversed"]
    assert StockMove.objects.filter(reverses=wrong).count() == 1
    assert StockBalance.objects.get().quantity == 5


def came_and_was_used(shop):
    """At six and at seven; both are told later."""
    came, used = shop.receipt(shop.coil, 5, shop.lot), shop.issue(shop.coil, 5, shop.lot)
    return [came, replace(used, at=SIX_AM + timedelta(hours=1))]


def booked_for_the_past(moves, shop):
    with transaction.atomic():
        refuse_overdrawn(moves, site=shop.site)
        return len(post(moves=moves, by=shop.by))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_place_that_held_nothing_stays_so_while_its_past_is_looked_at(shop):
    def hurried(_):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '100ms'")
                post(moves=[shop.receipt(shop.coil, 7, shop.lot)], by=shop.by)
        except OperationalError:
            return "waits"
        return "booked"

    said = []

    def meanwhile(execute, sql, params, many, context):
        if not said and f'FROM "{StockMove._meta.db_table}"' in sql:  # what lies there is known
            said.extend(at_once(1, hurried))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert booked_for_the_past(came_and_was_used(shop), shop) == 2

    assert said == ["waits"]
    assert hurried(0) == "booked"
    assert StockBalance.objects.get(location=shop.place).quantity == 7
    assert disagreements() == []


def test_many_who_tell_the_past_of_an_empty_place_at_once_are_all_heard(shop):
    told = at_once(4, lambda _: booked_for_the_past(came_and_was_used(shop), shop))

    assert told == [2] * 4
    assert StockBalance.objects.get(location=shop.place).quantity == 0
    assert disagreements() == []
