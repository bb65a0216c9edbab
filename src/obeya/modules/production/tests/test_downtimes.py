"""A machine goes down and comes up again, told by whoever stands there."""

import pytest

from obeya.modules.production import downtimes
from obeya.modules.production.downtimes import Downtime, DowntimeEnd
from obeya.modules.production.refusals import AlreadyDown, EquipmentIsDown, NotDown
from obeya.modules.production.tests.conftest import HOUR, SIX, fresh, post, start, states
from obeya.plant.ledgers import time as hours
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.models import Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench(plant):
    return plant.equipment("BENCH-1")


@pytest.fixture
def sensor(db):
    return Reason.objects.create(kind="down", code="SENSOR", name="Sensor")


def go_down(plant, machine, at, reason=None):
    wish = Downtime(machine, at, reason)
    return downtimes.report_downtimes(site=plant.site, downtimes=[wish], by=plant.by)


def come_up(plant, machine, at):
    ends = [DowntimeEnd(machine, at)]
    return downtimes.end_downtimes(site=plant.site, ends=ends, by=plant.by)


def told():
    return list(
        OperationsEvent.objects.filter(kind__startswith="production.equipment")
        .order_by("pk")
        .values_list("kind", "effective_at")
    )


def test_a_machine_that_goes_down_interrupts_its_job_and_the_hours_say_so(
    plant, jobs, bench, sensor
):
    start(plant, jobs[0])

    go_down(plant, bench, SIX + HOUR, sensor)
    come_up(plant, bench, SIX + 3 * HOUR)

    assert states() == {"MO-1/10": "interrupted", "MO-1/20": "ready"}
    totals = fresh(jobs[0]).totals
    assert (totals.run_s, totals.down_s) == (3600, 7200)
    span = TimeLog.objects.get(kind="down")
    assert (span.equipment, span.job, span.reason) == (bench, jobs[0], sensor)
    assert (span.began_at, span.ended_at) == (SIX + HOUR, SIX + 3 * HOUR)
    assert told() == [
        ("production.equipment_went_down", SIX + HOUR),
        ("production.equipment_went_up", SIX + 3 * HOUR),
    ]
    assert hours.disagreements() == []


def test_machines_told_of_together_each_keep_their_own_time(plant, jobs, bench):
    other = plant.equipment("BENCH-2")
    start(plant, jobs[0])
    wishes = [Downtime(bench, SIX + HOUR), Downtime(other, SIX + 3 * HOUR)]
    downtimes.report_downtimes(site=plant.site, downtimes=wishes, by=plant.by)
    ends = [DowntimeEnd(bench, SIX + 2 * HOUR), DowntimeEnd(other, SIX + 5 * HOUR)]

    downtimes.end_downtimes(site=plant.site, ends=ends, by=plant.by)

    spans = TimeLog.objects.filter(kind="down").order_by("equipment__code")
    assert [(row.began_at, row.ended_at) for row in spans] == [
        (SIX + HOUR, SIX + 2 * HOUR),
        (SIX + 3 * HOUR, SIX + 5 * HOUR),
    ]
    totals = fresh(jobs[0]).totals
    assert (totals.run_s, totals.down_s) == (3600, 3600)
    assert hours.disagreements() == []


def test_a_job_goes_on_where_it_stopped_once_its_machine_is_up(plant, jobs, bench):
    start(plant, jobs[0])
    go_down(plant, bench, SIX + HOUR)
    come_up(plant, bench, SIX + 2 * HOUR)

    start(plant, jobs[0], at=SIX + 2 * HOUR)

    assert states()["MO-1/10"] == "running"


def test_nothing_is_started_on_a_machine_that_is_down(plant, jobs, bench):
    go_down(plant, bench, SIX)

    with pytest.raises(EquipmentIsDown, match="BENCH-1 is down since 2026-11-23 05:00 UTC"):
        start(plant, jobs[0], at=SIX + HOUR)

    assert set(states().values()) == {"ready"}
    assert TimeLog.objects.filter(kind="run").count() == 0


def test_a_machine_that_is_down_does_not_go_down_again(plant, jobs, bench):
    go_down(plant, bench, SIX)

    with pytest.raises(AlreadyDown, match="BENCH-1 is reported down since 2026-11-23 05:00 UTC"):
        go_down(plant, bench, SIX + HOUR)

    assert TimeLog.objects.get().began_at == SIX
    assert len(told()) == 1


def test_a_machine_that_is_not_down_cannot_come_up(plant, bench):
    with pytest.raises(NotDown, match=r"BENCH-1 is not reported down\. Report it down first\."):
        come_up(plant, bench, SIX)

    assert told() == []


def test_a_machine_reports_itself_down_and_up_by_the_rest_door(jobs, token_of, sensor):
    token = token_of("ann")
    down = {"equipment": "BENCH-1", "at": "2026-11-23T06:00:00+01:00", "reason": "SENSOR"}

    answers = [
        post(token, "downtimes", [down]),
        post(token, "downtime-ends", [{"equipment": "BENCH-1", "at": "2026-11-23T07:30:00+01:00"}]),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    span = TimeLog.objects.get()
    assert (span.began_at, span.ended_at - span.began_at) == (SIX, 1.5 * HOUR)


@pytest.mark.parametrize(
    ("verb", "row", "said"),
    [
        ("downtimes", {"equipment": "NOBODY"}, "unknown machine NOBODY"),
        ("downtimes", {"equipment": "STORE"}, "unknown machine STORE"),
        ("downtimes", {"equipment": "BENCH-1", "reason": "x"}, "unknown reason of stops x"),
        ("downtime-ends", {"equipment": ""}, "is empty"),
    ],
)
def test_what_is_no_machine_is_refused_and_nothing_is_written(jobs, token_of, verb, row, said):
    answer = post(token_of("ann"), verb, [row])

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert TimeLog.objects.count() == 0


def test_whoever_works_in_one_branch_takes_no_machine_of_another_down(plant, jobs, token_of):
    token = token_of("bob", equipment=plant.equipment("BENCH-1"))

    other = post(token, "downtimes", [{"equipment": "BENCH-2"}])
    own = post(token, "downtimes", [{"equipment": "BENCH-1"}])

    assert (other.status_code, own.status_code) == (403, 200)
    assert [row.equipment.code for row in TimeLog.objects.all()] == ["BENCH-1"]
