"""The past adds up and breaks no rule of a plant; what it shows, the ledgers are asked.

See `obeya.config.tests.test_kestrel_past` for its load, OEE, stops, scrap and deliveries.
"""

import itertools
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from obeya.kestrel import kestrel
from obeya.kestrel.past.tests.accounts import jobs, moves, spans_of

NOW = datetime(2026, 11, 26, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def plant():
    return kestrel("M", today=NOW.date(), now=NOW)


@pytest.fixture(scope="module")
def told(plant):
    return plant.past


def test_no_place_was_ever_overdrawn_and_what_is_left_is_the_stock_of_today(plant, told):
    held: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for at, key, quantity in sorted(moves(told), key=lambda move: (move[0], -move[2])):
        held[key] += quantity
        assert held[key] >= 0, (at, key)

    today = {(r["material"], r.get("lot", "")): r["quantity"] for r in plant.sheets["Stock"]}
    assert {key: quantity for key, quantity in held.items() if quantity} == today


def test_no_machine_worked_for_two_jobs_at_once(told):
    for machine, spans in spans_of(told, now=NOW).items():
        for (_, ended), (began, _) in itertools.pairwise(spans):
            assert began >= ended, machine


def test_jobs_follow_each_other_and_nothing_lies_in_the_future(told):
    for order in told.orders:
        at = order["released_at"]
        for job in order["jobs"]:
            if began := job.get("began_at"):
                assert at <= began <= (job.get("ended_at") or NOW) <= NOW
            at = job.get("ended_at") or NOW + timedelta(days=1)


def test_no_job_makes_more_pieces_than_came_to_it(told):
    for order in told.orders:
        pieces = order["quantity"]
        for job in order["jobs"]:
            if "ended_at" in job:
                assert job["good"] + job.get("scrap", 0) == pieces, order["material"]
                pieces = job["good"]


def test_what_is_under_way_runs_when_the_demo_opens(told):
    under_way = [job for job in jobs(told) if "began_at" in job and "ended_at" not in job]

    assert len(under_way) > 30
    for job in under_way:
        still = [span["kind"] for span in job["spans"] if span["ended_at"] is None]
        assert still == ["run"]
    assert all(span["ended_at"] for job in jobs(told) if "ended_at" in job for span in job["spans"])


def test_a_machine_is_set_up_for_what_it_did_last(plant, told):
    families = {
        (row["material"], row["number"]): row.get("setup_family", "")
        for row in plant.sheets["Operations"]
    }
    last: dict[str, tuple[datetime, str]] = {}
    for order in told.orders:
        for job in order["jobs"]:
            family = families[order["material"], job["operation"]]
            if job.get("equipment") and family:
                did = job["began_at"], family
                last[job["equipment"]] = max(did, last.get(job["equipment"], did))

    machines = {row["code"]: row["setup_family"] for row in plant.sheets["Equipment"][9:]
                if "setup_family" in row}  # fmt: skip
    assert len(last) > 35
    assert {code: family for code, (_, family) in last.items()} == {
        code: machines[code] for code in last
    }


def test_twenty_four_lines_are_overdue_and_those_that_are_owed_are_among_them(plant, told):
    left = {row["code"] for row in told.shipments}
    owed = [row for row in told.demands if row["code"] not in left and row["due_at"] < NOW]
    asked = [row for row in plant.sheets["Demand"] if row["kind"] != "forecast"]
    overdue = [row for row in asked if row["due_at"].date() < NOW.date()]

    assert len(asked) == 402
    assert len(owed) == told.owed
    assert len(owed) + len(overdue) == 24


def test_the_same_moment_and_seed_give_the_same_past(told):
    assert kestrel("M", today=NOW.date(), now=NOW).past == told


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the clocks go back in half an hour
        datetime(2027, 3, 28, 21, tzinfo=UTC),  # a Sunday night, after they went forward
        datetime(2027, 1, 1, 12, tzinfo=UTC),  # a holiday
    ],
)
def test_on_any_other_day_the_past_adds_up_too(now):
    told = kestrel("M", today=now.date(), now=now).past
    assert told is not None

    held: Counter[tuple[str, str]] = Counter()
    for _, key, quantity in sorted(moves(told), key=lambda move: (move[0], -move[2])):
        held[key] += quantity
        assert held[key] >= 0
    for spans in spans_of(told, now=now).values():
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_nobody_is_absent_twice_at_once_nor_in_the_future(told):
    shifts = Counter((row["person"], row["began_at"]) for row in told.absences)

    assert set(shifts.values()) == {1}
    assert max(row["ended_at"] for row in told.absences) <= NOW
    assert min(row["began_at"] for row in told.absences) >= told.began
