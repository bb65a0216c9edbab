"""`obeya demo`: an invented plant, filled by the rooms or imported, opened in the browser."""

from argparse import ArgumentParser, Namespace

from django.conf import settings

from obeya.config import plant_of_truth, serving
from obeya.config.care import migrate_quietly
from obeya.config.kestrel import import_kestrel
from obeya.kestrel import SIZES
from obeya.plant.log.actor import system_actor
from obeya.plant.log.command import Command
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.rooms import rooms

USUAL_RATE = 60  # an hour of the plant in a minute
SITE = "KES"
SMALL = "S"  # what the rooms fill in by themselves


class PlantIsReal(Refusal):
    """The data folder holds a plant that is no demo."""


class NoRate(Refusal):
    """A plant that lives needs a clock that runs."""


class AnotherSize(Refusal):
    """The data folder holds a demo plant of another size."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--fill-only", action="store_true", help="do not open it")
    parser.add_argument(
        "--size",
        choices=[SMALL, *SIZES],
        help="S a dozen machines (usual), M 45 machines and 90 people, L six times that",
    )
    parser.add_argument(
        "--live", action="store_true", help="let its machines and people work and report"
    )
    parser.add_argument(
        "--rate",
        type=int,
        default=USUAL_RATE,
        help=f"times as fast as real time, with --live; usually {USUAL_RATE}",
    )
    serving.up_arguments(parser)


def demo(options: Namespace) -> int:
    size = size_of_demo(options.size)
    if options.live and options.rate < 1:
        raise NoRate(f"A clock at {options.rate} times real time shows nothing. Choose 1 or more.")
    migrate_quietly()
    marker = settings.DATA / "demo"
    if not marker.exists() and OperationsEvent.objects.exclude(source="system").exists():
        raise PlantIsReal(
            f"{settings.DATA} holds a plant that is no demo. Set OBEYA_DATA to an empty folder."
        )
    marker.write_text(f"{size}: this plant is invented; delete the folder to begin anew.\n")
    by = system_actor()
    if size in SIZES:
        import_kestrel(size, by=by)
    for module in rooms():
        if module.demo is not None:
            module.demo(by=by)
    beside = None
    if options.live:
        token = plant_of_truth.let_in(by=by)
        told = plant_of_truth.arguments(SITE, token, rate=options.rate)
        beside = {plant_of_truth.PROGRAM: told}
    return 0 if options.fill_only else serving.up(options, beside=beside)


def size_of_demo(asked: str | None) -> str:
    """As asked; of a demo that is there already, its own."""
    marker = settings.DATA / "demo"
    if not marker.exists():
        return asked or SMALL
    said = marker.read_text().partition(":")[0]
    there = said if said in SIZES else SMALL
    if asked not in (None, there):
        raise AnotherSize(
            f"{settings.DATA} holds a demo plant of size {there}, not {asked}. "
            "Delete the folder, or set OBEYA_DATA to an empty one."
        )
    return there


COMMANDS = (Command("demo", "Fill an invented plant and open it", demo, _arguments),)
