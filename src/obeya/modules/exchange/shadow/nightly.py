"""A night: each list that is due is looked for, judged, reconciled and taken over."""

import copy
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import TakingOver, check_import, forget_imports
from obeya.modules.exchange.actions.shadow import (
    TakenBefore,
    TakenFile,
    note_shadow_night,
    take_shadow_file,
)
from obeya.modules.exchange.models import ShadowNight, ShadowSource
from obeya.modules.exchange.opening import open_file, told_guess
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.queries import mapping_profiles
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.shadow import folder
from obeya.modules.exchange.shadow.folder import Arrived
from obeya.modules.exchange.shadow.reconciling import Reconciled, reconcile
from obeya.modules.exchange.sheets import BY_NAME
from obeya.modules.exchange.uploads import Upload
from obeya.plant.log import clock
from obeya.plant.log.actions import Busy
from obeya.plant.log.actor import Actor
from obeya.plant.log.refusal import Refusal, Stale

log = logging.getLogger("obeya.worker")
State = ShadowNight.State
OLDEST = timedelta(hours=26)  # a night, and the hours by which it may be late
PATIENCE = timedelta(hours=1)
OTHERS_AT_WORK = (TakingOver, Busy, Stale)  # the same file may go in a minute later


def run_due(*, by: Actor, now: datetime | None = None, **_: Any) -> list[ShadowNight]:
    """Timetable: every list whose time has come; one whose file still arrives, or that others
    keep from being taken over, comes again a minute later.
    """
    at = now or clock.real_now()
    due = ShadowSource.objects.filter(is_on=True, due_at__lte=at).select_related("site")
    looked = [_by_night(source, by=by, now=at) for source in due.order_by("pk")]
    return [night for night in looked if night is not None]


def _by_night(source: ShadowSource, *, by: Actor, now: datetime) -> ShadowNight | None:
    """A list that cannot be looked at is told, and keeps no other waiting."""
    try:
        return look(source, by=by, now=now, is_patient=now - source.due_at < PATIENCE)
    except OTHERS_AT_WORK:
        return None
    except Exception as error:
        log.exception("list %s of site %s could not be looked at", source.name, source.site.code)
        said = f"The list could not be looked at: {type(error).__name__}: {error}"
        return _note(source, State.REFUSED, said, by=by, now=now)


def look(
    source: ShadowSource,
    *,
    by: Actor,
    now: datetime,
    is_patient: bool = False,
    here: bool = False,
) -> ShadowNight | None:
    """Take the newest file of its folder over; None while that is still being written.

    Whoever is patient gets a refusal that a minute may mend, and no night is noted. A large file
    is left to a worker, or with ``here`` to the caller, who executes its run.
    """
    path = folder.newest(source)
    if path is None:
        said = f"No file lies in the folder {folder.folder_of(source).name} of this list."
        return _note(source, State.MISSING, said, by=by, now=now)
    try:
        file = folder.read_arrived(path, now=now)
    except folder.StillArriving:
        return None
    except FileRefused as refusal:
        return _note(source, State.REFUSED, str(refusal), by=by, now=now, name=path.name)
    if now - file.written_at > OLDEST:
        said = f"{path.name} is more than {OLDEST // timedelta(hours=1)} hours old."
        return _note(source, State.OLD, said, by=by, now=now, file=file)
    night = take(source, file, by=by, now=now, is_patient=is_patient, here=here)
    if night.state in (State.TAKEN, State.SAME):
        folder.put_aside(path, file)
    return night


def take(
    source: ShadowSource,
    file: Arrived,
    *,
    by: Actor,
    now: datetime,
    is_sure: bool = False,
    is_patient: bool = False,
    here: bool = False,
) -> ShadowNight:
    """Judge the file and take it over; ``is_sure`` of one that is much smaller than the last."""
    last = source.last_taken()
    if not file.content.strip():
        return _note(source, State.EMPTY, f"{file.name} is empty.", by=by, now=now, file=file)
    if last and last.holds(file.sha256):
        said = f"{file.name} is, byte for byte, the file that was taken over last."
        return _note(source, State.SAME, said, by=by, now=now, file=file)
    try:
        read = _read(source, file, by)
        told = _reconciled(source, read, last, by)
        if not told.rows:
            said = f"{file.name} has a header and no rows."
            return _note(source, State.EMPTY, said, by=by, now=now, file=file)
        if last and not is_sure and told.rows * 100 < source.least_percent * last.rows:
            said = (
                f"{file.name} has {told.rows} rows, the last file had {last.rows}. If that is "
                "right, take it by hand and say that you are sure."
            )
            return _note(source, State.SMALLER, said, by=by, now=now, file=file, rows=told.rows)
        return _taken(source, read, told, by=by, now=now, here=here)
    except Refusal as refusal:
        if is_patient and isinstance(refusal, OTHERS_AT_WORK):
            raise
        state = State.SAME if isinstance(refusal, TakenBefore) else State.REFUSED
        return _note(source, state, str(refusal), by=by, now=now, file=file)


@dataclass(frozen=True)
class _Read:
    """A file of the ERP as its profile reads it, kept under its hash."""

    plant: PlantFile
    upload: Upload
    sha256: str
    about: Collection[str]  # the sheets that it lists whole, not only names in passing


def _taken(
    source: ShadowSource,
    read: _Read,
    told: Reconciled,
    *,
    by: Actor,
    now: datetime,
    here: bool,
) -> ShadowNight:
    checked = check_import(
        site=source.site, upload=read.upload, file=copy.deepcopy(read.plant), by=by
    )
    taken = TakenFile(read.sha256, checked, read.plant, told)
    try:
        return take_shadow_file(
            site=source.site,
            shadow=source,
            taken=taken,
            now=now,
            here=here,
            by=by,
            source="import",
        )
    except Refusal:
        forget_imports(imports=[checked], by=by)
        raise


def _read(source: ShadowSource, file: Arrived, by: Actor) -> _Read:
    stored_as = uploads.keep_taken(file.name, file.sha256, file.content)
    path = Path(default_storage.path(stored_as))
    opened = open_file(path, source.profile, mapping_profiles(site=source.site, by=by))
    if opened.file is None:
        raise FileRefused(told_guess(opened))
    upload = Upload(
        file.name[:100],
        stored_as,
        opened.profile,
        site_code=source.site.code,
        mappings=opened.mappings,
    )
    listed = {each.into for each in opened.mappings if each.into and not each.is_companion}
    return _Read(opened.file, upload, file.sha256, listed or set(BY_NAME))


def _reconciled(
    source: ShadowSource, read: _Read, last: ShadowNight | None, by: Actor
) -> Reconciled:
    owned = {(each.sheet, each.field) for each in source.own_fields.all()}
    before = {sheet: set(keys) for sheet, keys in (last.keys if last else {}).items()}
    for each in source.differences.filter(kind="gone"):
        before.setdefault(each.sheet, set()).add(each.key)  # gone for longer than one night
    return reconcile(
        read.plant, site=source.site, owned=owned, about=read.about, before=before, by=by
    )


def _note(
    source: ShadowSource,
    state: str,
    said: str,
    *,
    by: Actor,
    now: datetime,
    file: Arrived | None = None,
    name: str = "",
    rows: int = 0,
) -> ShadowNight:
    return note_shadow_night(
        site=source.site,
        shadow=source,
        state=state,
        said=said,
        now=now,
        name=(file.name if file else name)[:100],
        sha256=file.sha256 if file else "",
        rows=rows,
        by=by,
    )
