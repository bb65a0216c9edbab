from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from obeya.modules.exchange.actions.turns import refuse_beside
from obeya.modules.exchange.differing import Compared, Difference, differences
from obeya.modules.exchange.events import PlantImported
from obeya.modules.exchange.importing import Attempt, PartTried, in_order, save_sheets
from obeya.modules.exchange.parts import is_large
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.refusals import Fault, ImportRefused, Place
from obeya.modules.organisation.public import open_site
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.dry_run import beside_the_plant
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal, Stale
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import Site


class UnknownSite(Refusal):
    """No site is named, or there is none of that code and no time zone to open it with."""


class WrongSite(Refusal):
    """The file holds a list of another site's rows."""


class OnlyTried(Refusal):
    """A dry run: everything was done and then undone. Never seen outside `try_import`."""

    def __init__(self, imported: "Imported") -> None:
        super().__init__("Nothing was changed: this was a dry run.")
        self.imported = imported


@dataclass(frozen=True)
class Imported:
    """What an import did (or, on a dry run, would do)."""

    site_code: str
    counts: Mapping[str, Saved]
    notes: tuple[str, ...]
    is_site_new: bool = False
    faults: Sequence[Fault] = ()  # of rows that were left out
    follows: Sequence[Fault] = ()  # of rows left out only because of these
    left_out: Mapping[Place, str] = field(default_factory=dict)  # → what it is about
    compared: Sequence[Compared] = ()  # where the import was only tried
    differences: Sequence[Difference] = ()
    parts: Sequence[PartTried] = ()  # of a large file: as it is taken over later
    opens: Mapping[str, str] = field(default_factory=dict)  # what a new site's row shall say


@action(permission="exchange.import_plant")
def import_plant(
    *,
    file: PlantFile,
    site_code: str = "",
    zone: str = "",
    only_try: bool = False,
    only_valid: bool = False,
    expected: Mapping[str, Saved] | None = None,
    by: Actor,
) -> Imported:
    """Save every sheet of the file, or refuse it whole with every fault in it.

    The site is the one named here, else the one that the file names; it is opened when there is
    none of that code and a time zone is known. ``only_valid`` saves the rows that are right and
    leaves the others out. ``expected`` is what a preview has promised: where the plant has
    changed since, nothing is saved.
    """
    code = site_code or file.site_code
    site = _site(code)
    opens: dict[str, str] = {}
    if site is None:
        opens = _opening(code, zone or file.zone, file)
        site = open_site(**opens, by=by)
    by.must("exchange.import_plant", site=site)
    if file.only_for not in ("", site.code):
        raise WrongSite(
            f"The list in the file is of site {file.only_for}, not of {site.code}. "
            f"Send it on the page Import of {file.only_for}."
        )
    if not only_try:
        refuse_beside(site)
    by_parts = only_try and is_large(file.count)
    attempt = save_sheets(file, site, by, compares=only_try, parts=by_parts)
    faults = in_order(attempt.faults)
    if faults and not only_try and not (only_valid and attempt.counts):
        raise ImportRefused(faults)
    if expected is not None and attempt.counts != expected:
        raise Stale(
            "The plant has changed since the preview, so that the file would do something else "
            "now. Nothing was imported: look at the new preview and say yes again."
        )
    counts = {name: _numbers(saved) for name, saved in attempt.counts.items()}
    publish(PlantImported(site.pk, counts), site=site)
    imported = _told(file, site, attempt, opens)
    if only_try:
        raise OnlyTried(imported)
    return imported


def try_import(*, file: PlantFile, site_code: str, zone: str, by: Actor) -> Imported:
    """What `import_plant` would do and what it would refuse, with nothing changed.

    Others write on meanwhile.
    """
    try:
        with beside_the_plant():
            return import_plant(file=file, site_code=site_code, zone=zone, only_try=True, by=by)
    except OnlyTried as tried:
        found = [each for compared in tried.imported.compared for each in differences(compared)]
        return replace(tried.imported, compared=(), differences=found)


def _told(file: PlantFile, site: Site, attempt: Attempt, opens: Mapping[str, str]) -> Imported:
    notes = [*file.notes, *attempt.notes]
    if file.site_code not in ("", site.code):
        notes.append(f"The file calls its site {file.site_code}; it goes into {site.code}.")
    return Imported(
        site.code,
        attempt.counts,
        tuple(notes),
        bool(opens),
        in_order(attempt.faults),
        in_order(attempt.follows),
        attempt.left_out,
        attempt.compared,
        parts=attempt.parts,
        opens=opens,
    )


def _site(code: str) -> Site | None:
    if not code:
        sites = list(Site.objects.order_by("code")[:2])
        if len(sites) == 1:
            return sites[0]
        raise UnknownSite(
            "Which site? Say it with --site, or on a sheet Site with code and time_zone."
        )
    return Site.objects.filter(code=code).first()


def _opening(code: str, zone: str, file: PlantFile) -> dict[str, str]:
    if not zone:
        raise UnknownSite(
            f"There is no site {code} yet, and to open it its time zone must be known: "
            "say --zone Europe/Berlin, or fill time_zone on the sheet Site."
        )
    named = file.site_name if code == file.site_code else ""
    return {
        "code": code,
        "name": named or code,
        "time_zone": zone,
        "currency": file.currency or "EUR",
    }


def _numbers(saved: Saved) -> list[int]:
    return [saved.new, saved.changed, saved.unchanged]
