"""A file taken over in this process, a large one part by part: for the command line."""

import copy
import sys

from obeya.modules.exchange.actions import (
    Imported,
    apply_import,
    begin_take_over,
    check_import,
    forget_imports,
    stop_take_over,
)
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.plant_file import PlantFile
from obeya.modules.exchange.refusals import Fault
from obeya.modules.exchange.uploads import Upload
from obeya.plant.log import runs
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.refusal import Refusal
from obeya.plant.log.saving import Saved


class StoppedHalfway(Refusal):
    """Parts of the file are in the plant, the others are not."""


def import_whole(
    file: PlantFile, upload: Upload, *, only_valid: bool = False, by: Actor
) -> Imported:
    """Compare, then take over at once, as the page does: there it is listed, and undone."""
    checked = check_import(
        site=None,
        upload=upload,
        file=copy.deepcopy(file),
        must_go=True,
        only_valid=only_valid,
        by=by,
    )
    try:
        return apply_import(
            site=None, checked=checked, file=file, only_valid=only_valid, by=by, source="import"
        )
    except Refusal:
        forget_imports(imports=[checked], by=by)
        raise


def import_in_parts(
    file: PlantFile, upload: Upload, *, only_valid: bool = False, by: Actor
) -> Imported:
    """Compare, then take over; says how far it is, and Ctrl+C stops it after a part.

    If this process dies, a worker goes on with it within a minute.
    """
    print(f"Comparing {file.count:,} rows with the plant …", file=sys.stderr)
    checked = check_import(site=None, upload=upload, file=file, by=by)
    try:
        run = begin_take_over(
            site=None, checked=checked, only_valid=only_valid, here=True, by=by, source="import"
        )
    except Refusal:
        forget_imports(imports=[checked], by=by)
        raise
    try:
        runs.execute(run, tell=_tell)
    except KeyboardInterrupt:
        checked.refresh_from_db()
        if checked.site is not None:
            stop_take_over(site=checked.site, checked=checked, by=by)
        runs.execute(run, tell=_tell)  # sees that it was called off, and ends
    checked.refresh_from_db()
    run.refresh_from_db()
    if run.status != Run.Status.SUCCEEDED:
        raise StoppedHalfway(_where_it_stands(checked, run))
    return _told(checked)


def execute_here(checked: FileImport) -> None:
    """Its run, where one was queued for this process; afterwards the import says how it ended."""
    if checked.run is not None and checked.is_under_way:
        runs.execute(checked.run, tell=_tell)
        checked.refresh_from_db()


def _tell(done: int, total: int | None, step: str) -> None:
    print(f"  {done:,} of {total or 0:,} rows{f' · {step}' if step else ''}", file=sys.stderr)


def _where_it_stands(checked: FileImport, run: Run) -> str:
    parts = list(checked.valid_parts().defer("rows"))
    done = sum(part.count for part in parts if part.taken_at is not None)
    total = sum(part.count for part in parts)
    why = run.error or "It was stopped."
    return (
        f"{why} {done:,} of {total:,} rows are in the plant. Go on with the rest, or undo them, "
        "on the page Import."
    )


def _told(checked: FileImport) -> Imported:
    refused = checked.shown_rows().filter(state="refused").order_by("place")
    return Imported(
        checked.into,
        {name: Saved(*numbers) for name, numbers in checked.saved.items()},
        tuple(checked.notes),
        checked.is_site_new,
        [Fault(row.sheet, row.number, *fault) for row in refused for fault in row.faults],
    )
