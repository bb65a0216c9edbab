"""`obeya demo`: an invented plant, filled by the rooms or imported, opened in the browser."""

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.db import connection

from obeya.config import plant_of_truth, serving
from obeya.config.care import migrate_quietly
from obeya.config.invented import PLANTS, import_invented
from obeya.kestrel import SIZES
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.rooms import rooms
from obeya.plant.resources.models import Site

USUAL_RATE = 60  # an hour of the plant in a minute
SITE = "KES"
SMALL = "S"  # what the rooms fill in by themselves
AUTOMOTIVE = "automotive"  # in whatever size


class PlantIsReal(Refusal):
    """The data folder holds a plant that is no demo."""


class NoRate(Refusal):
    """A plant that lives needs a clock that runs."""


class NotAlive(Refusal):
    """The plant of truth knows only Kestrel's machines and people."""


class AnotherSize(Refusal):
    """The data folder holds another demo plant, or one of another size."""


class HalfFilled(Refusal):
    """A demo that was stopped while it was filled has a plant and only a part of its past."""


class HasOneSize(Refusal):
    """Only the automotive plant comes in sizes."""


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--fill-only", action="store_true", help="do not open it")
    parser.add_argument(
        "--plant",
        choices=[AUTOMOTIVE, *(name for name in PLANTS if name not in SIZES)],
        help="Kestrel Automotive Parts (usual), Merlin Electronics, or Kestrel in a supply crisis",
    )
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
    size = size_of_demo(asked(options))
    if options.live and options.rate < 1:
        raise NoRate(f"A clock at {options.rate} times real time shows nothing. Choose 1 or more.")
    if options.live and size == "electronics":
        raise NotAlive("--live plays Kestrel only. Leave --live out, or choose another plant.")
    migrate_quietly()
    marker = settings.DATA / "demo"
    if not marker.exists() and OperationsEvent.objects.exclude(source="system").exists():
        raise PlantIsReal(
            f"{settings.DATA} holds a plant that is no demo. Set OBEYA_DATA to an empty folder."
        )
    marker.write_text(f"{size}: this plant is invented; delete the folder to begin anew.\n")
    by = system_actor()
    if size in PLANTS:
        fill(size, by=by)
    for module in rooms():
        if module.demo is not None:
            module.demo(by=by)
    beside = None
    if options.live:
        token = plant_of_truth.let_in(by=by)
        told = plant_of_truth.arguments(SITE, token, rate=options.rate)
        beside = {plant_of_truth.PROGRAM: told}
    return 0 if options.fill_only else serving.up(options, beside=beside)


def fill(plant: str, *, by: Actor) -> None:
    """The import is one verb, the past seven more: what stops in between must not pass as whole."""
    is_filling = settings.DATA / "demo-filling"
    if Site.objects.exists():
        if is_filling.exists():
            elsewhere = connection.vendor == "postgresql"  # its rows are not in the folder
            too = ", empty the database that OBEYA_DATABASE_URL names" if elsewhere else ""
            raise HalfFilled(
                f"{settings.DATA} holds a demo that was stopped while it was filled. "
                f"Delete the folder{too}, and open the demo again."
            )
        return
    is_filling.touch()
    import_invented(plant, by=by)
    is_filling.unlink()


def asked(options: Namespace) -> str | None:
    """One word for the plant and its size; nothing if neither was said."""
    if options.plant in (None, AUTOMOTIVE):
        return options.size or options.plant
    if options.size:
        raise HasOneSize(
            f"--size {options.size} with --plant {options.plant}: only automotive comes in sizes. "
            "Leave --size out."
        )
    return str(options.plant)


def size_of_demo(asked: str | None) -> str:
    """As asked; of a demo that is there already, its own."""
    marker = settings.DATA / "demo"
    if not marker.exists():
        return SMALL if asked in (None, AUTOMOTIVE) else asked
    said = marker.read_text().partition(":")[0]
    there = said if said in PLANTS else SMALL
    fits = {None, there} | ({AUTOMOTIVE} if there in (SMALL, *SIZES) else set())
    if asked not in fits:
        raise AnotherSize(
            f"{settings.DATA} holds the demo plant {there}, not {asked}. "
            "Delete the folder, or set OBEYA_DATA to an empty one."
        )
    return there
