"""Keeping the database right: `obeya migrate`, `check`, `verify`, `seal`."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from obeya.plant.log import append_only
from obeya.plant.log.command import Command
from obeya.plant.log.rooms import rooms


def migrate(options: Namespace) -> None:
    migrate_quietly(verbosity=1)
    first_start()


def migrate_quietly(verbosity: int = 0) -> None:
    """Bring the tables up to date, guard them anew, and let the rooms renew what they ship."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=verbosity)
    append_only.guard_all(connection)
    for module in rooms():
        for renew in module.after_migrate:
            renew()


def first_start() -> None:
    """An empty plant gets a way in; said once, because it cannot be read again."""
    for module in rooms():
        for begin in module.first_start:
            if sentence := begin():
                print(sentence)


def check(options: Namespace) -> int:
    found = problems()
    for problem in found:
        print(problem)
    if not found:
        print("Everything is as it must be.")
    return 1 if found else 0


def problems() -> list[str]:
    """What must be put right before anybody may be served, each with its remedy."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        unguarded = [] if missing else append_only.unguarded(connection)
        unsafe = _unsafe_sqlite() if connection.vendor == "sqlite" else []
    except DatabaseError as error:
        return [f"the database does not answer ({error}). Is OBEYA_DATABASE_URL right?"]
    found = list(unsafe)
    if missing:
        found.append(f"{len(missing)} migrations are not applied. Run: obeya migrate")
    if unguarded:
        tables = ", ".join(unguarded)
        found.append(f"nothing guards the append-only tables {tables}. Run: obeya migrate")
    return found


def is_empty() -> bool:
    """Whether no plant was ever here: the database has no table at all."""
    return not connection.introspection.table_names()


def what_is_lacking() -> str:
    """Why a command met a missing table or column, and what to do; empty when none is missing."""
    try:
        if is_empty():
            return (
                f"There is no plant in {settings.DATA}. Begin one with `obeya up`, or name the"
                " folder of yours in OBEYA_DATA (that of `make demo` is demo-data)."
            )
        return " ".join(problems())
    except DatabaseError as error:
        return f"The database does not answer ({error}). Is OBEYA_DATABASE_URL right?"


def _unsafe_sqlite() -> list[str]:
    with connection.cursor() as cursor:
        [synchronous] = cursor.execute("PRAGMA synchronous").fetchone()
        [journal] = cursor.execute("PRAGMA journal_mode").fetchone()
    if (synchronous, journal) != (2, "wal"):
        return [
            f"SQLite runs with synchronous={synchronous} and journal_mode={journal}, so a power cut"
            " could lose work. Put OBEYA_DATA on a local disk that allows FULL and WAL."
        ]
    return []


def _verify_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there, too")
    parser.add_argument("--digest", help="the last digest exported before: it must be in the chain")


def verify(options: Namespace) -> int:
    from obeya.plant.log.verify import run_proofs  # noqa: PLC0415 - loads every proof

    report = run_proofs(exported_digest=options.digest)
    for proof in report.results:
        state = "agrees" if proof.agrees else "DISAGREES"
        print(f"{state:<10} {proof.name} ({proof.seconds:.2f} s)")
        for sentence in proof.disagreements[:20]:
            print(f"           {sentence}")
        if len(proof.disagreements) > 20:
            print(f"           … and {len(proof.disagreements) - 20} more")
    print(f"Last digest: {report.last_digest or 'nothing is sealed yet'}")
    if options.json:
        options.json.write_text(json.dumps(report.as_dict(), indent=2) + "\n")
    return 0 if report.agrees else 1


def seal(options: Namespace) -> int:
    from obeya.plant.log.seals import last_digest, seal_settled  # noqa: PLC0415 - as verify

    made = seal_settled()
    print(f"{made} seals made. Last digest: {last_digest() or 'nothing to seal yet'}")
    sys.stdout.flush()
    return 0


COMMANDS = (
    Command("migrate", "Bring the database up to date and guard its ledgers", migrate),
    Command("check", "Say what is wrong with this installation, with the remedy", check),
    Command(
        "verify", "Recompute every ledger and the seals: they must agree", verify, _verify_arguments
    ),
    Command("seal", "Seal the log up to now; keep the printed digest elsewhere", seal),
)
