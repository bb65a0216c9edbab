"""A follower sees every event once, whatever the order of the commits."""

import json
import threading
import time

import pytest
from django.db import connection

from obeya.plant.log import live, signals
from obeya.plant.log.models import Account, OperationsEvent
from obeya.plant.log.tailer import Tailer, settled_id
from obeya.plant.log.tests.probe import name_sites

pytestmark = pytest.mark.django_db(transaction=True)

INSERT = (
    "INSERT INTO log_operationsevent (kind, version, effective_at, recorded_at, actor_id, source,"
    " depth, payload) VALUES ('probe.sites_named', 1, now(), now(), %s, 'page', 0, '{}')"
    " RETURNING id"
)


@pytest.fixture
def second_connection():
    import psycopg

    parameters = connection.get_connection_params()
    known = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{k: parameters[k] for k in known if parameters.get(k)}) as other:
        yield other


def ids(rows):
    return [row.pk for row in rows]


def read_until_settled(tailer, upto, patience_s=30):
    """What is still read until all up to `upto` is settled.

    How many reads that takes is not ours to say: PostgreSQL's oldest running transaction is that of
    the whole cluster, so a transaction in another database (another test's) delays the barrier, and
    a test may take a minute: what waits here is marked `timing`, for those tests run alone.
    """
    read = []
    until = time.monotonic() + patience_s
    while tailer.settled < upto and time.monotonic() < until:
        read += ids(tailer.read())
    assert tailer.settled == upto
    return read


@pytest.mark.timing
def test_what_is_committed_is_read_once_in_order(ann):
    tailer = Tailer(0)
    for number in range(5):
        name_sites(names=[f"S{number}"], by=ann)

    assert ids(tailer.read()) == ids(OperationsEvent.objects.order_by("id"))
    assert read_until_settled(tailer, OperationsEvent.objects.latest("id").pk) == []


def test_a_follower_from_now_on_is_told_nothing_old(ann):
    name_sites(names=["KES"], by=ann)
    tailer = Tailer.from_now()

    name_sites(names=["LEO"], by=ann)

    [event] = tailer.read()
    assert event == OperationsEvent.objects.latest("id")


@pytest.mark.timing
@pytest.mark.postgres
def test_an_event_that_commits_after_a_later_one_is_not_skipped(ann, second_connection):
    tailer = Tailer(0)
    with second_connection.cursor() as late:
        late.execute("SELECT pg_current_xact_id()")
        late.execute(INSERT, [ann.account_id])
        [late_id] = late.fetchone()
        name_sites(names=["KES"], by=ann)
        newest = OperationsEvent.objects.latest("id").pk
        assert late_id < newest

        assert ids(tailer.read()) == [newest]
        assert [tailer.read() for _ in range(5)] == [[]] * 5
        assert tailer.settled < late_id  # the hole stays open
    second_connection.commit()

    assert ids(tailer.read()) == [late_id]
    assert read_until_settled(tailer, newest) == []


@pytest.mark.timing
@pytest.mark.postgres
def test_the_trap_of_snapshot_xmax_loses_nothing_here(ann, second_connection):
    """The late writer's transaction is *younger* than the one that commits the later event.

    pg_snapshot_xmax is one past the last *finished* transaction, hence at most the late writer's:
    as a barrier it would be passed while that one still runs.
    """
    import psycopg

    with psycopg.connect(second_connection.info.dsn) as early, early.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")  # the older transaction …
        with second_connection.cursor() as late:
            late.execute("SELECT pg_current_xact_id()")
            late.execute(INSERT, [ann.account_id])  # … takes its event id second
            [late_id] = late.fetchone()
            cursor.execute(INSERT, [ann.account_id])
            [early_id] = cursor.fetchone()
            early.commit()
            tailer = Tailer(0)

            seen = [event for _ in range(5) for event in ids(tailer.read())]
            assert seen == [early_id]
        second_connection.commit()
        seen += ids(tailer.read()) + read_until_settled(tailer, early_id)

    assert seen == [early_id, late_id]


@pytest.mark.timing
@pytest.mark.postgres
def test_a_rolled_back_event_leaves_a_hole_that_is_closed(ann, second_connection):
    tailer = Tailer(0)
    with second_connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        cursor.execute(INSERT, [ann.account_id])
    name_sites(names=["KES"], by=ann)
    second_connection.rollback()

    newest = OperationsEvent.objects.latest("id").pk
    assert ids(tailer.read()) + read_until_settled(tailer, newest) == [newest]
    assert settled_id() == newest


def follow_writers(process, *, writers, each):
    tailer = Tailer(0)
    Account.objects.get_or_create(username="writer")
    running = [process("write_events", str(each), str(seed)) for seed in range(writers)]
    seen: list[int] = []
    while any(one.poll() is None for one in running):
        seen += ids(tailer.read())
    seen += read_until_settled(tailer, OperationsEvent.objects.latest("id").pk)
    assert [one.returncode for one in running] == [0] * writers
    return seen


@pytest.mark.timing
@pytest.mark.postgres
@pytest.mark.parametrize(
    "each",
    [
        pytest.param(300, id="2,400 events"),
        pytest.param(13_200, id="100,000", marks=pytest.mark.slow),
    ],
)
def test_eight_writers_commit_out_of_order_and_every_event_is_seen_once(process, each):
    seen = follow_writers(process, writers=8, each=each)

    written = set(OperationsEvent.objects.values_list("id", flat=True))
    assert len(written) > 0.93 * 8 * each
    assert set(seen) == written
    assert len(seen) == len(written)
    assert seen != sorted(seen), "the writers never overtook one another: the test shows nothing"


@pytest.fixture
def followed():
    """One follower of this process; ends with the test."""
    follower = live.Live()
    yield follower
    follower.stop()


@pytest.mark.timing
def test_news_and_signals_of_another_process_arrive_within_a_second(ann, followed, process):
    got: list[signals.Signal] = []
    arrived = threading.Event()

    def receive(signal):
        got.append(signal)
        arrived.set()

    leave = signals.subscribe(receive)
    followed.start()
    other = process("send_signal", "plan")
    other.wait(timeout=30)
    sent_at = time.monotonic()
    assert arrived.wait(timeout=5)
    leave()

    assert time.monotonic() - sent_at <= 1
    assert got == [signals.Signal("plan", {"from": "another process"})]


@pytest.mark.timing
def test_an_event_reaches_whoever_subscribed_with_its_settled_id(ann, followed):
    news: list[live.News] = []
    arrived = threading.Event()
    followed.subscribe(lambda each: (news.append(each), arrived.set()))

    began = time.monotonic()
    name_sites(names=["KES"], by=ann)
    assert arrived.wait(timeout=5)

    assert time.monotonic() - began <= 1
    [event] = news[0].events
    assert json.loads(event.payload) == event.data
    assert news[0].settled <= event.pk


def test_a_signal_inside_an_action_that_is_refused_is_never_sent(ann):
    from django.db import transaction

    got: list[signals.Signal] = []
    leave = signals.subscribe(got.append)
    try:
        with transaction.atomic():
            signals.send("plan", {"draft": 1})
            raise RuntimeError("refused")
    except RuntimeError:
        pass
    leave()

    assert got == []
