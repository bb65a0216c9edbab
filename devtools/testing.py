"""What `test`, `test-all` and `check` run, in which order, on which database."""

import os
import subprocess
import tempfile
from pathlib import Path

from . import environment
from .chromium import chromium
from .postgres import private_server
from .shell import ROOT, Phases, call

NOT_ON_POSTGRESQL = [
    "src/obeya/engines",
    "src/obeya/kestrel",
    "src/obeya/merlin",
    "src/obeya/ui",
    "tests/architecture",
    "tests/devtools",
    "tests/plant_of_truth/test_week.py",  # shifts and days are lived on both
]
IN_A_BROWSER = ["tests/browser", "tests/scenarios"]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"
CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "-q", "."],
    "ruff format": ["-m", "ruff", "format", "-q", "--check", "."],
    "import contracts": ["-c", LINT_IMPORTS, "--no-cache"],
    "migrations are complete": ["-m", "django", "makemigrations", "--check", "--dry-run"],
    "types": ["-m", "mypy"],
}


class Suite:
    """A series of steps that all run, so that one call shows everything that is wrong."""

    def __init__(self) -> None:
        self.python = environment.ensure()
        self.phases = Phases()
        self.closing: list[str] = []  # the last line of each pytest
        self.worst = 0
        self.data = tempfile.TemporaryDirectory(prefix="obeya-test-data-")
        Path(self.data.name, "static").mkdir()  # Whitenoise warns where there is none
        self.env = {
            "NO_MKDOCS_2_WARNING": "1",
            "DJANGO_SETTINGS_MODULE": "obeya.config.settings",
            "OBEYA_DATA": self.data.name,
            "OBEYA_TESTS_KEEP": str(Path(self.data.name, "kept")),  # tests/support/once.py
            # Hundreds of processes begin in a run, and none is to compile all of the house again,
            # also where the machine asks for that: an empty word counts as unset.
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def step(self, name: str, *arguments: str) -> None:
        with self.phases.phase(name):
            self.worst = max(self.worst, abs(call(self.python, *arguments, env=self.env)))

    def checks(self) -> None:
        for name, arguments in CHECKS.items():
            self.step(name, *arguments)

    def tests(self, name: str, *arguments: str, url: str = "", workers: int = 2) -> None:
        is_spread = workers > 1 and (os.cpu_count() or 1) > 1
        spread = ["-n", str(workers), "--dist", "worksteal"] if is_spread else []
        env = self.env | ({"OBEYA_DATABASE_URL": url} if url else {})
        with self.phases.phase(name):
            code, last = _echo([self.python, "-m", "pytest", *spread, *arguments], env)
        self.worst = max(self.worst, abs(code))
        self.closing.append(f"{name}: {last}")

    def end(self) -> int:
        self.data.cleanup()
        self.phases.report()
        print(*self.closing, sep="\n", flush=True)
        return self.worst


def quick(*arguments: str) -> int:
    """Two runs: everything quick on SQLite; plant, rooms and scenarios on PostgreSQL."""
    suite = Suite()
    chromium()
    if arguments:  # make test is for all of them; python3 dev.py test PATH for some
        suite.tests("chosen tests", *arguments, workers=1)
        return suite.end()
    quickly = "not slow and not browser and not timing"
    suite.tests("tests on SQLite", "-m", quickly)
    suite.tests("timing on SQLite", "-m", "timing and not slow", workers=1)
    suite.tests("browser on SQLite", "-m", "browser and not slow and not timing", *IN_A_BROWSER)
    with private_server() as url:
        suite.tests("tests on PostgreSQL", *_on_postgresql(quickly), url=url)
    return suite.end()


def everything() -> int:
    suite = Suite()
    chromium()
    suite.checks()
    suite.step("documentation", "-m", "mkdocs", "build", "--strict", "-q")
    suite.tests("tests on SQLite", "-m", "not browser and not timing")
    suite.tests("timing on SQLite", "-m", "timing", workers=1)
    suite.tests("browser on SQLite", "-m", "browser and not timing", *IN_A_BROWSER)
    with private_server() as url:
        suite.tests("tests on PostgreSQL", *_on_postgresql("not browser and not timing"), url=url)
        suite.tests("timing on PostgreSQL", *_on_postgresql("timing"), url=url, workers=1)
        in_a_browser = ["-m", "browser and not slow and not timing", *IN_A_BROWSER]
        suite.tests("browser on PostgreSQL", *in_a_browser, url=url)
    return suite.end()


def check() -> int:
    suite = Suite()
    suite.checks()
    return suite.end()


def _on_postgresql(marks: str) -> list[str]:
    return ["-m", marks, *(f"--ignore={path}" for path in NOT_ON_POSTGRESQL)]


def _echo(command: list[str | Path], env: dict[str, str]) -> tuple[int, str]:
    """Run it, show what it prints, and keep the last line."""
    last = ""
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return process.returncode, last
