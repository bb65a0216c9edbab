"""Kestrel's ninety days stand in the ledgers and show the figures of its specification.

All that is asserted is added up from the ledgers by `books`, which knows no code of the plant.
"""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.db import connection

from obeya.config.invented import import_invented
from obeya.config.tests import books
from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.log import clock, verify
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Person, Site
from obeya.plant.work.models import JobOrder, SupplyOrder

NOW = datetime(2026, 11, 26, 5, tzinfo=UTC)
WEEKS = 12  # whole ones
BEGAN = NOW - timedelta(days=90, hours=6)
LOAD_AND_OEE = {  # percent, as the specification has them
    "SAW": (48, 71), "TURN": (74, 70), "MILL": (89, 70), "GEAR": (92, 63), "PRESS": (94, 61),
    "WELD": (69, 71), "HEAT": (64, 86), "GRIND": (87, 63), "WASH": (48, 89), "PLATE": (39, 76),
    "ASSY": (73, 75), "TEST": (47, 78),
}  # fmt: skip
SCRAP = {"SAW": 0.4, "TURN": 1.8, "MILL": 2.2, "GEAR": 1.5, "PRESS": 1.2, "WELD": 2.0,
         "HEAT": 0.6, "GRIND": 2.8, "WASH": 0, "PLATE": 1.5, "ASSY": 1.2, "TEST": 1.0}  # fmt: skip
STOPS = {"setup": 30, "breakdown": 22, "NO MATERIAL": 11, "TOOL AND ADJUST": 10,
         "WAIT FOR QUALITY": 9, "NO OPERATOR": 9, "CLEANING": 6, "OTHER": 3}  # fmt: skip
IN_TIME = {"NORRLAND": 86, "KETTERING": 91, "BRENTA": 82, "TATRA": 88, "OKABE": 93,
           "LINDQVIST": 90, "ROTORWERK": 87, "SEALTECH": 92, "HALDEN": 97,
           "PACKWELL": 95}  # fmt: skip


@pytest.fixture(scope="module")
def filled(kept_for_the_module):
    with clock.held_at(NOW):
        import_invented("M", by=system_actor())
    connection.check_constraints()


@pytest.fixture
def site(filled, db):
    with clock.held_at(NOW):
        yield Site.objects.get()


def test_what_the_floor_did_in_twelve_weeks_is_as_specified(site):
    since = NOW - timedelta(weeks=WEEKS)
    taken = books.spans(since=since, until=NOW)
    done = books.jobs_done(since=since, until=NOW)

    figures = books.load_and_oee(taken, done, weeks=WEEKS)
    for center, (load, oee) in LOAD_AND_OEE.items():
        assert figures[center] == pytest.approx((load, oee), abs=3), center
    assert books.scrap_percent(done) == pytest.approx(SCRAP, abs=0.5)
    shares, unclassified = books.stop_shares(taken)
    assert shares == pytest.approx(STOPS, abs=5)
    assert 5 < unclassified < 12
    assert books.overlaps(taken) == []


def test_standard_times_are_as_wrong_in_the_ledgers_as_specified(site):
    done = books.jobs_done(since=BEGAN, until=NOW)
    ratios = np.array(list(books.true_over_standard(done).values()))
    usual = ratios[ratios < 1.5]

    # what is too short to be booked as a stop, and the second choice of machine, run on the clock
    assert np.median(usual) == pytest.approx(1.05, abs=0.05)
    assert np.log(usual).std() == pytest.approx(0.15, abs=0.03)
    assert 0.03 < 1 - len(usual) / len(ratios) < 0.07
    assert ratios.max() > 8


def test_customers_suppliers_and_people_kept_their_word_as_specified(site):
    kept, due = books.in_time_percent(since=BEGAN, until=NOW)
    assert 88 <= kept <= 91
    assert due == pytest.approx(67 * 90 / 7, rel=0.05)

    came = books.receipts_in_time(site.zone)
    assert came.keys() == IN_TIME.keys()
    for supplier, (in_time, lines) in came.items():
        share = IN_TIME[supplier] / 100  # by chance, one in a hundred scatters by more than luck
        luck = 2.6 * (share * (1 - share) / lines) ** 0.5
        assert in_time / lines == pytest.approx(share, abs=luck), supplier
    meant = sum(lines * IN_TIME[supplier] for supplier, (_, lines) in came.items())
    assert 100 * sum(kept for kept, _ in came.values()) == pytest.approx(
        meant, abs=3 * sum(lines for _, lines in came.values())
    )

    shifts = Person.objects.count() * 64  # Monday to Friday
    missed = {why: 100 * count / shifts for why, count in books.absent_shifts().items()}
    assert missed == pytest.approx({"SICK": 4.9, "HOLIDAY": 11, "NO SHOW": 0.6}, abs=1.5)


def test_all_books_agree_and_work_under_way_can_be_gone_on_with(site):
    assert [line for each in verify.run_proofs().results for line in each.disagreements] == []
    assert books.ended_before_they_began() == 0
    assert StockMove.objects.filter(effective_at__gt=NOW).count() == 0

    orders = SupplyOrder.objects.filter(kind="make")
    left = ("waiting", "ready", "running", "interrupted")
    assert not orders.filter(status="completed", jobs__dispatch_status__in=left).exists()
    running = JobOrder.objects.filter(dispatch_status="running")
    assert running.count() > 30
    assert sorted(TimeLog.objects.open().values_list("job", "kind")) == sorted(
        (job, "run") for job in running.values_list("pk", flat=True)
    )
