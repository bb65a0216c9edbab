"""What the time books hold already of the machines: work that is taken over must fit in between."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q

from obeya.modules.production.past_rows import PastOrder
from obeya.plant.ledgers.models import TimeLog
from obeya.plant.resources.models import Equipment
from obeya.plant.work.models import JobOrder

STILL = datetime.max.replace(tzinfo=UTC)  # what is under way keeps its machine
Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class TimeBooks:
    """By the machine's code: when it worked for a job, and when it stood still for none."""

    worked: dict[str, list[Window]] = field(default_factory=lambda: defaultdict(list))
    stood: dict[str, list[Window]] = field(default_factory=lambda: defaultdict(list))


def lock(machines: Iterable[Equipment]) -> None:
    """Two lists that name the same machine: the second one sees what the first has written."""
    ids = {machine.pk for machine in machines}
    list(Equipment.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def time_books(rows: Sequence[PastOrder], machines: Iterable[Equipment]) -> TimeBooks:
    """Since the first of these jobs began; two queries."""
    books = TimeBooks()
    codes = {machine.pk: machine.code for machine in machines}
    begun = [job.began_at for row in rows for job in row.jobs if job.began_at]
    if not codes or not begun:
        return books
    lasts = Q(ended_at=None) | Q(ended_at__gt=min(begun))
    spans = TimeLog.objects.standing().filter(
        lasts, person=None, equipment__in=codes, kind__in=("setup", "run", "down")
    )
    for machine, job, began, ended in spans.values_list(
        "equipment", "job", "began_at", "ended_at"
    ).order_by("began_at"):
        kept = books.stood if job is None else books.worked
        kept[codes[machine]].append((began, ended or STILL))
    untimed = JobOrder.objects.filter(
        ~Exists(TimeLog.objects.filter(job=OuterRef("pk"))),
        Q(actual_end_at=None) | Q(actual_end_at__gt=min(begun)),
        equipment__in=codes,
        actual_start_at__isnull=False,
    )
    for machine, began, ended in untimed.values_list(
        "equipment", "actual_start_at", "actual_end_at"
    ):
        books.worked[codes[machine]].append((began, ended or STILL))
    return books
