"""`obeya demo`: an invented plant, filled by the rooms, opened in the browser."""

from argparse import ArgumentParser, Namespace

from django.conf import settings

from obeya.config import serving
from obeya.config.care import migrate_quietly
from obeya.plant.log.actor import system_actor
from obeya.plant.log.command import Command
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.rooms import rooms


class PlantIsReal(Refusal):
    """The data folder holds a plant that is no demo."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--fill-only", action="store_true", help="do not open it")
    serving.up_arguments(parser)


def demo(options: Namespace) -> int:
    marker = settings.DATA / "demo"
    is_new = not marker.exists()
    migrate_quietly()
    if is_new and OperationsEvent.objects.exclude(source="system").exists():
        raise PlantIsReal(
            f"{settings.DATA} holds a plant that is no demo. Set OBEYA_DATA to an empty folder."
        )
    marker.write_text("This plant is invented; delete the folder to begin anew.\n")
    by = system_actor()
    for module in rooms():
        if module.demo is not None:
            module.demo(by=by)
    return 0 if options.fill_only else serving.up(options)


COMMANDS = (Command("demo", "Fill an invented plant and open it", demo, _arguments),)
