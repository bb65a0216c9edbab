"""What a room adds to the `obeya` command line and to `obeya bench`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
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


def _is_right(figures: dict[str, Any]) -> bool:
    return True


@dataclass(frozen=True)
class Bench:
    """`obeya bench NAME`: tells the figures that it has so far, whenever there are new ones.

    The command writes them with the machine each time, so that a run that is ended loses none.
    """

    name: str
    meaning: str
    run: Callable[[Namespace], Iterable[dict[str, Any]]]
    arguments: Callable[[ArgumentParser], None] = _no_arguments
    prints: bool = False  # it tells its figures as they come, so the command need not
    is_right: Callable[[dict[str, Any]], bool] = _is_right  # False ends the command with 1
