"""The seals show any later change, as long as one digest is kept elsewhere."""

import time
from datetime import UTC, datetime

import pytest
from django.db import connection

from obeya.plant.log import append_only, clock, seals
from obeya.plant.log.models import Account, EventSeal, OperationsEvent
from obeya.plant.log.rooms import Module, Proof
from obeya.plant.log.tailer import settled_id
from obeya.plant.log.tests.probe import name_sites
from obeya.plant.log.verify import run_proofs

# Alone: on PostgreSQL a seal waits for the oldest transaction of the whole cluster, and a long
# test beside these, in a database of its own, makes them wait until they give up.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timing]


def await_settled(patience_s=30):
    """On PostgreSQL the oldest transaction of the whole cluster, also of other tests, decides."""
    newest, until = OperationsEvent.objects.latest("id").pk, time.monotonic() + patience_s
    while settled_id() < newest and time.monotonic() < until:
        pass
    assert settled_id() == newest


@pytest.fixture
def sealed(ann):
    """Three events under two seals."""
    name_sites(names=["KES"], by=ann)
    name_sites(names=["LEO"], by=ann)
    await_settled()
    assert seals.seal_settled() == 1
    name_sites(names=["MUC"], by=ann)
    await_settled()
    assert seals.seal_settled() == 1
    return seals.last_digest()


def tamper(sql):
    tables = append_only.tables()
    with append_only.lifted(connection, *tables), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_untouched_log_agrees_with_its_seals(sealed):
    assert seals.broken_seals(sealed) == []
    assert EventSeal.objects.count() == 2
    assert seals.seal_settled() == 0


def test_a_changed_event_breaks_its_seal(sealed):
    tamper("UPDATE log_operationsevent SET payload = '{}' WHERE id = 1")

    assert seals.broken_seals() == [
        "the seal over events 1 to 2 does not fit: an event below it was changed, added or removed."
    ]


def test_a_changed_row_of_before_and_after_breaks_the_seal(sealed):
    tamper("UPDATE log_changerow SET fields = '{}' WHERE event_id = 3")

    [broken] = seals.broken_seals()
    assert broken.startswith("the seal over events 3 to 3 does not fit")


def test_a_removed_event_breaks_its_seal(sealed):
    tamper("DELETE FROM log_operationsevent WHERE id = 2")

    assert len(seals.broken_seals()) == 1


@pytest.mark.parametrize("change", ["count = 1", "first_id = 2"])
def test_a_seal_that_says_other_events_than_it_covers_is_named(sealed, change):
    tamper(f"UPDATE log_eventseal SET {change} WHERE last_id = 2")

    [broken] = seals.broken_seals(sealed)
    assert broken.endswith("was changed: it covers other events than it says.")


def test_a_chain_made_anew_does_not_hold_the_exported_digest(sealed):
    tamper("UPDATE log_operationsevent SET payload = '{}' WHERE id = 1")
    tamper("DELETE FROM log_eventseal")
    seals.seal_settled()

    assert seals.broken_seals() == []
    assert seals.broken_seals(sealed) == [f"the exported digest {sealed} is not in the chain."]


def test_the_canonical_form_is_the_same_on_every_database(ann):
    """Were this digest another one, a plant that moves to PostgreSQL would lose its seals."""
    at = datetime(2026, 11, 23, 5, 0, 0, 123456, tzinfo=UTC)
    Account.objects.filter(pk=ann.account_id).update(username="ann")
    OperationsEvent.objects.create(
        id=7,
        kind="probe.sites_named",
        effective_at=at,
        recorded_at=at,
        actor_id=ann.account_id,
        source="page",
        payload='{"name":"Größe","sites":[1,2]}',
    )

    row = OperationsEvent.objects.values_list(*seals._EVENT).get()
    assert seals.canonical_row([*row[:5], 1, *row[6:]]).hex()[:64] == (
        "00000001370000001170726f62652e73697465735f6e616d6564000000013100"
    )
    assert seals.digest_of("", 0, 7) == seals.digest_of("", 0, 7)


def test_verify_runs_the_proofs_of_every_room_and_says_what_disagrees(enter, sealed):
    def broken():
        raise ZeroDivisionError("no rows")

    enter(
        Module(
            name="probe",
            title="Probe",
            proofs=[
                Proof("hours", lambda: ["J-1 has 3 h booked, its total says 4 h"]),
                Proof("money", broken),
                Proof("stock", list),
            ],
        )
    )

    report = run_proofs()

    assert not report.agrees
    found = {each.name: each.disagreements for each in report.results}
    assert found["hours"] == ["J-1 has 3 h booked, its total says 4 h"]
    assert found["money"] == ["could not be computed: ZeroDivisionError: no rows"]
    assert found["stock"] == found["seals"] == found["ledgers are guarded"] == []
    assert report.last_digest == sealed


def test_a_seal_covers_at_most_ten_thousand_events(ann, monkeypatch):
    monkeypatch.setattr(seals, "EVENTS_PER_SEAL", 2)
    for number in range(5):
        name_sites(names=[f"S{number}"], by=ann)

    await_settled()
    assert seals.seal_settled(whole_only=True) == 2
    assert seals.seal_settled() == 1
    counts = EventSeal.objects.order_by("last_id").values_list("count", flat=True)
    assert list(counts) == [2, 2, 1]
    assert all(seal.sealed_at <= clock.real_now() for seal in EventSeal.objects.all())
