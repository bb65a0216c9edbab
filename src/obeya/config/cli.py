"""The obeya command: the house's own commands, and those that rooms declare in module.py."""

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from obeya.plant.log.command import Command


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "obeya.config.settings")
    if given[:1] == ["demo"]:
        _stay_out_of_a_real_plant()
    _set_up()
    from django.db import DatabaseError  # noqa: PLC0415 - after set-up

    from obeya.config import care  # noqa: PLC0415
    from obeya.plant.log.refusal import Refusal  # noqa: PLC0415

    options = _parser(given).parse_args(given)
    try:
        if options.begins_a_plant and care.is_empty():
            care.migrate_quietly()
        return options.run(options) or 0
    except DatabaseError:
        if not (lacking := care.what_is_lacking()):
            raise
        print(lacking, file=sys.stderr)
        return 1
    except Refusal as refusal:
        for problem in refusal.problems or [refusal]:
            print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def commands() -> Mapping[str, str]:
    """Every command with its meaning, for the documentation."""
    return {name: command.meaning for name, command in _commands().items()}


def _commands() -> "dict[str, Command]":
    from obeya.config import benches, care, copies, serving  # noqa: PLC0415 - after set-up
    from obeya.plant.log.command import Command  # noqa: PLC0415
    from obeya.plant.log.rooms import rooms  # noqa: PLC0415

    demo = Command("demo", "Fill an invented plant and open it", _demo, _demo_arguments)
    own = (*serving.COMMANDS, *care.COMMANDS, *copies.COMMANDS, demo, *benches.COMMANDS)
    of_rooms = [command for module in rooms() for command in module.cli]
    return {command.name: command for command in (*own, *of_rooms)}


def _demo(options: argparse.Namespace) -> int:
    from obeya.config import demo  # noqa: PLC0415 - loads all invented plants

    return demo.demo(options)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    from obeya.config import demo  # noqa: PLC0415 - as above

    demo.arguments(parser)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Of all commands; only the one that is meant says its arguments, as that may load much."""
    parser = argparse.ArgumentParser(prog="obeya", description="The room a plant is run from.")
    which = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, command in _commands().items():
        sub = which.add_parser(name, help=command.meaning, description=command.meaning)
        if name in given:
            command.arguments(sub)
        sub.set_defaults(run=command.run, begins_a_plant=command.begins_a_plant)
    return parser


def _stay_out_of_a_real_plant() -> None:
    """The demo has a folder of its own, unless one is named."""
    os.environ.setdefault("OBEYA_DATA", "./demo-data")
    os.environ["OBEYA_DEMO"] = "1"


def _set_up() -> None:
    gc.set_threshold(10_000, 20, 20)  # modules make no rubbish: looking for it takes a tenth
    try:
        django.setup()
    except ValueError as error:
        raise SystemExit(f"Obeya does not start: {error}") from None
