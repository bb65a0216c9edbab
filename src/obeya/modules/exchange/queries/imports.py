"""What the plant looks like as a file, and a file beside the plant."""

from contextlib import suppress
from datetime import datetime

from django.db.models import QuerySet

from obeya.modules.exchange.doctor import Finding, examine
from obeya.modules.exchange.foreign.mapping import Mappings, from_json
from obeya.modules.exchange.models import FileImport, ImportRow, MappingProfile
from obeya.modules.exchange.models.imports import profiles_at
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.rows import Sheets, SiteRow
from obeya.modules.exchange.sheets import SHEETS
from obeya.plant.log.actor import Actor
from obeya.plant.log.queries import query
from obeya.plant.resources.models import Site


@query(permission="exchange.export_plant")
def plant_sheets(*, site: Site, by: Actor) -> Sheets:
    """Every sheet with its rows as they stand, in the order in which an import saves them."""
    this = SiteRow(site.code, site.name, site.time_zone, site.currency)
    return [
        (SiteRow, [this]),
        *((kind.row_class, kind.rows(site=site, by=by)) for kind in SHEETS),
    ]


@query(permission="exchange.import_plant")
def file_import(*, import_id: int, by: Actor) -> FileImport | None:
    """A file on its way in is its sender's alone; once begun with, of all who may import there."""
    found = FileImport.objects.select_related("site", "run").filter(pk=import_id).first()
    if found is None or found.sent_by_id == by.account_id:
        return found
    is_begun = found.applied_at is not None or found.begun_at is not None
    is_open = is_begun and by.may("exchange.import_plant", site=found.site)
    return found if is_open else None


@query(permission="exchange.import_plant")
def findings(*, site: Site, now: datetime, by: Actor) -> list[Finding]:
    """What is wrong in the plant's data that nobody asked about."""
    return examine(site, now)


@query(permission="exchange.import_plant")
def imports_at(*, site: Site, by: Actor) -> list[FileImport]:
    """What was taken over last, newest first."""
    taken = FileImport.objects.filter(site=site).exclude(applied_at=None, begun_at=None)
    return list(taken.select_related("sent_by", "run").order_by("-id")[:20])


@query(permission="exchange.import_plant")
def preview_rows(*, checked: FileImport, state: str, by: Actor) -> QuerySet[ImportRow]:
    """Its rows in one state."""
    return checked.shown_rows().filter(state=state)


@query(permission="exchange.import_plant")
def mapping_profiles(*, site: Site | None = None, by: Actor) -> dict[str, Mappings]:
    """How files are read by name: what all sites share, and over it what the site has of its own;
    one that no longer fits is left out.
    """
    found: dict[str, Mappings] = {}
    for profile in profiles_at(site):
        with suppress(FileRefused):  # a sheet or column of ours is no more
            found[profile.name] = from_json(profile.mappings)
    return found


@query(permission="exchange.import_plant")
def saved_profiles(*, site: Site | None = None, by: Actor) -> list[MappingProfile]:
    """The profiles that hold at the site, each with whose it is."""
    return sorted({each.name: each for each in profiles_at(site)}.values(), key=lambda p: p.name)
