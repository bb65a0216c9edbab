"""What happens when two want the same at the same time, or somebody dies in the middle."""

import queue
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from obeya.plant.log import clock, deliveries
from obeya.plant.log.actions import Busy, action
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import ActionKey, Delivery, OperationsEvent
from obeya.plant.log.publishing import publish
from obeya.plant.log.reactions import Reaction
from obeya.plant.log.rooms import Module
from obeya.plant.log.tests.probe import SitesNamed, answer_sites, name_sites
from obeya.plant.log.worker import work
from obeya.plant.resources.models import Site

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, do):
    """Run do(number) in so many threads that begin together; results in order."""
    results = [None] * count
    gate = threading.Barrier(count)

    def run(number):
        gate.wait()
        try:
            results[number] = do(number)
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def mark(event, *, by, key):
    answer_sites(site_id=event.data["sites"][0], by=by, key=key)


ROOM = Module(
    name="probe",
    title="Probe",
    reactions=[Reaction(on=SitesNamed, do=mark, name="probe.mark")],
)


def test_twelve_calls_with_one_key_have_one_effect_and_twelve_equal_answers(ann):
    answers = at_once(12, lambda _: name_sites(names=["KES"], by=ann, key="k1"))

    assert answers == [[Site.objects.get()]] * 12
    assert OperationsEvent.objects.count() == 1
    assert ActionKey.objects.count() == 1


def test_a_deadlock_is_tried_again_and_both_wishes_come_true(ann):
    kes, leo = name_sites(names=["KES", "LEO"], by=ann)
    gate = threading.Barrier(2, timeout=0.5)

    @action(permission="probe.name")
    def touch_in_order(*, sites: list[Site], by: Actor) -> None:
        for site in sites:
            Site.objects.filter(pk=site.pk).update(name=site.code.lower())
            with suppress(threading.BrokenBarrierError):  # SQLite: the other one waits to begin
                gate.wait()
        publish(SitesNamed([site.pk for site in sites]))

    results = at_once(2, lambda n: touch_in_order(sites=[kes, leo] if n else [leo, kes], by=ann))

    assert results == [None, None]
    assert OperationsEvent.objects.count() == 3


def test_two_workers_share_the_work_and_each_reaction_has_one_effect(enter, ann):
    enter(ROOM)
    sites = name_sites(names=["KES"], by=ann) + name_sites(names=["LEO"], by=ann)
    for number in range(30):
        sites += name_sites(names=[f"S{number}"], by=ann)

    at_once(3, lambda _: deliveries.drain())

    assert {site.name for site in Site.objects.all()} == {f"{site.code}|" for site in sites}


def test_a_worker_killed_inside_a_reaction_leaves_exactly_one_effect(enter, ann, process):
    enter(ROOM)
    [kes] = name_sites(names=["KES"], by=ann)

    killed = process("work_and_die_inside")
    assert killed.wait(timeout=30) == -9
    assert Delivery.objects.get().status == Delivery.Status.WAITING
    Delivery.objects.update(due_at=clock.real_now() - timedelta(seconds=1))  # the lease ran out
    deliveries.drain()

    kes.refresh_from_db()
    assert kes.name == "KES|"
    assert Delivery.objects.get().status == Delivery.Status.DONE
    assert OperationsEvent.objects.count() == 2


@pytest.mark.timing
def test_from_commit_to_the_reactions_effect_p95_is_at_most_300_ms(enter, ann):
    finished: queue.Queue[float] = queue.Queue()

    def note(event, *, by, key):
        mark(event, by=by, key=key)
        finished.put(time.perf_counter())

    enter(
        Module(
            name="probe",
            title="Probe",
            reactions=[Reaction(on=SitesNamed, do=note, name="probe.mark")],
        )
    )
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(["fast"], stop))
    worker.start()
    waits = []
    for number in range(40):
        name_sites(names=[f"S{number}"], by=ann)
        committed = time.perf_counter()
        waits.append(finished.get(timeout=10) - committed)
    stop.set()
    worker.join()

    assert sorted(waits)[int(0.95 * len(waits))] <= 0.3


def test_an_action_never_joins_a_transaction_of_somebody_else(ann):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        name_sites(names=["KES"], by=ann)


@pytest.mark.postgres
def test_who_waits_too_long_for_a_row_is_refused_and_nothing_changed(ann):
    [kes] = name_sites(names=["KES"], by=ann)
    locked, released = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Site.objects.select_for_update().get(pk=kes.pk)
            locked.set()
            released.wait(timeout=20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(timeout=10)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    with pytest.raises(Busy, match="try again in a moment"):
        answer_sites(site_id=kes.pk, by=ann)
    released.set()
    holder.join()

    assert OperationsEvent.objects.count() == 1
