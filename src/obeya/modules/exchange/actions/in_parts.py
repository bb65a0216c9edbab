"""A large file taken over part by part: each a verb of its own, so that others write between."""

from collections.abc import Sequence

from obeya.modules.exchange.actions.previewed import (
    AlreadyApplied,
    NoSuchImport,
    compared,
)
from obeya.modules.exchange.actions.turns import TakingOver, refuse_beside
from obeya.modules.exchange.events import (
    FileTakenOver,
    PartTakenOver,
    PlantImported,
    TakeOverBegun,
    TakeOverStopped,
    UndoStopped,
)
from obeya.modules.exchange.kinds import TAKE_OVER, UNDO
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.modules.exchange.refusals import Fault, ImportRefused
from obeya.modules.exchange.sheets import BY_NAME
from obeya.modules.exchange.stored_rows import from_text
from obeya.modules.exchange.witness import does_the_same
from obeya.modules.organisation.public import open_site
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.models import Run
from obeya.plant.log.publishing import publish, published_so_far
from obeya.plant.log.refusal import Refusal, RowsRefused, Stale
from obeya.plant.log.runs import call_off, queue_run
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import Site


class NothingToTakeOver(Refusal):
    """It is not on its way: not begun, over, or undone."""

    http_status = 409


class PartRefused(RowsRefused):
    """Rows of a part are refused though they were right when they were tried."""


@action(permission="exchange.import_plant")
def begin_take_over(
    *,
    site: Site | None,
    checked: FileImport,
    only_valid: bool = False,
    here: bool = False,
    by: Actor,
) -> Run:
    """Have a worker take a large file over as its preview has shown it, or what is left of it.

    A new site is opened. With ``here`` the caller executes the run itself.

    Raises
    ------
    TakingOver
        Another file is being taken over at the site.
    ImportRefused
        Rows are refused, and it was not said to leave them out.
    """
    found = compared(_locked(checked, by))
    if found.is_under_way:
        word = "undone" if found.is_being_undone else "taken over already"
        raise TakingOver(f"{found.name} is being {word}. Look at its page.")
    is_left = found.valid_parts().filter(taken_at=None).exists()
    may_refuse = found.begun_at is None and not (only_valid and is_left)
    if may_refuse and (faults := _faults_of(found)):
        raise ImportRefused(faults)
    if not is_left:
        raise NothingToTakeOver(f"Nothing of {found.name} is left to take over in parts.")
    place = Site.objects.filter(code=found.into).first()
    if place is None:
        place = open_site(**found.opens, by=by)
        found.begun_at = clock.real_now()
    by.must("exchange.import_plant", site=place)
    refuse_beside(place)
    found.site = place
    found.run = queue_run(
        kind=TAKE_OVER, arguments={"file_import": found.pk}, site=place, here=here, by=by
    )
    found.undo_refused = {}
    found.save(update_fields=["site", "run", "begun_at", "undo_refused"])
    publish(TakeOverBegun(found.pk), site=place)
    return found.run


@action(permission="exchange.import_plant")
def take_part(*, site: Site, part: ImportPart, by: Actor) -> Saved:
    """Save the rows of one part exactly as they were tried; with the last, the file is over.

    Raises
    ------
    Stale, PartRefused
        The plant has changed since, so that the rows would do something else now, or are refused.
    """
    files = FileImport.objects.select_for_update().filter(pk=part.file_import_id, site=site)
    file, now = files.first(), ImportPart.objects.filter(pk=part.pk).first()
    if file is None or now is None:
        raise NoSuchImport("There is no such import at this site.")
    over = (now.taken_at, file.applied_at, file.given_up_at, file.undo_begun_at, file.undone_at)
    if file.is_being_undone or any(each is not None for each in over):
        raise AlreadyApplied(f"{now} of {file.name} was taken over before.")
    kind = BY_NAME[now.sheet]
    numbered = from_text(now.rows, kind.row_class)
    said = len(published_so_far())
    try:
        saved = kind.save(site=site, rows=[row for _, row in numbered], by=by)
    except RowsRefused as refused:
        raise _in_the_file(refused, now, [number for number, _ in numbered]) from refused
    if not does_the_same(now.expected, saved, published_so_far()[said:]):
        raise Stale(
            f"The plant has changed since the preview: {now} would do something else now. They "
            "were not taken over. Undo what was taken over and send the file again, or put the "
            "plant back to what the preview shows and go on."
        )
    now.taken_at, now.rows = clock.real_now(), ""
    now.save(update_fields=["taken_at", "rows"])
    _end_with_the_last(file, site, at=now)
    publish(PartTakenOver(file.pk, now.place), site=site)
    return saved


