"""`obeya backup` and `restore`: one file with the database and the stored files, while running."""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from obeya.config.care import migrate_quietly
from obeya.plant.log.command import Command
from obeya.plant.log.refusal import Refusal

KEPT_FILES = ("files", "secret-key", "demo")


class NoRestore(Refusal):
    """A restore into a plant that has data would destroy it."""


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="such as obeya-2026-11-23.tar")


def backup(options: Namespace) -> None:
    """A consistent copy: SQLite's online backup, or pg_dump's snapshot."""
    target: Path = options.file
    with tempfile.TemporaryDirectory(dir=target.resolve().parent) as folder:
        name = "obeya.sqlite3" if connection.vendor == "sqlite" else "obeya.dump"
        copy = Path(folder) / name
        if connection.vendor == "sqlite":
            _copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), copy)
        else:
            _postgres("pg_dump", "--format=custom", f"--file={copy}")
        whole = Path(folder) / "whole.tar"
        with tarfile.open(whole, "w") as archive:
            archive.add(copy, arcname=name)
            for each in KEPT_FILES:
                if (settings.DATA / each).exists():
                    archive.add(settings.DATA / each, arcname=each)
        whole.chmod(0o600)
        whole.replace(target)
    print(f"Everything is in {target} ({target.stat().st_size / 1e6:.1f} MB). It holds secrets.")


def restore(options: Namespace) -> None:
    """Into an empty data folder or database only; the triggers are guarded anew."""
    source: Path = options.file
    database = Path(settings.DATABASES["default"]["NAME"])
    is_sqlite = connection.vendor == "sqlite"
    if (is_sqlite and database.exists()) or (
        not is_sqlite and connection.introspection.table_names()
    ):
        raise NoRestore("There is a plant here already. Restore into an empty folder or database.")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        unpacked = Path(folder)
        wanted = unpacked / ("obeya.sqlite3" if is_sqlite else "obeya.dump")
        if not wanted.exists():
            raise NoRestore(
                "This backup is of the other database. Set OBEYA_DATABASE_URL to match."
            )
        settings.DATA.mkdir(parents=True, exist_ok=True)
        if is_sqlite:
            shutil.copyfile(wanted, database)
        else:
            _postgres(
                "pg_restore", "--no-owner", "--exit-on-error", "--dbname", _name(), str(wanted)
            )
        for each in KEPT_FILES:
            _put_back(unpacked / each, settings.DATA / each)
    migrate_quietly()
    print("Restored. Run: obeya verify")


def _copy_sqlite(database: Path, copy: Path) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _postgres(program: str, *arguments: str) -> None:
    given = connection.settings_dict
    environment = os.environ | {
        "PGHOST": str(given["HOST"]),
        "PGPORT": str(given["PORT"]),
        "PGUSER": str(given["USER"]),
        "PGPASSWORD": str(given["PASSWORD"]),
        "PGDATABASE": _name(),
    }
    present = {name: value for name, value in environment.items() if value}
    subprocess.run([program, *arguments], check=True, env=present)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _put_back(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copyfile(source, target)
        target.chmod(0o600)


COMMANDS = (
    Command("backup", "Copy the whole plant into one file, while it runs", backup, _file),
    Command("restore", "Bring a backup into an empty folder or database", restore, _file),
)
