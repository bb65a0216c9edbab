"""The worker's door: a large import goes back part by part, while others write on."""

from typing import Any

from obeya.modules.exchange.actions.undo import NotUndoable
from obeya.modules.exchange.actions.undo_in_parts import end_undo, undo_part
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.taking_over import who_asked
from obeya.plant.log.breathing import part_of_long_work
from obeya.plant.log.runs import RunHandle


def run_undo(handle: RunHandle) -> dict[str, Any]:
    """Taken up again, it goes on with the parts that are still in the plant, as the person who
    asked.
    """
    asked = FileImport.objects.filter(pk=handle.arguments["file_import"], run=handle.run)
    file = asked.first()
    if file is None or handle.site is None:
        raise NotUndoable("Nobody has said to undo this file on its page. Look at it there.")
    by = who_asked(handle.run)
    parts = list(file.valid_parts().exclude(taken_at=None).order_by("-place").defer("rows"))
    total = sum(part.count for part in parts)
    done = sum(part.count for part in parts if part.undone_at is not None)
    for part in parts:
        if part.undone_at is not None:
            continue
        if handle.should_stop():
            break
        handle.progress(done, total, step=part.sheet)
        with part_of_long_work():
            undo_part(
                site=handle.site,
                part=part,
                by=by,
                key=f"undo-{file.pk}-{part.version}-{part.place}",
                source="import",
            )
        done += part.count
    if done == total and file.undone_at is None:
        end_undo(site=handle.site, done=file, by=by, key=f"undo-{file.pk}", source="import")
    handle.progress(done, total, step="" if done == total else "stopped")
    return {"rows": done}
