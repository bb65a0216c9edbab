"""A file of the ERP is taken over, exactly once; or it is noted why none was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from obeya.modules.exchange.actions.in_parts import begin_take_over
from obeya.modules.exchange.actions.previewed import apply_import
from obeya.modules.exchange.events import ShadowFileNotTaken, ShadowFileTaken
from obeya.modules.exchange.models import (
    FileImport,
    ShadowDifference,
    ShadowNight,
    ShadowSource,
)
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.shadow.nights import next_night
from obeya.modules.exchange.shadow.reconciling import FIELD, GONE, OURS, Found, Reconciled
from obeya.modules.exchange.shadow.who import Changed, who_changed
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_many
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.saving import delete_many, update_many
from obeya.plant.resources.models import Site

State = ShadowNight.State


class TakenBefore(Refusal):
    """This very file was taken over by somebody else meanwhile."""

    http_status = 409


@dataclass(frozen=True)
class TakenFile:
    """A file that is to be taken over: its preview, its rows without what is ours."""

    sha256: str
    checked: FileImport
    file: PlantFile
    told: Reconciled


@action(permission="exchange.import_plant")
def take_shadow_file(
    *,
    site: Site,
    shadow: ShadowSource,
    taken: TakenFile,
    now: datetime,
    here: bool = False,
    by: Actor,
) -> ShadowNight:
    """Take the valid rows over as one import, and list where the ERP and we differ.

    A worker takes a large file over in parts, as any other; with ``here`` the caller does.
    """
    locked = ShadowSource.objects.at(site).select_for_update().get(pk=shadow.pk)
    last = locked.last_taken()
    if last and last.holds(taken.sha256):
        raise TakenBefore(f"{taken.checked.name} was taken over already. Nothing was changed.")
    if taken.checked.valid_parts().exists():
        begin_take_over(site=site, checked=taken.checked, only_valid=True, here=here, by=by)
    else:
        apply_import(site=site, checked=taken.checked, file=taken.file, only_valid=True, by=by)
    taken.checked.refresh_from_db()
    if taken.checked.applied_at is None:  # in parts: the site's from now on, not its sender's alone
        taken.checked.begun_at = taken.checked.begun_at or clock.real_now()
        taken.checked.save(update_fields=["begun_at"])
    found = taken.told.found
    counts = {kind: sum(each.kind == kind for each in found) for kind in (FIELD, GONE, OURS)}
    night = ShadowNight.objects.create(
        source=locked,
        name=taken.checked.name,
        sha256=taken.sha256,
        rows=taken.told.rows,
        state=State.TAKEN,
        file_import=taken.checked,
        at=now,
        keys=taken.told.keys,
        counts=counts,
    )
    if last:
        last.keys = {}  # only those of the last file are compared with the next one's
        last.save(update_fields=["keys"])
    _list(locked, night, found, who_changed(found, site))
    locked.brings = taken.told.brings
    locked.due_at = next_night(site.zone, locked.at, now)
    locked.save(update_fields=["brings", "due_at"])
    publish(ShadowFileTaken(locked.pk, night.pk, taken.checked.pk, counts), site=site)
    return night


@action(permission="exchange.import_plant")
def note_shadow_night(
    *,
    site: Site,
    shadow: ShadowSource,
    state: str,
    said: str,
    now: datetime,
    name: str = "",
    sha256: str = "",
    rows: int = 0,
    by: Actor,
) -> ShadowNight:
    """Remember a night on which nothing was taken over, and why."""
    locked = ShadowSource.objects.at(site).select_for_update().get(pk=shadow.pk)
    night = ShadowNight.objects.create(
        source=locked, name=name, sha256=sha256, rows=rows, state=state, said=said, at=now
    )
    locked.due_at = next_night(site.zone, locked.at, now)
    locked.save(update_fields=["due_at"])
    publish(ShadowFileNotTaken(locked.pk, night.pk, state), site=site)
    return night


def _list(
    source: ShadowSource,
    night: ShadowNight,
    found: Sequence[Found],
    changed: dict[Found, Changed],
) -> None:
    """What the night found takes the place of what was found before; a difference of which
    somebody keeps ours stays closed until the ERP says something else again.
    """
    there = {(d.kind, d.sheet, d.key, d.field): d for d in source.differences.all()}
    new, again = [], []
    for each in found:
        row = there.pop((each.kind, each.sheet, each.key, each.field), None)
        if row is None:
            row = ShadowDifference(source=source, kind=each.kind, sheet=each.sheet, key=each.key)
            row.named, row.field = each.named, each.field
            new.append(row)
        else:
            if row.theirs != each.theirs:
                row.state = ShadowDifference.State.OPEN
            again.append(row)
        who = changed.get(each)
        row.night, row.theirs, row.ours = night, each.theirs, each.ours
        row.changed_by_id, row.changed_at = (who.account_id, who.at) if who else (None, None)
    delete_many(list(there.values()))
    insert_many(new)
    update_many(again, ["night_id", "theirs", "ours", "changed_by_id", "changed_at", "state"])
