"""What scheduling says on the page Today."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from obeya.modules.scheduling import queries
from obeya.modules.scheduling.refusals import CannotBePlanned
from obeya.plant.log.actor import Actor
from obeya.plant.log.rooms import Tile
from obeya.plant.resources.models import Site

SHOWN = 8


def late(*, site: Site, now: datetime, by: Actor) -> Mapping[str, Any]:
    """Customer orders that the plan in force delivers late, the latest first."""
    try:
        rows = queries.late_in_force(site=site, now=now, by=by)
    except CannotBePlanned as refusal:
        return {"has_plan": True, "refusal": str(refusal)}
    if rows is None:
        return {"has_plan": False}
    return {"has_plan": True, "late": rows[:SHOWN], "count": len(rows)}


TILES = (Tile("late", "delivery", "scheduling/tile_late.html", late, "scheduling.view"),)
