"""Files that nobody needs any more: abandoned on their way in or halfway, taken over, or orphaned;
and what their previews say of rows.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Max, Q

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import (
    clear_previews,
    forget_imports,
    give_up_imports,
    to_clear,
    to_give_up,
)
from obeya.modules.exchange.models import FileImport, ShadowDifference, ShadowNight
from obeya.modules.exchange.writing_preview import forget_cleared
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.runs import OPEN

KEPT = timedelta(days=7)  # a preview after its last check
KEPT_HALFWAY = timedelta(days=30)  # what is left of an import of which a part is in
KEPT_OF_AN_ERP = timedelta(days=90)  # a file after the last night on which it came
KEPT_OF_AN_IMPORT = timedelta(days=90)  # what its preview says of rows, after its end
_AT_ONCE = 100


def sweep_imports(*, by: Actor, **_: Any) -> None:
    """Timetable: leave the previews that were neither taken over nor left, give up those with which
    nobody goes on, then take away the files that no preview reads: a file is not read again once
    it is taken over, given up or being undone.
    """
    before = clock.real_now() - KEPT
    abandoned = FileImport.objects.filter(
        applied_at=None, begun_at=None, checked_at__lt=before
    ).exclude(run__status__in=OPEN)
    while imports := list(abandoned.order_by("pk")[:_AT_ONCE]):
        forget_imports(imports=imports, by=by, source="system")
    _give_up_halfway(by)
    waiting = FileImport.objects.filter(
        applied_at=None, given_up_at=None, undo_begun_at=None, undone_at=None
    )
    read = set(waiting.values_list("stored_as", flat=True))
    for place in uploads.sent_before(before):
        if place not in read:
            uploads.forget(place)
    _sweep_nights(read)
    _clear_previews(by)


def _give_up_halfway(by: Actor) -> None:
    """Whoever would go on with the rest has the file; sent again, it shows what is left."""
    stopped_before = clock.real_now() - KEPT_HALFWAY
    stopped = to_give_up(stopped_before)
    while imports := list(stopped.order_by("pk")[:_AT_ONCE]):
        give_up_imports(imports=imports, before=stopped_before, by=by, source="system")


def _clear_previews(by: Actor) -> None:
    """What was imported stands in the plant and in the log; its preview may name people too."""
    over = to_clear(clock.real_now() - KEPT_OF_AN_IMPORT)
    while imports := list(over.order_by("pk")[:_AT_ONCE]):
        clear_previews(imports=imports, by=by, source="system")
    forget_cleared()


def _sweep_nights(read: Collection[str]) -> None:
    """Files of the ERP go when no night of the last months had them, nothing still reads them,
    no difference was found in them, and they are not the last word of their list.
    """
    before = clock.real_now() - KEPT_OF_AN_ERP
    nights = ShadowNight.objects.order_by()
    taken = nights.filter(state=ShadowNight.State.TAKEN)
    last = taken.values("source").annotate(last=Max("pk")).values("last")
    told = ShadowDifference.objects.order_by().values("night")
    named = nights.filter(Q(at__gte=before) | Q(pk__in=last) | Q(pk__in=told))
    needed = set(named.values_list("sha256", flat=True))
    for sha256, place in uploads.taken_before(before):
        if sha256 not in needed and place not in read:
            uploads.forget(place)
