"""Plants of `obeya.kestrel` and `obeya.merlin` come in as any plant would: by the import."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from obeya.kestrel import SIZES, in_crisis, kestrel
from obeya.merlin import merlin
from obeya.modules.exchange.public import import_plant, plant_of_rows
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site

Sheets = Mapping[str, Sequence[Mapping[str, Any]]]
ZONE = ZoneInfo("Europe/Berlin")


def _of_size(size: str) -> Callable[[date], Sheets]:
    return lambda today: kestrel(size, today=today).sheets


PLANTS: Mapping[str, Callable[[date], Sheets]] = {
    **{size: _of_size(size) for size in SIZES},
    "electronics": lambda today: merlin(today=today),
    "crisis": lambda today: in_crisis(kestrel("M", today=today), today=today).sheets,
}


def import_invented(plant: str, *, by: Actor) -> None:
    """Once: what people change in the demo afterwards stays."""
    if Site.objects.exists():
        return
    today = clock.now().astimezone(ZONE).date()
    import_plant(file=plant_of_rows(PLANTS[plant](today)), by=by, source="import")