@action(permission="exchange.import_plant")
def stop_take_over(*, site: Site, checked: FileImport, by: Actor) -> None:
    """Call it, or its undo, off after the part at hand; what is in the plant stays there, and what
    no worker had begun with is as if it had not been said; so is an undo before its first part.
    """
    asked = FileImport.objects.filter(pk=checked.pk, site=site)
    found = asked.select_for_update().first()  # the part at hand ends first, and no other begins
    is_undo = found is not None and found.run is not None and found.run.kind == UNDO
    if found is None or found.run is None or not found.is_under_way:
        word = "undone" if is_undo else "taken over"
        raise NothingToTakeOver(f"It is not being {word} any more. Load the page again.")
    call_off([found.run.pk], at_once=is_undo and found.undo_begun_at is None)
    publish(UndoStopped(found.pk) if is_undo else TakeOverStopped(found.pk), site=site)


def _in_the_file(refused: RowsRefused, part: ImportPart, numbers: Sequence[int]) -> PartRefused:
    """The room counts the rows that it was given; their owner finds them in the file."""
    faults = [
        Fault(
            part.sheet,
            None if each.row is None else numbers[each.row],
            each.field,
            each.value,
            each.rule,
            each.remedy,
        )
        for each in refused.problems
    ]
    named = "; ".join(str(each) for each in faults[:3])
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return PartRefused(
        refused.problems,
        f"The plant has changed since the preview: {named}{more} {part} were not taken over.",
    )


def _end_with_the_last(file: FileImport, site: Site, *, at: ImportPart) -> None:
    moment = at.taken_at
    if file.begun_at is None:
        file.begun_at = moment
    if not file.valid_parts().filter(taken_at=None).exists():
        file.applied_at = moment
        publish(PlantImported(site.pk, file.saved), site=site)
        publish(FileTakenOver(file.pk), site=site)
    file.save(update_fields=["begun_at", "applied_at"])


def _locked(checked: FileImport, by: Actor) -> FileImport:
    """For its sender, and once begun with for all who may import there."""
    found = FileImport.objects.select_for_update(of=("self",)).filter(pk=checked.pk).first()
    if found is None or (found.begun_at is None and found.sent_by_id != by.account_id):
        raise NoSuchImport("This preview is no longer kept. Choose the file again.")
    if found.applied_at is not None:
        raise AlreadyApplied(f"{found.name} was taken over already. Choose the file again.")
    if found.undone_at is not None:
        raise AlreadyApplied(f"{found.name} was undone. Choose the file again.")
    if found.given_up_at is not None:
        raise AlreadyApplied(
            f"{found.name} was given up, since nobody went on with it: its rest is kept no more. "
            "Choose the file again; its new preview shows what is left."
        )
    if found.undo_begun_at is not None:
        raise AlreadyApplied(f"{found.name} is half undone. Undo the rest on its page.")
    return found


def _faults_of(found: FileImport) -> list[Fault]:
    refused = found.shown_rows().filter(state="refused").order_by("place")
    return [Fault(row.sheet, row.number, *fault) for row in refused for fault in row.faults]
