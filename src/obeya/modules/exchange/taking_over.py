"""The worker's door: a large file goes into the plant part by part, while others write on."""

from typing import Any

from obeya.modules.exchange.actions.in_parts import NothingToTakeOver, take_part
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.modules.exchange.part_by_part import part_by_part
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.models import Run
from obeya.plant.log.runs import RunHandle


def run_take_over(handle: RunHandle) -> dict[str, Any]:
    """Taken up again, it goes on with the parts that are not in the plant yet.

    What it does, it does as the person who asked: whose rights end meanwhile, ends it.
    """
    asked = FileImport.objects.filter(pk=handle.arguments["file_import"], run=handle.run)
    file = asked.first()
    if file is None:
        raise NothingToTakeOver("Nobody has said yes to this file on its page. Look at it there.")
    by = who_asked(handle.run)

    def take(part: ImportPart) -> None:
        key = f"import-{file.pk}-{part.version}-{part.place}"
        take_part(site=handle.site, part=part, by=by, key=key, source="import")

    parts = list(file.valid_parts().defer("rows"))
    return part_by_part(handle, parts, is_done=lambda part: part.taken_at is not None, work=take)


def who_asked(run: Run) -> Actor:
    """With the rights that the person has now."""
    if run.actor.kind == "system":
        return system_actor(run.actor.username)
    return load_actor(run.actor)
