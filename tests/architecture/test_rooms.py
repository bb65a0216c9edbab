"""Each room is made of the same files, in the same order everywhere."""

import re

import pytest

from .house import ROOMS, present
from .tree import ROOT, project_files

NEEDED = ["__init__.py", "module.py", "README.md"]
OPEN_ROOMS = [name.rpartition(".")[2] for name in present()]


@pytest.mark.parametrize("room", OPEN_ROOMS)
def test_a_room_has_its_files(room):
    folder = f"src/obeya/modules/{room}/"
    files = [name.removeprefix(folder) for name in project_files() if name.startswith(folder)]

    assert [name for name in NEEDED if name not in files] == []
    changes_something = any(n == "actions.py" or n.startswith("actions/") for n in files)
    assert changes_something == ("events.py" in files)  # what is changed is told
    assert any(re.match(r"(.*/)?tests/test_\w+\.py$", name) for name in files)


@pytest.mark.parametrize("room", OPEN_ROOMS)
def test_the_readme_of_a_room_says_which_question_it_answers(room):
    text = (ROOT / "src/obeya/modules" / room / "README.md").read_text("utf-8")

    assert "?" in text


def test_the_contracts_know_the_rooms_in_the_order_of_the_list():
    contracts = (ROOT / ".importlinter").read_text()
    order = contracts.partition("contract:rooms-order]")[2].partition("exhaustive")[0]

    assert re.findall(r"^    \((\w+)\)$", order, re.M) == ROOMS[::-1]


def test_the_lists_of_exceptions_have_not_grown():
    contracts = (ROOT / ".importlinter").read_text()

    assert set(re.findall(r"^    (\S+ -> \S+)$", contracts, re.M)) == {
        "obeya.**.tests.** -> **",
        "obeya.** -> obeya.modules.*.events",
        "obeya.** -> obeya.modules.*.events.**",
        "obeya.** -> obeya.modules.*.public",
    }


def migrations() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in project_files():
        if match := re.fullmatch(r"(src/.*/migrations)/(\d{4}_\w+)\.py", name):
            found.setdefault(match[1], []).append(match[2])
    return found


@pytest.mark.parametrize("folder", sorted(migrations()))
def test_the_migrations_of_an_app_are_one_chain_whose_end_is_written_down(folder):
    names = sorted(migrations()[folder])

    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert (ROOT / folder / "max_migration.txt").read_text().strip() == names[-1]
