"""What the plant looks like as a file."""

from collections.abc import Sequence
from typing import Any

from obeya.modules.exchange.rows import SiteRow
from obeya.modules.exchange.sheets import SHEETS
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site


@query(permission="exchange.export_plant")
def plant_sheets(*, site: Site, by: Actor) -> list[tuple[type, Sequence[Any]]]:
    """Every sheet with its rows as they stand, in the order in which an import saves them."""
    this = SiteRow(site.code, site.name, site.time_zone, site.currency)
    return [
        (SiteRow, [this]),
        *((kind.row_class, kind.rows(site=site, by=by)) for kind in SHEETS),
    ]
