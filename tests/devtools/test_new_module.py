"""A newcomer's room: works at once, breaks no habit, and has exactly one red test."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import environment, new_module
from devtools.shell import Failed
from devtools.testing import CHECKS
from tests.architecture.tree import project_files
from tests.support.shared import ROOT

HABITS = ["ruff check", "ruff format", "import contracts", "migrations are complete"]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project as it is, without what it made."""
    for name in project_files():
        if name.startswith(("src/", "tests/support", "tests/__", "devtools")) or "/" not in name:
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    monkeypatch.setattr(environment, "ensure", lambda: Path(sys.executable))
    return tmp_path


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(copy / "src"),
        "DJANGO_SETTINGS_MODULE": "obeya.config.settings",
        "OBEYA_DATA": str(copy / "data"),
        "OBEYA_DATABASE_URL": "",
    }
    environment.pop("PYTEST_XDIST_WORKER", None)
    environment.pop("OBEYA_TESTS_KEEP", None)  # its rooms have other tables
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_new_room_has_one_red_test_and_breaks_no_habit(copy):
    new_module.make("weather_station", copy)  # not "calibration": newcomers have that one

    tests = run(
        copy, "-m", "pytest", "-q", "-p", "no:randomly", "src/obeya/modules/weather_station"
    )
    assert re.search(r"^FAILED .*test_the_readme_says_which_question", tests.stdout, re.M)
    assert re.search(r"^1 failed, [2-9] passed", tests.stdout.splitlines()[-1]), tests.stdout
    for habit in HABITS:
        kept = run(copy, *CHECKS[habit])
        assert kept.returncode == 0, kept.stdout + kept.stderr


@pytest.mark.parametrize(
    ("habit", "file", "line"),
    [
        ("ruff check", "src/obeya/engines/bad.py", "import os\n"),
        ("ruff format", "src/obeya/engines/bad.py", "x = {'a':1}\n"),
        (
            "migrations are complete",
            "src/obeya/plant/issues/models/__init__.py",
            "from django.db import models\n\n\nclass Bad(models.Model):\n"
            "    class Meta:\n        app_label = 'issues'\n",
        ),
    ],
)
def test_each_check_refuses_what_breaks_its_habit(copy, habit, file, line):
    (copy / file).write_text(line)

    refused = run(copy, *CHECKS[habit])

    assert refused.returncode != 0, refused.stdout + refused.stderr


def test_the_import_contracts_name_each_import_that_breaks_one(copy):
    wrong = {
        "engines.bad": ["django"],
        "plant.log.bad": ["obeya.modules.orders.rows"],
        "modules.orders.bad": ["obeya.config.rooms", "obeya.modules.engineering.rows"],
        "modules.engineering.public": ["obeya.modules.orders.public"],
    }
    (copy / "src/obeya/modules/orders/public.py").write_text("")
    for name, imported in wrong.items():
        lines = [f"import {each}\n" for each in imported]
        (copy / f"src/obeya/{name.replace('.', '/')}.py").write_text("".join(lines))

    refused = run(copy, *CHECKS["import contracts"])

    assert refused.returncode == 1
    told = {f"obeya.{name} -> {each}" for name, imported in wrong.items() for each in imported}
    assert told <= set(re.findall(r"obeya\S+ -> \S+", refused.stdout)), refused.stdout


@pytest.mark.parametrize("name", ["", "Calibration", "c", "cal-ibration", "../x"])
def test_a_name_that_is_no_word_is_refused_and_nothing_is_written(copy, name):
    before = sorted(copy.rglob("*"))

    with pytest.raises(Failed, match="one word in small letters"):
        new_module.make(name, copy)

    assert sorted(copy.rglob("*")) == before


def test_a_room_that_stands_is_not_overwritten(copy):
    with pytest.raises(Failed, match="stands already"):
        new_module.make("engineering", copy)
