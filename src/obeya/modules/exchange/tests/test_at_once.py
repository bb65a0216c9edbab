"""Somebody goes on with an import in the moment in which it is given up or left: it goes on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from django.db import connection, transaction

from obeya.modules.exchange.actions import NoSuchImport, forget_imports, give_up_imports
from obeya.modules.exchange.kinds import TAKE_OVER
from obeya.modules.exchange.models import FileImport
from obeya.plant.log import clock
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Run

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timedelta(days=31)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def let_it_come_to_the_lock():
    """In SQLite it waits from its beginning: somebody writes."""
    end = monotonic() + 60
    is_waiting = connection.vendor != "postgresql"
    while not is_waiting:
        assert monotonic() < end, "it never came to the lock"
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            is_waiting = cursor.fetchone()[0] > 0


def give_up(imports):
    before = clock.real_now() - timedelta(days=30)
    give_up_imports(imports=imports, before=before, by=system_actor(), source="system")


def leave(imports):
    forget_imports(imports=imports, by=system_actor(), source="system")


@pytest.mark.parametrize(
    ("ended", "is_begun", "told"),
    [
        (give_up, True, "None of them has stopped halfway so long ago. Nothing to do."),
        (leave, False, "The preview is gone already. Choose the file again."),
    ],
)
def test_what_somebody_goes_on_with_in_that_moment_goes_on(oak, by, ended, is_begun, told):
    at = clock.real_now() - LONG_AGO
    of_then = {"kind": TAKE_OVER, "site": oak, "actor_id": by.account_id, "asked_at": at}
    stopped = FileImport.objects.create(
        site=oak, sent_by_id=by.account_id, name="plant.xlsx", stored_as="imports/a/plant.xlsx",
        profile="obeya", into="OAK", checked_at=at,
        begun_at=at if is_begun else None,
        run=Run.objects.create(status="failed", ended_at=at, **of_then),
    )  # fmt: skip
    is_held = Event()

    def ending():
        is_held.wait(timeout=60)
        try:
            ended([stopped])
        except NoSuchImport as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "ended"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            held = FileImport.objects.select_for_update(of=("self",)).get(pk=stopped.pk)
            held.run = Run.objects.create(status="waiting", **of_then)
            held.save(update_fields=["run"])
            answer = pool.submit(ending)
            is_held.set()
            let_it_come_to_the_lock()
        said = answer.result(timeout=60)

    stopped.refresh_from_db()
    assert (said, stopped.stage, stopped.given_up_at) == (told, "under way", None)
