"""dev.py, make and CI say the same thing."""

import re
import subprocess
import sys
import tomllib

import pytest

from devtools.environment import source_of
from devtools.targets import TARGETS
from tests.support.shared import ROOT

LOCKS = ["requirements/base.txt", "requirements/dev.txt"]


def test_help_names_every_target_and_what_it_does():
    said = subprocess.run(
        [sys.executable, "dev.py", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    lines = {line.split()[0]: line for line in said.splitlines() if line.startswith("  ")}
    assert set(lines) == set(TARGETS)
    assert all(len(line.split()) > 2 for line in lines.values())


def test_make_only_calls_dev_py():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()
    recipes = [line.strip() for line in makefile.splitlines() if line.startswith("\t")]

    assert set(phony) == set(TARGETS)
    assert all(recipe.startswith("@$(PYTHON) dev.py ") for recipe in recipes)


def test_an_unknown_target_is_refused_with_the_list():
    done = subprocess.run(
        [sys.executable, "dev.py", "deploy"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stdout.startswith("There is no target 'deploy'.")


def test_dev_py_needs_nothing_but_python():
    program = "import sys; import devtools.targets, devtools.testing, devtools.new_module"
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_machine_code_is_made_anew_for_every_change_of_an_engine(tmp_path):
    (tmp_path / "rules").mkdir()
    kernel, rule = tmp_path / "kernel.py", tmp_path / "rules" / "rule.py"
    kernel.write_text("a = 1\n")
    rule.write_text("b = 1\n")
    before = source_of(tmp_path)

    (tmp_path / "README.md").write_text("words")
    assert source_of(tmp_path) == before
    rule.write_text("b = 2\n")
    assert source_of(tmp_path) != before
    rule.write_text("b = 1\n")
    assert source_of(tmp_path) == before
    kernel.rename(tmp_path / "kernels.py")
    assert source_of(tmp_path) != before


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_a_hash_and_no_address(lock):
    text = (ROOT / lock).read_text()
    requirements = re.split(r"\n(?=[a-z])", text)

    assert all(re.match(r"[a-z0-9.-]+==\S+", each) for each in requirements)
    assert all("--hash=sha256:" in each for each in requirements)
    assert not re.search(r"://|--(index|find-links|trusted)", text)


def test_the_lock_pins_everything_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9-]", each)[0].lower() for each in wanted}

    pinned = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / LOCKS[1]).read_text(), re.M))
    assert names - pinned == set()


def test_ci_runs_everything_and_stops_at_the_first_failure_of_its_shell():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert "set -eu" in lines
    assert lines[-1] == "exec make test-all </dev/null"
