"""What the plant looks like as a file, and a file beside the plant."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from obeya.modules.exchange.models import FileImport, ImportRow
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


@query(permission="exchange.import_plant")
def file_import(*, import_id: int, by: Actor) -> FileImport | None:
    """A file on its way in: it is its sender's alone."""
    found = FileImport.objects.select_related("site").filter(pk=import_id, sent_by=by.account_id)
    return found.first()


@query(permission="exchange.import_plant")
def preview_rows(*, checked: FileImport, state: str, by: Actor) -> QuerySet[ImportRow]:
    """Its rows in one state."""
    return ImportRow.objects.filter(file_import=checked, state=state)
