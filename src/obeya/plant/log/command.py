"""What a room adds to the `obeya` command line and to `obeya bench`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _no_arguments(parser: ArgumentParser) -> None:
    """Most commands take none."""


@dataclass(frozen=True)
class Command:
    """`obeya NAME …`; run answers None or an exit code, a Refusal is printed and ends with 1."""

    name: str
    meaning: str
    run: Callable[[Namespace], int | None]
    arguments: Callable[[ArgumentParser], None] = _no_arguments
    begins_a_plant: bool = False  # where there is none yet, its empty tables are made first


@dataclass(frozen=True)
class Bench:
    """`obeya bench NAME`: works on a scratch database and answers figures by name."""

    name: str
    meaning: str
    run: Callable[[], dict[str, Any]]
