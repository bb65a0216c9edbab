"""A plant goes on while it is proved: what is booked between two reads is no disagreement."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from obeya.plant.ledgers import balances, time
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.ledgers.stock import Move
from obeya.plant.ledgers.stock import post as post_moves
from obeya.plant.ledgers.tests.test_concurrent_issues import at_once
from obeya.plant.ledgers.time import Span
from obeya.plant.log import verify
from obeya.plant.resources.sites import SUPPLIER, virtual_place
from obeya.plant.work.job_states import open_jobs
from obeya.plant.work.models import JobOrder, JobTotals

pytestmark = pytest.mark.django_db(transaction=True)
SIX_AM = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def receive(kestrel, rack, coil, coil_lot, system_by):
    """receive(): a kilogram more of the coil, booked by somebody else."""
    move = Move(coil, Decimal(1), virtual_place(kestrel, SUPPLIER), rack, coil_lot, at=SIX_AM)

    def booked(_=0):
        with transaction.atomic():
            return len(post_moves(moves=[move], by=system_by))

    return booked


@pytest.fixture
def run(kestrel, press_4, system_by):
    """run(): another hour of the job on the press."""
    rows = [JobOrder(site=kestrel, code="J-1", equipment=press_4)]
    with transaction.atomic():
        [job] = open_jobs(rows, at=SIX_AM, by=system_by)
    began = [SIX_AM]

    def booked(_=0):
        began.append(began[-1] + timedelta(hours=1))
        span = Span("run", *began[-2:], equipment=press_4, job=job)
        with transaction.atomic():
            return len(time.post(site=kestrel, spans=[span], by=system_by))

    return booked


def before_each_look_at(model, *, does):
    """Whenever somebody reads these rows, another has just written; each time one more."""
    written = []

    def meanwhile(execute, sql, params, many, context):
        if f'FROM "{model._meta.db_table}"' in sql:
            written.extend(at_once(1, does))
        return execute(sql, params, many, context)

    return written, connection.execute_wrapper(meanwhile)


def test_stock_that_comes_while_the_balances_are_proved_is_no_disagreement(receive):
    receive()
    written, at_each_look = before_each_look_at(StockBalance, does=receive)

    with at_each_look:
        assert balances.disagreements() == []

    assert written == [1]
    assert StockBalance.objects.get().quantity == 2


def test_hours_that_are_worked_while_they_are_proved_are_no_disagreement(run):
    run()
    written, at_each_look = before_each_look_at(JobTotals, does=run)

    with at_each_look:
        assert time.disagreements() == []

    assert written == [1]
    assert JobTotals.objects.get().run_s == 7_200


def test_every_proof_of_the_house_reads_as_of_one_moment_and_keeps_nobody_waiting(receive, run):
    receive()
    written, at_each_look = before_each_look_at(StockBalance, does=receive)

    with at_each_look:
        report = verify.run_proofs()

    assert [each.disagreements for each in report.results if not each.agrees] == []
    assert written == [1]


def test_what_is_wrong_is_found_outside_of_a_transaction_too(receive):
    receive()
    StockBalance.objects.update(quantity=3)

    assert balances.disagreements() == [
        "DC04, lot C-17 at RACK-A: the balance says 3, the moves say 1."
    ]
    assert connection.in_atomic_block is False
    receive()  # and writing goes on as before
