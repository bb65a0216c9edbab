"""Whatever goes wrong in a benchmark is a row in words, and the command ends with an error."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from obeya.engines.scheduling.instances.instance import Answer
from obeya.modules.scheduling.benches import construct, engine
from obeya.modules.scheduling.benches.files import read_text
from obeya.modules.scheduling.benches.one import Task, solve_one, solved
from obeya.modules.scheduling.benches.process import ask
from obeya.modules.scheduling.benches.timer import Timer


def task(path: Path) -> Task:
    return Task(str(path), seconds=1, workers=1, seed=1, hint="")


@dataclass(frozen=True)
class Breaking:
    """An instance whose search, or whose check, meets what nobody has foreseen."""

    is_solved: bool
    problem = "JSP"
    objective = "makespan"
    reading = ""
    operations = jobs = machines = 1

    def lower_bound(self) -> int:
        return 3

    def solve(self, **_: object) -> Answer:
        if self.is_solved:
            return Answer(3, self._check)
        raise ZeroDivisionError("division by zero")

    def _check(self) -> list[str]:
        raise TypeError("'int' object is not iterable")


def test_whatever_stops_a_search_is_said_in_words(tmp_path):
    row = solved(Breaking(is_solved=False), task(tmp_path), Timer(1))

    assert row == {"error": "cannot be solved: ZeroDivisionError: division by zero"}


def test_a_plan_that_cannot_be_checked_is_not_checked(tmp_path):
    row = solved(Breaking(is_solved=True), task(tmp_path), Timer(1))

    assert (row["value"], row["checked"]) == (3, False)
    assert row["violation"] == "cannot be checked: TypeError: 'int' object is not iterable"


def test_a_process_that_is_ended_leaves_what_it_has_read():
    row = ask(f"{__package__}.ending", {}, limit_s=60)

    assert row == {"problem": "JSP", "operations": 4} | {
        "error": "its process was ended by signal 9"
    }


def test_brackets_deeper_than_python_goes_are_a_row_that_says_so(tmp_path):
    (tmp_path / "deep.json").write_text("[" * 100_000)

    assert solve_one(task(tmp_path / "deep.json"))["error"].startswith("cannot be read: ")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_zip_whose_stream_is_broken_is_refused_in_words(tmp_path, method):
    path = tmp_path / "broken.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("one.txt", "2 2\n0 3 1 4\n1 5 0 6\n" * 50)
    packed = bytearray(path.read_bytes())
    begin = 30 + len("one.txt")
    packed[begin : begin + 12] = b"\xff" * 12
    path.write_bytes(packed)

    with pytest.raises(ValueError, match=r"broken\.zip is no \.zip that can be unpacked: "):
        read_text(path)
    assert solve_one(task(path))["error"].startswith("cannot be read: broken.zip is no .zip")


def test_benches_of_the_engine_end_with_an_error_if_a_plan_or_a_figure_is_missing():
    clean = {"a": {"is_clean": True}, "b": {"is_clean": True}}

    assert construct.is_right({"figures": clean})
    assert not construct.is_right({"figures": clean | {"b": {"is_clean": False}}})
    assert engine.is_right({"rows": [{"seconds": 1.0}]})
    assert not engine.is_right({"rows": [{"seconds": 1.0}, {"error": "failed"}]})
