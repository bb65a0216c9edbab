"""Whoever waits to write on SQLite gets the lock soon after it is let go."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, nullcontext
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, transaction

from obeya.plant.log.breathing import part_of_long_work, pause_after
from obeya.plant.log.models import LoginFailure
from obeya.plant.log.sqlite.waiting import look_again_after

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps writers of different rows apart"
)
committing = pytest.mark.django_db(transaction=True)

READING_THE_LOG_AGAIN = """
import fcntl, sys, time
with open(sys.argv[1] + "-shm", "r+b", buffering=0) as index:
    for lock in (120, 122):  # of whoever writes, and of whoever recovers
        fcntl.lockf(index, fcntl.LOCK_EX, 1, lock)
    index.write(bytes(96))  # both copies of its header
    print("begun", flush=True)
    time.sleep(0.3)
"""


@pytest.fixture
def lock():
    """Somebody else's connection to the same file."""
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, isolation_level=None, check_same_thread=False)) as other:
        yield other


@pytest.fixture
def failures():
    """Of log-ins: they are written in no transaction."""
    for each in "abc":
        LoginFailure.objects.create(name_digest=each, address="::1", failed_at=datetime.now(UTC))


def addresses():
    return set(LoginFailure.objects.values_list("address", flat=True))


def told_of_waiting():
    return connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]


@pytest.mark.parametrize("held_s", [0.0, 0.05, 0.16, 0.33, 1.0, 3.0])
def test_whoever_came_while_the_lock_was_held_looks_again_within_the_pause(held_s):
    came_after, longest_s = 0.0, 0.0
    while came_after < held_s:  # whenever it was
        waited_s = sleep_s = 0.0
        while came_after + waited_s <= held_s:
            sleep_s = look_again_after(waited_s)
            waited_s += sleep_s
        longest_s = max(longest_s, came_after + waited_s - held_s)
        came_after += 0.007

    assert longest_s < pause_after(held_s) - 0.003


def test_a_wait_looks_often_at_first_and_fifty_times_a_second_in_the_end():
    assert [look_again_after(each) for each in (0, 0.2, 0.5, 1.0, 19)] == [
        0.004, 0.004, 0.01, 0.02, 0.02,
    ]  # fmt: skip


@committing
def test_a_transaction_waits_until_the_lock_is_let_go(lock):
    lock.execute("BEGIN IMMEDIATE")
    threading.Timer(0.15, lock.execute, ["COMMIT"]).start()

    with transaction.atomic():
        assert not lock.in_transaction
        LoginFailure.objects.count()

    assert told_of_waiting() == 20_000


@committing
def test_a_single_statement_waits_until_the_lock_is_let_go(failures, lock):
    lock.execute("BEGIN IMMEDIATE")
    threading.Timer(0.15, lock.execute, ["COMMIT"]).start()

    assert LoginFailure.objects.update(address="::2") == 3

    assert addresses() == {"::2"}
    assert told_of_waiting() == 20_000


@committing
def test_a_single_statement_that_waited_too_long_is_refused_and_changes_nothing(
    failures, lock, monkeypatch
):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    lock.execute("BEGIN IMMEDIATE")

    with pytest.raises(OperationalError, match="database is locked"):
        LoginFailure.objects.update(address="::2")
    lock.execute("ROLLBACK")

    assert addresses() == {"::1"}


@committing
def test_a_statement_beside_a_snapshot_that_is_too_old_is_refused_at_once(failures, lock):
    reading = LoginFailure.objects.iterator(chunk_size=1)
    next(reading)
    lock.execute("DELETE FROM log_loginfailure WHERE name_digest = 'c'")
    asked = time.monotonic()

    with pytest.raises(OperationalError, match="database is locked"):
        LoginFailure.objects.update(address="::2")

    assert time.monotonic() - asked < 5
    reading.close()


@committing
@pytest.mark.parametrize("around", [transaction.atomic, nullcontext])
def test_whoever_writes_waits_while_another_process_reads_the_log_again(failures, around):
    """As the first one does after a process was killed."""
    recovery = subprocess.Popen(
        [sys.executable, "-c", READING_THE_LOG_AGAIN, connection.settings_dict["NAME"]],
        stdout=subprocess.PIPE,
        text=True,
    )
    with recovery:
        assert recovery.stdout.readline() == "begun\n"

        with around():
            LoginFailure.objects.update(address="::2")

    assert addresses() == {"::2"}


@committing
def test_a_transaction_that_waited_too_long_is_refused_and_the_next_one_begins(lock, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    lock.execute("BEGIN IMMEDIATE")

    with pytest.raises(OperationalError, match="database is locked"), transaction.atomic():
        pass
    lock.execute("ROLLBACK")

    with transaction.atomic():
        assert told_of_waiting() == 100


@committing
def test_what_is_no_lock_is_refused_at_once(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(connection, "transaction_mode", "AT ONCE")

    with pytest.raises(OperationalError, match="syntax error"), transaction.atomic():
        pass

    assert told_of_waiting() == 20_000


@committing
@pytest.mark.timing
@pytest.mark.parametrize("around", [transaction.atomic, nullcontext])
def test_somebody_who_waits_comes_before_the_next_part_of_long_work(around):
    ends, began, over = [], threading.Event(), threading.Event()

    def work():
        try:
            while not over.is_set():
                with part_of_long_work():
                    with transaction.atomic():
                        began.set()
                        over.wait(0.12)
                    ends.append(time.perf_counter())
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    waits = []
    for _ in range(10):
        began.clear()
        began.wait()
        asked = time.perf_counter()
        with around():
            LoginFailure.objects.update(address="::2")
            waits.append(sum(asked < end < time.perf_counter() for end in list(ends)))
    over.set()
    worker.join()

    assert sorted(waits)[5] == 1, waits  # the part at hand, and seldom another
