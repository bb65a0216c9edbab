"""Opens the house: every room hands in what its module.py declares."""

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
