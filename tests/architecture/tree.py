"""The files of the project, as Git knows them (or would, once they are added)."""

import subprocess
from functools import cache
from pathlib import Path

from .rules import Source

ROOT = Path(__file__).resolve().parents[2]


@cache
def project_files() -> tuple[str, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return tuple(sorted(name for name in set(listed) if (ROOT / name).is_file()))


@cache
def python_sources() -> tuple[Source, ...]:
    return tuple(
        Source(name, (ROOT / name).read_text("utf-8"))
        for name in project_files()
        if name.endswith(".py")
    )


def line_count(name: str) -> int:
    return len((ROOT / name).read_text("utf-8").splitlines())
