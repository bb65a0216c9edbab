"""Files that nobody needs any more: abandoned on their way in, taken over, or orphaned."""

from datetime import timedelta
from typing import Any

from obeya.modules.exchange import uploads
from obeya.modules.exchange.actions import forget_imports
from obeya.modules.exchange.models import FileImport
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.runs import OPEN

KEPT = timedelta(days=7)  # a preview after its last check
_AT_ONCE = 100


def sweep_imports(*, by: Actor, **_: Any) -> None:
    """Timetable: leave the previews that were neither taken over nor left, then the files that
    no preview reads: a file is not read again once it is taken over.
    """
    before = clock.real_now() - KEPT
    abandoned = FileImport.objects.filter(
        applied_at=None, begun_at=None, checked_at__lt=before
    ).exclude(run__status__in=OPEN)
    while imports := list(abandoned.order_by("pk")[:_AT_ONCE]):
        forget_imports(imports=imports, by=by, source="system")
    waiting = FileImport.objects.filter(applied_at=None)
    read = set(waiting.values_list("stored_as", flat=True))
    for place in uploads.sent_before(before):
        if place not in read:
            uploads.forget(place)
