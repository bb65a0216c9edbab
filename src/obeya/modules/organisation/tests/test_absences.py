"""Who was not there stands in the time ledger, once and with a reason."""

import json
from datetime import UTC, datetime

import pytest

from obeya.modules.organisation.actions import record_absences
from obeya.modules.organisation.rows import AbsenceRow
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.log import clock
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 5, tzinfo=UTC)
SIX, TWO = datetime(2026, 11, 23, 5, tzinfo=UTC), datetime(2026, 11, 23, 13, tzinfo=UTC)
TEN, TONIGHT = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 26, 21, tzinfo=UTC)


@pytest.fixture
def plant():
    made = a_plant().with_person("ANN").with_person("BOB").with_reason("absence", "SICK")
    with clock.held_at(NOW):
        yield made


def record(plant, *rows):
    return record_absences(site=plant.site, rows=rows, by=plant.by)


def test_a_missed_shift_is_idle_time_of_a_person_and_the_event_keeps_the_reason_to_itself(plant):
    [span] = record(plant, AbsenceRow("ANN", SIX, TWO, "SICK"))

    row = TimeLog.objects.get()
    assert row == span
    assert (row.person.code, row.kind, row.reason.code) == ("ANN", "idle", "SICK")
    assert (row.began_at, row.ended_at, row.equipment, row.job) == (SIX, TWO, None, None)
    told = OperationsEvent.objects.last()
    assert told.kind == "organisation.absences_recorded"
    assert json.loads(told.payload) == {"people": [row.person_id], "spans": [row.pk]}


def test_a_time_without_a_zone_is_the_site_s(plant):
    record(plant, AbsenceRow("ANN", datetime(2026, 11, 23, 6), datetime(2026, 11, 23, 14)))

    assert (TimeLog.objects.get().began_at, TimeLog.objects.get().ended_at) == (SIX, TWO)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (AbsenceRow("EVE", SIX, TWO), "unknown person EVE"),
        (AbsenceRow("ANN", SIX, TWO, "LAZY"), "unknown reason of absence LAZY"),
        (AbsenceRow("ANN", TWO, SIX), "not after its beginning"),
        (AbsenceRow("ANN", SIX, TONIGHT), "lies in the future"),
        (AbsenceRow("BOB", TEN, TWO), "BOB is absent in these hours already"),
        (AbsenceRow("BOB", SIX, TEN), "an earlier row has the same person, began_at"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_with_all_others_and_changes_nothing(plant, row, rule):
    before = OperationsEvent.objects.count()

    with pytest.raises(RowsRefused, match=rule):
        record(plant, AbsenceRow("BOB", SIX, TWO), row)

    assert not TimeLog.objects.exists()
    assert OperationsEvent.objects.count() == before


def test_a_list_without_absences_is_refused_and_changes_nothing(plant):
    before = OperationsEvent.objects.count()

    with pytest.raises(RowsRefused, match="no rows"):
        record(plant)

    assert not TimeLog.objects.exists()
    assert OperationsEvent.objects.count() == before


def test_nobody_is_absent_twice_in_the_same_hours(plant):
    record(plant, AbsenceRow("ANN", SIX, TWO, "SICK"))

    with pytest.raises(RowsRefused, match="ANN is absent in these hours already"):
        record(plant, AbsenceRow("ANN", TEN, TWO))
    record(plant, AbsenceRow("BOB", TEN, TWO))

    assert TimeLog.objects.count() == 2
