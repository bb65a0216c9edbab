"""Plants of `obeya.kestrel` and `obeya.merlin` come in as any plant would: by the import.

What they did before today follows by the verbs of the rooms (`past`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from obeya.config.past import take_over
from obeya.kestrel import SIZES, in_crisis, kestrel
from obeya.kestrel.past import Told
from obeya.merlin import merlin
from obeya.modules.exchange.public import import_plant, plant_of_rows
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.resources.models import Site

Sheets = Mapping[str, Sequence[Mapping[str, Any]]]
ZONE = ZoneInfo("Europe/Berlin")


class Invented(NamedTuple):
    """The workbook of a plant, and what it did before, where that is known."""

    sheets: Sheets
    past: Told | None = None


def _of_size(size: str) -> Callable[[datetime], Invented]:
    def make(now: datetime) -> Invented:
        plant = kestrel(size, today=_day(now), now=now)
        sheets = {name: rows for name, rows in plant.sheets.items() if name != "Stock"}
        return Invented(sheets, plant.past)  # whose moves leave the stock of today

    return make


def _crisis(now: datetime) -> Invented:
    today = _day(now)
    return Invented(in_crisis(kestrel("M", today=today), today=today).sheets)


PLANTS: Mapping[str, Callable[[datetime], Invented]] = {
    **{size: _of_size(size) for size in SIZES},
    "electronics": lambda now: Invented(merlin(today=_day(now))),
    "crisis": _crisis,
}


def import_invented(plant: str, *, by: Actor) -> None:
    """Once: what people change in the demo afterwards stays."""
    if Site.objects.exists():
        return
    made = PLANTS[plant](clock.now())
    import_plant(file=plant_of_rows(made.sheets), by=by, source="import")
    if made.past:
        take_over(made.past, site=Site.objects.get(), by=by)


def _day(now: datetime) -> date:
    return now.astimezone(ZONE).date()
