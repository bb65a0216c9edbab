"""What is kept of the rows of imports, which may name people, stays for a time only: after they
have ended, and after nobody has gone on with them.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from obeya.modules.exchange.actions.previewed import NoSuchImport, held
from obeya.modules.exchange.events import ImportsGivenUp, PreviewsCleared
from obeya.modules.exchange.models import FileImport, ImportPart
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.publishing import publish
from obeya.plant.log.runs import OPEN
from obeya.plant.log.saving import update_many


def to_clear(before: datetime) -> "QuerySet[FileImport]":
    """Imports that were over by then, to the last part, and have their rows still; also those whose
    undo has stopped halfway: it asks the log, and can be gone on with.
    """
    is_in = Q(undone_at=None, undo_begun_at=None, applied_at__lt=before)
    is_half_undone = Q(undone_at=None, undo_begun_at__lt=before)
    over = _at_rest_since(before).filter(is_in | is_half_undone | Q(undone_at__lt=before))
    return over.filter(cleared_at=None)


def to_give_up(before: datetime) -> "QuerySet[FileImport]":
    """Imports of which a part is in, and with whose rest nobody has gone on since."""
    return _at_rest_since(before).filter(
        begun_at__lt=before, applied_at=None, undo_begun_at=None, undone_at=None, given_up_at=None
    )


@action(permission="exchange.import_plant")
def clear_previews(*, imports: Sequence[FileImport], by: Actor) -> list[int]:
    """Of imports that have ended: what was corrected in the file goes, and their rows are shown no
    more; they are the caller's to take away. What an undo has left is named by codes, and stays.

    An undo asks the log; what stands there for nobody to read, it leaves for somebody to correct.
    """
    now = clock.real_now()
    found = held(to_clear(now), imports)
    if not found:
        raise NoSuchImport("None of them has ended, or they were cleared already. Nothing to do.")
    ids = _clear(found, now)
    publish(PreviewsCleared(ids))
    return ids


@action(permission="exchange.import_plant")
def give_up_imports(*, imports: Sequence[FileImport], before: datetime, by: Actor) -> list[int]:
    """Of imports that stopped halfway before then: their rest is not taken over any more, and what
    is kept of it goes as from one that has ended. What is in the plant stays there until somebody
    undoes it.
    """
    now = clock.real_now()
    found = held(to_give_up(before), imports)
    if not found:
        raise NoSuchImport("None of them has stopped halfway so long ago. Nothing to do.")
    for each in found:
        each.given_up_at = now
    ids = _clear(found, now, "given_up_at")
    publish(ImportsGivenUp(ids))
    return ids


def _at_rest_since(before: datetime) -> "QuerySet[FileImport]":
    """Nobody is at them, and nobody has been since."""
    is_later = Q(taken_at__gte=before) | Q(undone_at__gte=before)
    later = ImportPart.objects.filter(is_later, file_import=OuterRef("pk"))
    at_rest = FileImport.objects.exclude(run__status__in=OPEN).exclude(run__ended_at__gte=before)
    return at_rest.filter(~Exists(later))


def _clear(found: Sequence[FileImport], now: datetime, *changed: str) -> list[int]:
    for each in found:
        each.cleared_at, each.fixes = now, []
    update_many(found, ["cleared_at", "fixes", *changed])
    ids = sorted(each.pk for each in found)
    # what never went in will not any more
    ImportPart.objects.filter(file_import__in=ids, taken_at=None).exclude(rows="").update(rows="")
    return ids
