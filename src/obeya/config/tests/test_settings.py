"""What is set from outside, and that a power cut loses nothing."""

import stat
from pathlib import Path

import pytest
from django.db import connection

from obeya.config import care
from obeya.config.database import database
from obeya.config.secret import secret_key
from obeya.plant.log import append_only


def test_the_signing_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    key = secret_key("", tmp_path)

    assert secret_key("", tmp_path) == key
    assert len(key) > 60
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_given_key_is_taken_and_not_written_down(tmp_path):
    assert secret_key("given", tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_an_url_names_server_user_and_database(tmp_path):
    found = database("postgresql://ann:p%40ss@db:5433/plant?sslmode=require", tmp_path)

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "ann",
        "p@ss",
        "db",
        "5433",
        "plant",
    )
    assert found["OPTIONS"]["sslmode"] == "require"


def test_another_database_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match="Write postgresql://"):
        database("mysql://localhost/plant", Path())


@pytest.mark.django_db
def test_sqlite_waits_for_the_disk_at_every_commit():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own settings")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.django_db
def test_postgresql_ends_transactions_that_nobody_finishes():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has its own settings")
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("15s",)
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone()[0] in {"on", "off"}  # off only in the tests' own server


@pytest.mark.django_db(transaction=True)
def test_a_plant_without_its_guards_is_not_served():
    assert care.problems() == []
    with append_only.lifted(connection, "log_operationsevent"):
        found = care.problems()

    assert found == [
        "nothing guards the append-only tables log_operationsevent. Run: obeya migrate"
    ]
