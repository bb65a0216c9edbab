"""Long work: seen, cancelled, taken up again when its worker died."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from obeya.plant.log import clock, runs, timetable
from obeya.plant.log.actor import Actor, Scope
from obeya.plant.log.models import OperationsEvent, Run, Timetable
from obeya.plant.log.refusal import NotPermitted
from obeya.plant.log.rooms import Module, TimetableEntry
from obeya.plant.log.runs import cancel_runs, start_run

pytestmark = pytest.mark.django_db


def room(runner):
    return Module(name="probe", title="Probe", runners={"probe.count": runner})


def rights_at(site):
    scope = frozenset({Scope(site.pk)})
    return {"log.start_run": scope, "log.cancel_runs": scope}


def count(handle):
    for number in range(handle.arguments["upto"]):
        handle.progress(number + 1, handle.arguments["upto"], "counting")
    return {"counted": handle.arguments["upto"], "exact": Decimal("0.1")}


def test_a_run_says_how_far_it_is_and_keeps_its_result(enter, system):
    enter(room(count))
    run = start_run(kind="probe.count", arguments={"upto": 3}, by=system)

    assert runs.drain() == 1

    run.refresh_from_db()
    assert (run.status, run.done_units, run.total_units, run.step) == (
        "succeeded",
        3,
        3,
        "counting",
    )
    assert run.result == {"counted": 3, "exact": "0.1"}
    told = OperationsEvent.objects.order_by("id").values_list("kind", flat=True)
    assert list(told) == ["log.run_asked", "log.run_ended"]


def test_a_run_of_no_room_is_refused_and_leaves_no_row(system):
    with pytest.raises(runs.UnknownRun, match=r"No room runs probe\.unknown"):
        start_run(kind="probe.unknown", arguments={}, by=system)

    assert not Run.objects.exists()


def test_a_run_that_fails_keeps_the_reason(enter, system):
    def fail(handle):
        raise ValueError("no machine can do operation 20")

    enter(room(fail))
    run = start_run(kind="probe.count", arguments={}, by=system)
    runs.drain()

    run.refresh_from_db()
    assert (run.status, run.error) == ("failed", "ValueError: no machine can do operation 20")


def test_a_waiting_run_that_is_cancelled_never_begins(enter, system):
    enter(room(count))
    run = start_run(kind="probe.count", arguments={"upto": 1}, by=system)

    cancel_runs(runs=[run.pk], by=system)

    assert runs.drain() == 0
    run.refresh_from_db()
    assert run.status == "cancelled"
    with pytest.raises(runs.RunOver):
        cancel_runs(runs=[run.pk], by=system)


def test_runs_of_another_site_are_out_of_reach(enter, system, kestrel, merlin):
    enter(room(count))
    here = Actor(system.account_id, "ann", grants=rights_at(kestrel))
    there = start_run(kind="probe.count", arguments={"upto": 1}, site=merlin, by=system)
    everywhere = start_run(kind="probe.count", arguments={"upto": 1}, by=system)

    for run in (there, everywhere):
        with pytest.raises(NotPermitted):
            cancel_runs(runs=[run.pk], by=here)
    with pytest.raises(NotPermitted):
        start_run(kind="probe.count", arguments={"upto": 1}, by=here)

    assert list(Run.objects.values_list("status", flat=True)) == ["waiting", "waiting"]
    assert OperationsEvent.objects.count() == 2
    own = start_run(kind="probe.count", arguments={"upto": 1}, site=kestrel, by=here)
    cancel_runs(runs=[own.pk], by=here)


def test_a_running_run_stops_at_its_next_look(enter, system):
    def be_cancelled(handle):
        cancel_runs(runs=[handle.run.pk], by=system)
        return {"stopped": handle.should_stop()}

    enter(room(be_cancelled))
    run = start_run(kind="probe.count", arguments={}, by=system)
    runs.drain()

    run.refresh_from_db()
    assert (run.status, run.result) == ("cancelled", {"stopped": True})


def test_a_worker_that_shuts_down_gives_the_run_back(enter, system):
    enter(room(lambda handle: {"stopped": handle.should_stop()}))
    run = start_run(kind="probe.count", arguments={}, by=system)
    looks = iter([False, True, True, True])

    runs.drain(lambda: next(looks))

    run.refresh_from_db()
    assert (run.status, run.attempts, run.result) == ("waiting", 0, None)


def test_who_lost_the_run_ends_without_a_trace(enter, system):
    def be_overtaken(handle):
        Run.objects.update(attempts=2)  # another worker took it up
        handle.progress(1, 1)

    enter(room(be_overtaken))
    run = start_run(kind="probe.count", arguments={}, by=system)
    runs.drain()

    run.refresh_from_db()
    assert (run.status, run.attempts, run.ended_at) == ("running", 2, None)


@pytest.mark.django_db(transaction=True)
def test_a_run_whose_worker_was_killed_is_taken_up_again(enter, system, process):
    enter(room(count))
    run = start_run(kind="probe.count", arguments={"upto": 2}, by=system)
    assert process("run_and_die_inside").wait(timeout=30) == -9
    run.refresh_from_db()
    assert (run.status, run.done_units) == ("running", 1)
    assert runs.drain() == 0  # its lease still holds

    Run.objects.update(leased_until=clock.real_now())
    assert runs.drain() == 1

    run.refresh_from_db()
    assert (run.status, run.attempts, run.done_units) == ("succeeded", 2, 2)


def test_a_timetable_entry_fires_once_after_downtime_and_is_due_again(enter):
    fired = []
    entry = TimetableEntry("probe.hourly", lambda *, by, key: fired.append(key), every_s=3600)
    enter(Module(name="probe", title="Probe", timetable=[entry]))
    timetable.fire()
    three_days_ago = clock.real_now() - timedelta(days=3)
    Timetable.objects.filter(name="probe.hourly").update(due_at=three_days_ago)

    timetable.fire()
    timetable.fire()

    assert len(fired) == 1
    assert fired[0].startswith("timetable-probe.hourly-")
    row = Timetable.objects.get(name="probe.hourly")
    assert row.due_at > clock.real_now() + timedelta(minutes=59)


def test_an_entry_that_fails_stays_due(enter):
    entry = TimetableEntry("probe.hourly", lambda *, by, key: 1 / 0, every_s=3600)
    enter(Module(name="probe", title="Probe", timetable=[entry]))
    timetable.fire()
    due = clock.real_now() - timedelta(minutes=1)
    Timetable.objects.filter(name="probe.hourly").update(due_at=due)

    timetable.fire()

    row = Timetable.objects.get(name="probe.hourly")
    assert (row.due_at, row.fired_at) == (due, None)
    assert row.leased_until > clock.real_now()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 23, 2, 30, tzinfo=UTC)),
        (datetime(2026, 11, 23, 2, 30, tzinfo=UTC), datetime(2026, 11, 24, 2, 30, tzinfo=UTC)),
    ],
)
def test_a_daily_entry_is_due_at_its_next_time(now, due):
    entry = TimetableEntry("probe.daily", print, daily_at=time(2, 30))

    assert timetable.following(entry, now) == due
