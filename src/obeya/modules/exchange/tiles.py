"""What this room says on the page Today: nights of the ERP that need a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from obeya.modules.exchange import queries
from obeya.plant.log.actor import Actor
from obeya.plant.log.rooms import Tile
from obeya.plant.resources.models import Site


def shadow(*, site: Site, now: datetime, by: Actor) -> Mapping[str, Any]:
    """Lists whose last night was not taken over, and how much is undecided."""
    sources = list(queries.shadow_sources(site=site, by=by).filter(is_on=True))
    last = queries.last_nights(site=site, by=by) if sources else {}
    failed = [
        night for each in sources if (night := last.get(each.pk)) is not None and not night.is_well
    ]
    return {
        "sources": sources,
        "failed": failed,
        "differences": queries.open_differences(site=site, by=by).count() if sources else 0,
    }


TILES = (Tile("shadow", "delivery", "exchange/tile_shadow.html", shadow, "exchange.import_plant"),)
