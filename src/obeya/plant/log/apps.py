"""The bottom app of the house."""

from django.apps import AppConfig


class Log(AppConfig):
    name = "obeya.plant.log"
    label = "log"

    def ready(self) -> None:
        from obeya.plant.log.access.module import MODULE  # noqa: PLC0415 - needs the models
        from obeya.plant.log.rooms import enter  # noqa: PLC0415

        enter(MODULE)
