"""A file between its arrival and the yes: checked as often as needed, taken over once."""

from collections.abc import Sequence

from django.db.models import QuerySet

from obeya.modules.exchange import writing_preview as writing
from obeya.modules.exchange.actions.plant import Imported, import_plant, try_import
from obeya.modules.exchange.events import (
    FileChecked,
    FileTakenOver,
    ImportsForgotten,
    PreviewBegun,
)
from obeya.modules.exchange.foreign.mapping import to_json
from obeya.modules.exchange.models import FileImport, ImportPart, ImportRow
from obeya.modules.exchange.parts import is_large
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.refusals import ImportRefused
from obeya.modules.exchange.staging import StagedRow, counted, staged_parts, staged_rows
from obeya.modules.exchange.uploads import Upload
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal, Stale
from obeya.plant.log.runs import OPEN
from obeya.plant.log.saving import Saved, delete_many
from obeya.plant.resources.models import Site


class NoSuchImport(Refusal):
    """The preview is somebody else's, or its time is over."""

    http_status = 404


class NotCompared(Refusal):
    """Nobody has said what the columns of the file are, so nobody has seen what would change."""

    http_status = 409


class AlreadyApplied(Refusal):
    """The file was taken over before."""

    http_status = 409


def check_import(
    *,
    site: Site | None,
    upload: Upload,
    file: PlantFile,
    again: FileImport | None = None,
    must_go: bool = False,
    only_valid: bool = False,
    by: Actor,
) -> FileImport:
    """Compare the file with the plant, row by row, and keep what was found as a preview.

    ``again`` is the preview that this check replaces. What ``must_go`` in at once, by choice
    without its refused rows, is refused here where it cannot, and nothing is kept.

    Others wait for neither the comparing nor the writing of the preview: what is found of a
    large file is written in pieces that nobody sees, and takes the place of the preview before
    once it is whole.
    """
    keep_preview.ask(by, site)
    imported = try_import(file=file, site_code=upload.site_code, zone=upload.zone, by=by)
    if must_go and imported.faults and not (only_valid and imported.counts):
        raise ImportRefused(imported.faults)
    rows = staged_rows(
        differences=imported.differences,
        faults=[*imported.faults, *imported.follows],
        left_out=imported.left_out,
    )
    found = {"site": site, "upload": upload, "imported": imported, "by": by}
    if not is_large(len(rows)) and not imported.parts:
        return keep_preview(**found, rows=rows, again=again)
    checked = again or begin_preview(site=site, upload=upload, by=by)
    written = writing.write_pieces(checked, rows, staged_parts(imported.parts))
    shown = keep_preview(**found, rows=rows, again=checked, written=written)
    writing.forget_others(shown)
    return shown


@action(permission="exchange.import_plant")
def begin_preview(*, site: Site | None, upload: Upload, by: Actor) -> FileImport:
    """The place of a preview that is written in pieces; without any, it counts as not compared."""
    checked = FileImport(sent_by_id=by.account_id, site=site, checked_at=clock.real_now())
    _say_upload(checked, upload)
    checked.save()
    publish(PreviewBegun(checked.pk), site=site)
    return checked


@action(permission="exchange.import_plant")
def keep_preview(
    *,
    site: Site | None,
    upload: Upload,
    imported: Imported,
    rows: Sequence[StagedRow],
    again: FileImport | None = None,
    written: int | None = None,
    by: Actor,
) -> FileImport:
    """Keep what a check has found, in the place of the preview before.

    ``written`` is the version under which its rows and parts have been written already.
    """
    if again is not None and _locked(again, by).version != again.version:
        raise Stale(
            f"{again.name} was compared by another request meanwhile. Look at what that has found."
        )
    checked = again or FileImport(sent_by_id=by.account_id)
    checked.site = site
    _say_upload(checked, upload)
    checked.into, checked.is_site_new = imported.site_code, imported.is_site_new
    checked.opens = dict(imported.opens)
    checked.counts = counted(rows)
    checked.saved = {n: [s.new, s.changed, s.unchanged] for n, s in imported.counts.items()}
    checked.notes = list(imported.notes)
    checked.checked_at = clock.real_now()
    checked.version, checked.run = written or 0, None
    checked.save()
    if written is None:
        checked.rows.all().delete()
        checked.parts.all().delete()
        writing.write_rows(checked, rows, checked.version)
    publish(FileChecked(checked.pk), site=site)
    return checked


