"""What the page Today is composed of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from obeya.plant.log import rooms
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.log.rooms import Tile
from obeya.plant.resources.models import Site

COLUMNS = ("safety", "quality", "delivery", "cost", "people")


@dataclass(frozen=True)
class Shown:
    """A tile with what it says now."""

    tile: Tile
    context: Mapping[str, Any]


@query(permission="performance.view")
def today(*, site: Site, now: datetime, by: Actor) -> Sequence[Shown]:
    """The tiles that the actor may see, in the order Safety, Quality, Delivery, Cost, People."""
    tiles = [tile for module in rooms.rooms() for tile in module.tiles]
    tiles = [tile for tile in tiles if by.may(tile.permission, site=site)]
    return [
        Shown(tile, tile.context(site=site, now=now, by=by))
        for tile in sorted(tiles, key=lambda tile: COLUMNS.index(tile.column))
    ]


def home_site(*, by: Actor) -> Site | None:
    """The first site that the actor has anything to do with."""
    for site in Site.objects.order_by("code"):
        if by.may("performance.view", site=site):
            return site
    return None
