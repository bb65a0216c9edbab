from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from obeya.plant.ledgers.models import TimeLog
from obeya.plant.ledgers.time import (
    AlreadyRunning,
    NotOpen,
    NotReversible,
    Span,
    disagreements,
    end,
    post,
    reverse,
)
from obeya.plant.resources.models import Person
from obeya.plant.work.job_states import open_jobs
from obeya.plant.work.models import JobOrder, JobTotals

SIX_AM = datetime(2026, 3, 2, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def job(kestrel, press_4, system_by):
    return open_jobs(
        [JobOrder(site=kestrel, code="J-1", equipment=press_4)], at=SIX_AM, by=system_by
    )[0]


@pytest.fixture
def posted(kestrel, press_4, job, system_by):
    def write(kind="run", hours=None, **other):
        ended_at = None if hours is None else SIX_AM + hours * HOUR
        span = Span(kind, SIX_AM, ended_at, **{"equipment": press_4, "job": job, **other})
        return post(site=kestrel, spans=[span], by=system_by)[0]

    return write


def totals():
    row = JobTotals.objects.get()
    return row.setup_s, row.run_s, row.down_s


def test_closed_spans_add_to_the_totals_of_their_job(posted):
    posted("setup", 0.5)
    posted("run", 2)
    posted("down", 0.25)
    posted("idle", 1)

    assert totals() == (1800, 7200, 900)
    assert disagreements() == []


def test_an_open_span_counts_when_it_has_ended_to_the_microsecond(posted):
    span = posted("run")
    assert totals() == (0, 0, 0)

    [ended] = end(spans=[span], at=SIX_AM + HOUR + timedelta(microseconds=1))

    assert ended.ended_at == SIX_AM + HOUR + timedelta(microseconds=1)
    assert totals() == (0, Decimal("3600.000001"), 0)
    assert disagreements() == []


def test_people_beside_the_machine_do_not_make_the_job_longer(posted, kestrel):
    ann = Person.objects.create(code="ANN", name="Ann", home_site=kestrel)
    posted("run", 1)
    posted("run", 1, person=ann)

    assert totals() == (0, 3600, 0)
    assert disagreements() == []


def test_equipment_runs_a_job_once_at_a_time(posted):
    posted("run")

    with pytest.raises(AlreadyRunning, match="PRESS-4 runs J-1 since 2026-03-02 05:00 UTC"):
        posted("run")

    assert TimeLog.objects.count() == 1


def test_the_database_refuses_a_second_open_run_too(posted):
    first = posted("run")
    first.pk = None

    with pytest.raises(DatabaseError), transaction.atomic():
        first.save(force_insert=True)


def test_a_span_ends_once_and_not_before_it_began(posted):
    span = posted("run")
    with pytest.raises(NotOpen, match="began at 2026-03-02 05:00 UTC, after"):
        end(spans=[span], at=SIX_AM - HOUR)
    end(spans=[span], at=SIX_AM + HOUR)

    with pytest.raises(NotOpen, match="run of PRESS-4 ended already at 2026-03-02 06:00 UTC"):
        end(spans=[span], at=SIX_AM + 2 * HOUR)
    assert totals() == (0, 3600, 0)


def test_a_correction_names_the_span_and_neither_counts(posted, system_by):
    wrong = posted("run", 2)

    [back] = reverse(spans=[wrong], by=system_by)

    assert back.reverses == wrong
    assert totals() == (0, 0, 0)
    assert not TimeLog.objects.standing().exists()
    for again in (wrong, back):
        with pytest.raises(NotReversible, match="taken back already"):
            reverse(spans=[again], by=system_by)
    assert disagreements() == []


def test_an_open_span_is_ended_before_it_is_taken_back(posted, system_by):
    with pytest.raises(NotReversible, match="still open"):
        reverse(spans=[posted("run")], by=system_by)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "setup"},
        {"ended_at": SIX_AM + HOUR, "kind": "setup"},  # ended, and changed on the way
        {"began_at": SIX_AM - HOUR},
        {"ended_at": None},
    ],
)
def test_of_an_open_span_nothing_changes_but_its_end(posted, change):
    posted("run")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TimeLog.objects.update(**change)
    assert TimeLog.objects.filter(kind="run", began_at=SIX_AM, ended_at=None).count() == 1


@pytest.mark.parametrize("change", [{"ended_at": SIX_AM + 2 * HOUR}, {"ended_at": None}])
def test_of_a_closed_span_nothing_changes_at_all(posted, change):
    posted("run", 1)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TimeLog.objects.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        TimeLog.objects.all()._raw_delete("default")


def test_totals_that_were_tampered_with_are_found(posted):
    posted("run", 1)
    JobTotals.objects.update(run_s=Decimal(3601))

    assert disagreements() == ["J-1: the totals say 3601 run_s, the time log 3600."]


def test_some_and_many_spans_take_the_same_queries(kestrel, press_4, system_by):
    def counted(count, start):
        rows = [JobOrder(site=kestrel, code=f"N-{start + n}") for n in range(count)]
        jobs = open_jobs(rows, at=SIX_AM, by=system_by)
        spans = [Span("run", SIX_AM, equipment=press_4, job=each) for each in jobs]
        with CaptureQueriesContext(connection) as queries:
            end(spans=post(site=kestrel, spans=spans, by=system_by), at=SIX_AM + HOUR)
        return len(queries)

    assert counted(100, 0) == counted(1000, 100)
    assert disagreements() == []
