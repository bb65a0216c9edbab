"""What production says on the page Today."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from obeya.modules.production import queries
from obeya.plant.log.actor import Actor
from obeya.plant.log.rooms import Tile
from obeya.plant.resources.models import Site
from obeya.plant.resources.wall_clock import production_day, production_window


def floor(*, site: Site, now: datetime, by: Actor) -> Mapping[str, Any]:
    """Running, stopped, and what should have begun by now."""
    return {"floor": queries.floor_now(site=site, at=now, by=by)}


def made(*, site: Site, now: datetime, by: Actor) -> Mapping[str, Any]:
    """Put into stock since the production day began."""
    zone, start = ZoneInfo(site.time_zone), site.production_day_start
    window = production_window(zone, start, production_day(zone, start, now))
    rows = queries.made_between(
        site=site, began_at=window.began_at, ended_at=window.ended_at, by=by
    )
    return {"made": rows, "since": window.began_at}


TILES = (
    Tile("floor", "delivery", "production/tile_floor.html", floor, "production.view"),
    Tile("made", "delivery", "production/tile_made.html", made, "production.view"),
)
