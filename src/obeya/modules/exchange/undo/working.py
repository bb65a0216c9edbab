"""The worker's door: a large import goes back part by part, while others write on."""

from typing import Any

from obeya.modules.exchange.actions.undo import ChangedOrUsedSince, NotUndoable
from obeya.modules.exchange.actions.undo_in_parts import (
    end_undo,
    refuse_undo,
    try_undo,
    undo_part,
)
from obeya.modules.exchange.kinds import CHECKING
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.modules.exchange.part_by_part import part_by_part
from obeya.modules.exchange.taking_over import who_asked
from obeya.plant.log.actor import Actor
from obeya.plant.log.runs import RunHandle


def run_undo(handle: RunHandle) -> dict[str, Any]:
    """Taken up again, it goes on with the parts that are still in the plant, as the person who
    asked. Before the first of them all of it is tried.
    """
    asked = FileImport.objects.filter(pk=handle.arguments["file_import"], run=handle.run)
    file = asked.first()
    if file is None or handle.site is None:
        raise NotUndoable("Nobody has said to undo this file on its page. Look at it there.")
    by = who_asked(handle.run)

    def undo(part: ImportPart) -> None:
        key = f"undo-{file.pk}-{part.version}-{part.place}"
        undo_part(site=handle.site, part=part, by=by, key=key, source="import")

    def end() -> None:
        if file.undone_at is None:
            end_undo(site=handle.site, done=file, by=by, key=f"undo-{file.pk}", source="import")

    parts = list(file.valid_parts().exclude(taken_at=None).order_by("-place").defer("rows"))
    if file.undo_begun_at is None:
        handle.progress(0, sum(part.count for part in parts), step=CHECKING)
        _try(handle, file, by)
    return part_by_part(
        handle,
        parts,
        is_done=lambda part: part.undone_at is not None,
        work=undo,
        when_all_are=end,
    )


def _try(handle: RunHandle, file: FileImport, by: Actor) -> None:
    """What stands in the way is kept with the import, for its page, and the run has failed."""
    try:
        try_undo(site=handle.site, done=file, by=by)
    except ChangedOrUsedSince as refused:
        refuse_undo(site=handle.site, done=file, refused=refused, by=by, source="import")
        raise
