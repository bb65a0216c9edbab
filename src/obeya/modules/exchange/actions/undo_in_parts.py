"""A large import taken back part by part, the last one first; others write between."""

from obeya.modules.exchange.actions.previewed import NoSuchImport
from obeya.modules.exchange.actions.undo import (
    MOST_NAMED,
    ChangedOrUsedSince,
    NotUndoable,
    OnlyTriedToUndo,
    locked_for_undo,
    undo_import,
)
from obeya.modules.exchange.events import ImportUndone, PartUndone, UndoBegun, UndoRefused
from obeya.modules.exchange.kinds import UNDO
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.modules.exchange.undo.log import ImportLog
from obeya.modules.exchange.undo.planning import Plan, plan_undo
from obeya.modules.exchange.undo.taking_back import TakenBack, names_of, take_back
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.dry_run import beside_the_plant
from obeya.plant.log.models import Run
from obeya.plant.log.publishing import publish
from obeya.plant.log.runs import queue_run
from obeya.plant.resources.models import Site

MOST_REFUSED = 200  # rows in the way that are kept by name


def try_undo(*, site: Site, done: FileImport, by: Actor) -> None:
    """All of it, beside the plant, where nobody waits for it; nothing is changed.

    Raises
    ------
    ChangedOrUsedSince
        Rows of the import were changed or used since.
    """
    try:
        with beside_the_plant():
            undo_import(site=site, done=done, only_try=True, by=by)
    except OnlyTriedToUndo:
        return


@action(permission="exchange.import_plant")
def begin_undo(*, site: Site, done: FileImport, here: bool = False, by: Actor) -> Run:
    """Have a worker take a large import back, or what is left of it.

    Before its first part the worker tries all of it: what was changed or used since is named with
    the import (`refuse_undo`), and nothing is undone. What comes into use later stays, named. With
    ``here`` the caller executes the run itself.
    """
    found = locked_for_undo(done, site)
    if not found.valid_parts().exists():
        raise NotUndoable(f"{found.name} went in whole, and is undone whole.")
    found.run = queue_run(
        kind=UNDO, arguments={"file_import": found.pk}, site=site, here=here, by=by
    )
    found.undo_refused = {}
    found.save(update_fields=["run", "undo_refused"])
    publish(UndoBegun(found.pk), site=site)
    return found.run


@action(permission="exchange.import_plant")
def refuse_undo(*, site: Site, done: FileImport, refused: ChangedOrUsedSince, by: Actor) -> None:
    """Keep what stood in the way of all of it, until somebody says again to undo it."""
    found = _under_way(done.pk, site)
    if found.undo_begun_at is not None:
        raise NotUndoable(f"{found.name} is half undone: what is in the way stays, and is named.")
    found.undo_refused = {
        "rows": [[each.rule, each.remedy] for each in refused.problems[:MOST_REFUSED]],
        "count": len(refused.problems),
    }
    found.save(update_fields=["undo_refused"])
    publish(UndoRefused(found.pk, len(refused.problems)), site=site)


@action(permission="exchange.import_plant")
def undo_part(*, site: Site, part: ImportPart, by: Actor) -> None:
    """Take one part back, after all that were taken over later. What somebody has changed or used
    meanwhile stays as it is, named in the part.
    """
    found, now = _under_way(part.file_import_id, site), ImportPart.objects.get(pk=part.pk)
    later = found.valid_parts().filter(place__gt=now.place, undone_at=None).exclude(taken_at=None)
    if now.taken_at is None or now.undone_at is not None or later.exists():
        raise NotUndoable(f"{now} of {found.name} is not the part that is undone next.")
    log = ImportLog(found)
    plan = plan_undo(found, log.of_part(now), log)
    back = take_back(site, plan, f"undo of {found.name}", by, leaves=True)
    now.undone_at, now.left = clock.real_now(), _left(back, plan)
    now.save(update_fields=["undone_at", "left"])
    if found.undo_begun_at is None:
        found.undo_begun_at = now.undone_at
        found.save(update_fields=["undo_begun_at"])
    publish(
        PartUndone(found.pk, now.place, back.restored, back.removed),
        site=site,
        changes=back.changes,
    )


@action(permission="exchange.import_plant")
def end_undo(*, site: Site, done: FileImport, by: Actor) -> None:
    """After the first part: take back what its beginning did, which may have opened the site."""
    found = _under_way(done.pk, site)
    if found.valid_parts().filter(undone_at=None).exclude(taken_at=None).exists():
        raise NotUndoable(f"Parts of {found.name} are not undone yet.")
    log = ImportLog(found)
    events = log.of_beginning() if found.is_site_new else []
    plan = plan_undo(found, events, log)
    back = take_back(site, plan, f"undo of {found.name}", by, leaves=True)
    found.undone_at = clock.real_now()
    found.save(update_fields=["undone_at"])
    # what never went in will not any more; it may name people
    found.valid_parts().filter(taken_at=None).update(rows="")
    publish(ImportUndone(found.pk, back.restored, back.removed), site=site, changes=back.changes)


def _under_way(import_id: int, site: Site) -> FileImport:
    found = FileImport.objects.select_for_update().filter(pk=import_id, site=site).first()
    if found is None or found.run is None or found.run.kind != UNDO:
        raise NoSuchImport("There is no such import at this site, or nobody has said to undo it.")
    if found.undone_at is not None:
        raise NotUndoable(f"{found.name} was undone already. Look at the list of imports.")
    if not found.is_under_way:
        raise NotUndoable(f"The undo of {found.name} is over. Say again to undo it on its page.")
    return found


def _left(back: TakenBack, plan: Plan) -> dict[str, object]:
    """What the page says of what stays, and why."""
    return {
        "used": [[each.rule, each.remedy] for each in back.stays],
        "kept": names_of(back.kept[:MOST_NAMED], plan),
        "kept_count": len(back.kept),
    }
