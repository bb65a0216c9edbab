"""Examples in the documentation run, and print what they claim.

An example runs when the line `<!-- runs -->` stands before its fence:
`python` blocks of a page run one after the other with its own data; in a `console` block each line
that begins with `$ ` runs, and must print the lines below it (`...` stands for anything).
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.shared import ROOT

FENCE = re.compile(r"^<!-- runs -->\n+```(\w+)[^\n]*\n(.*?)^```", re.M | re.S)


class Example(NamedTuple):
    language: str
    text: str


def examples(markdown: str) -> list[Example]:
    return [Example(*found) for found in FENCE.findall(markdown)]


PAGES = {
    str(path.relative_to(ROOT)): found
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/README.md")]
    if (found := examples(path.read_text("utf-8")))
}


@pytest.fixture
def obeya(tmp_path: Path):
    """Runs one line of a console block, on data of its own."""
    environment = os.environ | {
        "OBEYA_DATA": str(tmp_path / "data"),
        "PYTHONPATH": str(ROOT / "src"),
        "COLUMNS": "100",
    }

    def run(line: str) -> str:
        program, *arguments = shlex.split(line, comments=True)
        assert program == "obeya", f"only obeya runs in an example, not {program}"
        done = subprocess.run(
            [sys.executable, "-m", "obeya", *arguments],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def matches(printed: str, claimed: str) -> bool:
    pattern = re.escape(claimed.strip()).replace(re.escape("..."), ".*?")
    return re.fullmatch(pattern, printed.strip(), re.S) is not None


@pytest.mark.parametrize("page", [page for page in PAGES if page])
@pytest.mark.django_db
def test_the_examples_of_a_page_run(page, obeya):
    names: dict[str, object] = {}
    for example in PAGES[page]:
        if example.language == "python":
            exec(compile(example.text, page, "exec"), names)
            continue
        for line, claimed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", example.text, re.M):
            printed = obeya(line)
            assert not claimed.strip() or matches(printed, claimed), f"{line} prints\n{printed}"


def test_only_marked_examples_are_taken():
    text = "```python\n1 / 0\n```\n\n<!-- runs -->\n```python\nx = 1\n```\n"

    assert examples(text) == [Example("python", "x = 1\n")]


def test_three_dots_stand_for_anything_and_nothing_else_does():
    assert matches("made 12 rows in 0.3 s\n", "made 12 rows in ... s")
    assert not matches("made 13 rows in 0.3 s", "made 12 rows in ... s")
