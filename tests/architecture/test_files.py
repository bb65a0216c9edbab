"""Sizes, names and places of files."""

import re
import warnings

import pytest

from .tree import ROOT, line_count, project_files

FORBIDDEN = re.compile(
    r"(^|/)(utils?|helpers?|managers?|misc|common|mixins|signals|receivers)(\.py|/|\.js)"
)
MAY_BE_NAMED_SO = {"src/obeya/plant/log/signals.py"}  # the live signals of DESIGN section 4
ISLANDS = re.compile(r"/static/.*(board|charts|sheet|replay|scanner)[^/]*\.js$")


def limit(name: str) -> int | None:
    """The most lines that a file of this kind may have; None where no limit holds."""
    if "/vendor/" in name or "/migrations/" in name or "/locale/" in name:
        return None
    if name.endswith(".py"):
        return 400
    if "/templates/" in name:
        return 150
    if name.endswith(".js"):
        return 600 if ISLANDS.search(name) else 200
    return None


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("src/obeya/modules/orders/actions.py", 400),
        ("src/obeya/modules/orders/templates/orders/list.html", 150),
        ("src/obeya/ui/static/ui/hotkeys.js", 200),
        ("src/obeya/ui/static/ui/board.js", 600),
        ("src/obeya/ui/static/ui/vendor/htmx.min.js", None),
        ("src/obeya/plant/log/migrations/0001_initial.py", None),
    ],
)
def test_each_kind_of_file_has_its_limit(name, lines):
    assert limit(name) == lines


def test_no_file_is_longer_than_its_limit():
    sizes = {name: line_count(name) for name in project_files() if limit(name)}

    for name, lines in sizes.items():
        if name.endswith(".py") and lines > 300:
            warnings.warn(f"{name} has {lines} lines; split it before 400", stacklevel=1)
    assert {name: lines for name, lines in sizes.items() if lines > limit(name)} == {}


@pytest.mark.parametrize(
    ("name", "is_forbidden"),
    [
        ("src/obeya/plant/log/utils.py", True),
        ("src/obeya/ui/helpers/buttons.py", True),
        ("src/obeya/modules/orders/managers.py", True),
        ("src/obeya/modules/orders/actions.py", False),
        ("src/obeya/plant/log/clock.py", False),
    ],
)
def test_names_that_say_nothing_are_forbidden(name, is_forbidden):
    assert bool(FORBIDDEN.search(name)) is is_forbidden


def test_no_file_has_a_name_that_says_nothing():
    assert [
        name for name in project_files() if FORBIDDEN.search(name) and name not in MAY_BE_NAMED_SO
    ] == []


def test_nothing_of_a_machine_or_an_index_is_committed():
    somebodys = r"(^|[\s\"'=])/(home|root|Users)/\w"
    places = re.compile(rf"{somebodys}|{re.escape(str(ROOT))}|--(extra-)?index-url|--find-links")
    texts = (".py", ".md", ".toml", ".txt", ".yml", ".html", ".js", ".cfg", ".ini", "Makefile")
    found = [
        f"{name}:{number}"
        for name in project_files()
        if name.endswith(texts)
        and "/vendor/" not in name
        and name != "tests/architecture/test_files.py"
        for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1)
        if places.search(line)
    ]

    assert found == []
