"""Kestrel in the sizes of its specification comes in as any plant would: by the import."""

from zoneinfo import ZoneInfo

from obeya.kestrel import kestrel
from obeya.kestrel.plant import SITE
from obeya.modules.exchange.public import import_plant, plant_of_rows
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site


def import_kestrel(size: str, *, by: Actor) -> None:
    """Once: what people change in the demo afterwards stays."""
    if Site.objects.filter(code=SITE["code"]).exists():
        return
    today = clock.now().astimezone(ZoneInfo(SITE["time_zone"])).date()
    plant = kestrel(size, today=today)
    import_plant(file=plant_of_rows(plant.sheets), by=by, source="import")
