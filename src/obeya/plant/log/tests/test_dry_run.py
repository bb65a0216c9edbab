"""A trial beside the plant leaves nothing, and nobody waits for it."""

import subprocess
import sys

import pytest
from django.db import connection, transaction

from obeya.plant.log.dry_run import beside_the_plant
from obeya.plant.log.models import Account

WRITE = (
    "import sqlite3, sys; plant = sqlite3.connect(sys.argv[1], timeout=0);"
    "plant.execute(\"UPDATE log_account SET password = 'Ben'\"); plant.commit()"
)


@pytest.mark.django_db(transaction=True)
def test_what_a_trial_wrote_is_gone_and_what_was_there_is_in_it():
    Account.objects.create(username="ann")
    before = Account.objects.count()

    with beside_the_plant(), transaction.atomic():
        Account.objects.create(username="bob")
        assert Account.objects.filter(username__in=["ann", "bob"]).count() == 2
        transaction.set_rollback(True)

    assert Account.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_another_process_writes_while_a_trial_writes():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps writers apart by itself")
    Account.objects.create(username="ann")
    plant = str(connection.settings_dict["NAME"])

    with beside_the_plant(), transaction.atomic():
        Account.objects.filter(username="ann").update(password="Ann")
        subprocess.run([sys.executable, "-c", WRITE, plant], check=True)
        transaction.set_rollback(True)

    assert Account.objects.get(username="ann").password == "Ben"


@pytest.mark.django_db(transaction=True)
def test_after_a_trial_that_failed_this_thread_writes_to_the_plant_again():
    with pytest.raises(ZeroDivisionError), beside_the_plant():
        raise ZeroDivisionError

    Account.objects.create(username="ann")
    connection.close()
    assert Account.objects.filter(username="ann").exists()