def _say_upload(checked: FileImport, upload: Upload) -> None:
    checked.name, checked.stored_as = upload.name, upload.stored_as
    checked.profile, checked.shift_to = upload.profile, upload.shift_to
    checked.site_code, checked.zone = upload.site_code, upload.zone
    checked.mappings = to_json(upload.mappings)
    checked.fixes = [each.told() for each in upload.fixes]


@action(permission="exchange.import_plant")
def apply_import(
    *, site: Site | None, checked: FileImport, file: PlantFile, only_valid: bool = False, by: Actor
) -> Imported:
    """Take the file over as its preview has shown it; by choice without its refused rows."""
    found = compared(_locked(checked, by))
    imported = import_plant(
        file=file,
        site_code=found.site_code,
        zone=found.zone,
        only_valid=only_valid,
        expected={name: Saved(*numbers) for name, numbers in found.saved.items()},
        by=by,
    )
    found.site = Site.objects.get(code=imported.site_code)
    found.applied_at = clock.real_now()
    found.save()
    found.parts.all().delete()  # it went in whole: no part of it is left to take over
    publish(FileTakenOver(found.pk), site=found.site)
    return imported


@action(permission="exchange.import_plant")
def forget_imports(*, imports: Sequence[FileImport], by: Actor) -> list[str]:
    """Leave files: their previews go. Answers where the files lie in the storage.

    Each is its sender's to leave; the house itself leaves those that were abandoned.
    """
    asked = FileImport.objects.filter(applied_at=None, begun_at=None).exclude(run__status__in=OPEN)
    if by.kind != "system":
        asked = asked.filter(sent_by=by.account_id)
    found = held(asked, imports)
    stored = [each.stored_as for each in found]
    if not stored:
        raise NoSuchImport("The preview is gone already. Choose the file again.")
    ids = sorted(each.pk for each in found)
    ImportRow.objects.filter(file_import__in=ids).delete()
    ImportPart.objects.filter(file_import__in=ids).delete()
    delete_many(found)
    publish(ImportsForgotten(ids))
    return stored


def held(wanted: QuerySet[FileImport], imports: Sequence[FileImport]) -> list[FileImport]:
    """Those of the imports that are wanted, locked until the action ends.

    Asked again once they are held: PostgreSQL looks at a row that it waited for beside the run of
    before, and takes it for one that rests though somebody has just gone on with it.
    """
    locked = rows_of(wanted.select_for_update(of=("self",)), "pk", [each.pk for each in imports])
    return rows_of(wanted, "pk", [each.pk for each in locked])


def compared(found: FileImport) -> FileImport:
    if not found.is_checked:
        raise NotCompared(
            f"Say first what the columns of {found.name} are. Nothing was imported: it was not "
            "compared with the plant."
        )
    return found


def _locked(checked: FileImport, by: Actor) -> FileImport:
    found = (
        FileImport.objects.select_for_update().filter(pk=checked.pk, sent_by=by.account_id).first()
    )
    if found is None:
        raise NoSuchImport("This preview is no longer kept. Choose the file again.")
    if found.applied_at is not None:
        raise AlreadyApplied(f"{found.name} was taken over already. Choose the file again.")
    if found.begun_at is not None or found.is_under_way:
        raise AlreadyApplied(f"{found.name} is being taken over in parts. Look at its page.")
    return found
