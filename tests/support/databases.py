"""The test database: made once, copied as a template, and restored after tests that commit.

Plain `django_db` tests are rolled back. Tests that commit (`transaction=True`) cannot be cleaned
with DELETE, because append-only tables refuse it; the next test that asks for the database gets the
template back instead, with its triggers and with the rows that migrations wrote. Tests that commit
also find it so after tests that were rolled back: on PostgreSQL those have still used up numbers of
the sequences, and the first event would not be 1.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import TestCase, TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.support.once import Once, keeps

FILE_COPY_SINCE = 150_000  # the version in which it can be chosen; 80 ms where the log takes 130
ASK_FOR_A_DATABASE = {"db", "transactional_db", "django_db_setup", "empty_plant"}


def on_postgresql() -> bool:
    return os.environ.get("OBEYA_DATABASE_URL", "").startswith("postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `postgres` belong to the PostgreSQL run alone; that needs no test that asks for
    no database, unless it is there to start one itself.
    """
    here = _belongs_on_postgresql if on_postgresql() else _belongs_on_sqlite
    elsewhere = [item for item in items if not here(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if here(item)]


def _belongs_on_sqlite(item: pytest.Item) -> bool:
    return not item.get_closest_marker("postgres")


def _belongs_on_postgresql(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marks = ("django_db", "database", "postgres", "browser", "timing")
    return any(map(item.get_closest_marker, marks)) or bool(fixtures & ASK_FOR_A_DATABASE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """SQLite in a temporary file: threads and processes of a test share it, as in life."""
    from django.conf import settings

    if on_postgresql():
        yield
        return
    memory = Path("/dev/shm")  # a RAM disk, where there is one
    folder = Path(tempfile.mkdtemp(prefix="obeya-test-", dir=memory if memory.is_dir() else None))
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _files_of_tests_lie_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[bool]:
    """Whether Django finds the database made: in a suite, it is migrated once and copied."""
    if not keeps():
        yield False
        return
    with django_db_blocker.unblock():
        name = connection.creation._get_test_db_name()
        with Once("migrated") as once:
            kept = once.name if on_postgresql() else str(once.folder / "test.sqlite3")
            if not once.is_made:
                _make_migrated(kept)
        _copy(kept, name)
    yield True
    if on_postgresql():
        with django_db_blocker.unblock():
            connections.close_all()
            _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _make_migrated(name: str) -> None:
    if on_postgresql():
        _on_server(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    _fold()
    connection.settings_dict["NAME"] = usual


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator["Template"]:
    from obeya.plant.log import append_only  # the models need settings first

    with django_db_blocker.unblock():
        append_only.guard_all(connection)  # as `obeya migrate` does
        template = Template()
    with pytest.MonkeyPatch.context() as patched:
        template.serve(patched)
        yield template
    with django_db_blocker.unblock():
        template.drop()


@pytest.fixture(scope="module")
def kept_for_the_module(
    django_db_setup: "Template", django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """What a fixture of this scope writes stands for all tests of a file, and is then taken back.

    For what takes long to fill and no test changes for another: each test still has a transaction
    of its own inside. A fixture that wrote a whole plant checks its foreign keys at once
    (`connection.check_constraints()`): on PostgreSQL each test would do that again.
    """
    with django_db_blocker.unblock():
        django_db_setup.without_rows_of_tests()
    with django_db_blocker.unblock(), taken_back():
        yield


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written within is as if it had never been."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django marks its own, so that durable blocks may lie inside
    with whole:
        yield
        transaction.set_rollback(True)


class Template:
    """A copy of the freshly migrated test database."""

    def __init__(self) -> None:
        self.name = str(connection.settings_dict["NAME"])
        self.copy = f"{self.name}_template"
        self._is_as_made = True
        self._holds_rows_of_a_test = False
        _fold()
        _copy(self.name, self.copy)

    def serve(self, patched: pytest.MonkeyPatch) -> None:
        """What a test committed is gone before the next one begins that asks for the database."""
        begin_committing = TransactionTestCase._fixture_setup.__func__
        begin, roll_back = TestCase._fixture_setup.__func__, TestCase._fixture_teardown

        @classmethod
        def begin_as_made(case: type[TransactionTestCase]) -> None:
            if not self._is_as_made:
                self.restore()
            begin_committing(case)

        @classmethod
        def begin_without_rows(case: type[TestCase]) -> None:
            self.without_rows_of_tests()
            begin(case)

        def leave(case: TransactionTestCase) -> None:
            connections.close_all()
            self._is_as_made, self._holds_rows_of_a_test = False, True

        def roll_back_all_but_sequences(case: TestCase) -> None:
            roll_back(case)
            self._is_as_made = connection.vendor == "sqlite"

        patched.setattr(TransactionTestCase, "_fixture_setup", begin_as_made)
        patched.setattr(TransactionTestCase, "_fixture_teardown", leave)
        patched.setattr(TestCase, "_fixture_setup", begin_without_rows)
        patched.setattr(TestCase, "_fixture_teardown", roll_back_all_but_sequences)

    def without_rows_of_tests(self) -> None:
        """For all that is rolled back afterwards: numbers that are used up do not matter there."""
        if self._holds_rows_of_a_test:
            self.restore()

    def restore(self) -> None:
        _copy(self.copy, self.name)
        self._is_as_made, self._holds_rows_of_a_test = True, False

    def drop(self) -> None:
        if on_postgresql():
            _on_server(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')
        else:
            Path(self.copy).unlink(missing_ok=True)


def _copy(source: str, target: str) -> None:
    """In place of what was there."""
    connections.close_all()
    if on_postgresql():
        by_files = "STRATEGY FILE_COPY" if connection.pg_version >= FILE_COPY_SINCE else ""
        _on_server(
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}" {by_files}',
        )
        return
    for suffix in ("", "-wal", "-shm"):
        Path(target + suffix).unlink(missing_ok=True)
    shutil.copyfile(source, target)


def _fold() -> None:
    """All into one file, on SQLite; and leave the database, so that it can be copied."""
    connections.close_all()
    if not on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()


def _on_server(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
