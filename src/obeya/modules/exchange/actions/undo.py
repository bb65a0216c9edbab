"""An import taken back by its counterpart: whole, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from obeya.modules.exchange.actions.previewed import NoSuchImport
from obeya.modules.exchange.actions.turns import refuse_beside
from obeya.modules.exchange.events import ImportUndone
from obeya.modules.exchange.models import FileImport
from obeya.modules.exchange.undo.log import ImportLog
from obeya.modules.exchange.undo.planning import plan_undo
from obeya.modules.exchange.undo.taking_back import names_of, take_back
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import publish
from obeya.plant.log.refusal import Refusal, RowsRefused
from obeya.plant.resources.models import Site

MOST_NAMED = 20


class NotUndoable(Refusal):
    """It was not taken over, or it was undone before."""

    http_status = 409


class ChangedOrUsedSince(RowsRefused):
    """Rows of the import were changed or used since; each is named."""


class OnlyTriedToUndo(Refusal):
    """Everything went back and was then put as it was. Never seen outside of this package."""


@dataclass(frozen=True)
class Undone:
    """What an undo did; ``kept`` names rows that stay because a ledger has entries on them, at
    most so many: a name may ask the database.
    """

    restored: int
    removed: int
    cancelled: int
    reversed_moves: int
    kept: Sequence[str]


@action(permission="exchange.import_plant")
def undo_import(*, site: Site, done: FileImport, only_try: bool = False, by: Actor) -> Undone:
    """Put back what the import changed and take away what it made; all of it or nothing.

    Stock goes back by reversing moves, orders are cancelled, rows that such entries name stay. A
    large file went in by parts and goes back by parts (`begin_undo`): here it is only tried,
    and nothing of the import itself is held: whoever stops the undo does not wait for the trial.
    """
    found = done if only_try else locked_for_undo(done, site)
    if found.valid_parts().exists() and not only_try:
        raise NotUndoable(f"{found.name} went in by parts, and goes back by parts: on its page.")
    log = ImportLog(found)
    plan = plan_undo(found, log.whole(), log)
    if plan.obstacles:
        raise ChangedOrUsedSince(plan.obstacles.values())
    document = f"undo of {found.name}"
    back = take_back(site, plan, document, by, leaves=False)
    if only_try:
        raise OnlyTriedToUndo("Nothing was undone: this was a trial.")
    found.undone_at = clock.real_now()
    found.save(update_fields=["undone_at"])
    publish(ImportUndone(found.pk, back.restored, back.removed), site=site, changes=back.changes)
    named = names_of(back.kept[:MOST_NAMED], plan)
    return Undone(back.restored, back.removed, back.cancelled, back.reversed_moves, named)


def locked_for_undo(done: FileImport, site: Site) -> FileImport:
    """It is in the plant, whole or in part, and nobody is at it or at another of the site."""
    found = FileImport.objects.select_for_update().filter(pk=done.pk, site=site).first()
    if found is None:
        raise NoSuchImport("There is no such import at this site.")
    if found.is_under_way:
        word = "undone" if found.is_being_undone else "taken over"
        raise NotUndoable(f"{found.name} is being {word}. Stop that first, then undo it.")
    is_in = found.applied_at is not None or found.begun_at is not None
    if not is_in or found.undone_at is not None:
        word = "was undone already" if is_in else "was not taken over yet"
        raise NotUndoable(f"{found.name} {word}. Look at the list of imports.")
    refuse_beside(site)
    return found
