"""What `test`, `test-all` and `check` run, in which order, on which database."""

import os
import tempfile
from pathlib import Path

from . import environment
from .postgres import private_server
from .shell import ROOT, Phases, call

ON_BOTH = ["src/obeya/plant", "src/obeya/modules"]


def quick(*arguments: str) -> int:
    """Two runs: everything quick on SQLite; plant, rooms and `postgres` on PostgreSQL."""
    python = environment.ensure()
    if arguments:
        return pytest(python, *arguments)
    phases, failed = Phases(), []
    with phases.phase("tests on SQLite"):
        failed.append(pytest(python, "-m", "not slow"))
    with phases.phase("tests on PostgreSQL"), private_server() as url:
        on_postgresql = {"OBEYA_DATABASE_URL": url}
        failed.append(pytest(python, *ON_BOTH, "-m", "not slow and not browser", **on_postgresql))
    phases.report()
    return max(failed)


def everything() -> int:
    raise NotImplementedError


def check() -> int:
    """All of them run, so that one call shows everything that is wrong."""
    python = environment.ensure()
    phases, failed = Phases(), []
    for name, command in CHECKS.items():
        with phases.phase(name):
            failed.append(call(python, "-m", *command))
    phases.report()
    return max(failed)


CHECKS: dict[str, list[str]] = {
    "ruff check": ["ruff", "check", "-q", "."],
    "ruff format": ["ruff", "format", "-q", "--check", "."],
    "import contracts": ["importlinter.cli", "lint", "--no-cache"],
    "migrations are complete": ["django", "makemigrations", "--check", "--dry-run"],
    "types": ["mypy", "src"],
}


def pytest(python: Path, *arguments: str, **env: str) -> int:
    workers = ["-n", "2"] if (os.cpu_count() or 1) > 1 else []
    with tempfile.TemporaryDirectory(prefix="obeya-test-data-") as data:
        env = {"OBEYA_DATA": data, "DJANGO_SETTINGS_MODULE": "obeya.config.settings"} | env
        return call(python, "-m", "pytest", *workers, *arguments, env=env, cwd=ROOT)
