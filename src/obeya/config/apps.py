"""Opens the house: every room hands in what its module.py declares."""

import gc
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from obeya.config import rooms
from obeya.plant.log.rooms import enter


class House(AppConfig):
    name = "obeya.config"
    label = "config"

    def ready(self) -> None:
        from obeya.plant.log.api.endpoints import offer  # noqa: PLC0415 - needs the models

        for package in [*rooms.KERNEL, *rooms.present()]:
            if find_spec(f"{package}.module"):
                enter(import_module(f"{package}.module").MODULE)
            if package in rooms.present() and find_spec(f"{package}.api"):
                offer(import_module(f"{package}.api").endpoints)
        _keep_what_stands()


def _keep_what_stands() -> None:
    """The collector looks for cycles among what requests and imports make, not among the code.

    Its usual pace, after every 700 new objects, takes two fifths of the time of an import.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
