"""A trial beside the plant leaves nothing, and nobody waits for it."""

import subprocess
import sys

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from obeya.plant.log.dry_run import beside_the_plant
from obeya.plant.log.models import Account
from obeya.plant.resources.models import Unit

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
def test_whoever_changes_the_rows_that_a_trial_changes_does_not_wait():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite a trial has a file of its own")
    kg = Unit.objects.create(code="kg", name="kilogram", dimension="mass")
    somebody = connections.create_connection(DEFAULT_DB_ALIAS)
    somebody.settings_dict = connection.settings_dict
    try:
        with beside_the_plant(), transaction.atomic():
            Unit.objects.filter(code="kg").update(name="tried")
            tried = Unit.objects.create(code="t", name="tonne", dimension="mass")
            assert tried.pk > kg.pk
            assert [str(each.name) for each in Unit.objects.order_by("pk")] == ["tried", "tonne"]
            with somebody.cursor() as cursor:
                cursor.execute("SET lock_timeout = '50ms'")
                cursor.execute("UPDATE resources_unit SET name = 'kilo' WHERE code = 'kg'")
                cursor.execute(
                    "INSERT INTO resources_unit (code, name, dimension, decimals)"
                    " VALUES ('t', 'somebody''s', 'mass', 0)"
                )
            transaction.set_rollback(True)
    finally:
        somebody.close()

    assert [str(each.name) for each in Unit.objects.order_by("pk")] == ["kilo", "somebody's"]


@pytest.mark.django_db(transaction=True)
def test_after_a_trial_that_failed_this_thread_writes_to_the_plant_again():
    with pytest.raises(ZeroDivisionError), beside_the_plant():
        raise ZeroDivisionError

    Account.objects.create(username="ann")
    connection.close()
    assert Account.objects.filter(username="ann").exists()
