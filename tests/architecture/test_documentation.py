"""Everything has its sentence in the documentation, and everything the documentation says works."""

import importlib.util
import re
import tomllib

import pytest

from devtools.targets import TARGETS

from .house import open_house
from .tree import ROOT, project_files

PAGES = [name for name in project_files() if name.endswith(".md") and "/vendor/" not in name]


def _reference():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs/reference/_generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "subject", ["environment", "event", "verb", "permission", "role", "command", "page"]
)
def test_every_one_has_a_sentence_in_the_reference(subject):
    open_house()
    rows = getattr(_reference(), f"{subject}_rows")()

    meaning = 2 if subject == "environment" else 1
    assert rows
    assert [row[0] for row in rows if not row[meaning].strip()] == []


def test_every_dependency_earns_its_place_in_the_decision():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]
    asked = [
        *project["project"]["dependencies"],
        *(each for of in (*groups.values(), *extras.values()) for each in of),
    ]
    names = {re.match(r"[A-Za-z0-9-]+", each)[0] for each in asked}

    decision = (ROOT / "docs/adr/0001-dependencies.md").read_text()
    rows = re.findall(r"^\| ([a-zA-Z0-9-]+) \| ([^|]+)\|", decision, re.M)
    assert {name for name, _ in rows} - {"package"} == names


@pytest.mark.parametrize("page", PAGES)
def test_documents_name_only_targets_that_exist(page):
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"(?:^\$ |`)(?:make|python3? dev\.py) ([a-z-]+)", text, re.M)

    assert set(named) - set(TARGETS) == set()


def test_every_decision_is_in_the_list_of_decisions():
    folder = ROOT / "docs" / "adr"
    written = {path.name for path in folder.glob("0*.md")} - {"0000-template.md"}
    listed = set(re.findall(r"^- \[.*\]\((.*)\)", (folder / "index.md").read_text(), re.M))

    assert listed == written
