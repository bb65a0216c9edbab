"""What previews of ended imports say of rows, which may name people, is kept for a time only."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from obeya.modules.exchange.actions.previewed import NoSuchImport
from obeya.modules.exchange.events import PreviewsCleared
from obeya.modules.exchange.models import FileImport
from obeya.plant.log import clock
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import rows_of
from obeya.plant.log.publishing import publish
from obeya.plant.log.runs import OPEN
from obeya.plant.log.saving import update_many


def to_clear(before: datetime) -> "QuerySet[FileImport]":
    """Imports that were over by then, to the last part, and have their rows still."""
    is_in = Q(undone_at=None, undo_begun_at=None, applied_at__lt=before)
    over = FileImport.objects.filter(is_in | Q(undone_at__lt=before), cleared_at=None)
    return over.exclude(run__status__in=OPEN)


@action(permission="exchange.import_plant")
def clear_previews(*, imports: Sequence[FileImport], by: Actor) -> list[int]:
    """Of imports that have ended: what was corrected in the file goes, and their rows are shown no
    more; they are the caller's to take away. What an undo has left is named by codes, and stays.

    An undo asks the log; what stands there for nobody to read, it leaves for somebody to correct.
    """
    now = clock.real_now()
    locked = to_clear(now).select_for_update(of=("self",))
    found = rows_of(locked, "pk", [each.pk for each in imports])
    if not found:
        raise NoSuchImport("None of them has ended, or they were cleared already. Nothing to do.")
    for each in found:
        each.cleared_at, each.fixes = now, []
    update_many(found, ["cleared_at", "fixes"])
    ids = sorted(each.pk for each in found)
    publish(PreviewsCleared(ids))
    return ids
