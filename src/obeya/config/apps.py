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
        for package in [*rooms.KERNEL, *rooms.present()]:
            if find_spec(f"{package}.module"):
                enter(import_module(f"{package}.module").MODULE)
