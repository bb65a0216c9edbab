"""The time ledger's ways in: post a span, end an open one, reverse a wrong one.

Called inside actions. The totals of jobs follow in the same transaction: they count the spans of
equipment and jobs, not those of people: a crew of three does not make a job run three times.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F, Sum

from obeya.plant.ledgers.models import TimeLog
from obeya.plant.log import clock
from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_columns, insert_many
from obeya.plant.log.checking import MOST_IN_A_QUERY
from obeya.plant.log.one_moment import one_moment
from obeya.plant.log.refusal import Refusal
from obeya.plant.resources.models import Equipment, Person, Reason, Site
from obeya.plant.work.models import JobOrder, JobTotals
from obeya.plant.work.totals import Addition, add

COUNTED = {"setup": "setup_s", "run": "run_s", "down": "down_s"}  # kind → field of the totals
MICROSECOND = timedelta(microseconds=1)


class AlreadyRunning(Refusal):
    """The equipment has an open run span on that job."""


class NotOpen(Refusal):
    """Only a span that is open can be ended, and not before it began."""


class NotReversible(Refusal):
    """Only a span that is closed, standing and no reversal itself can be reversed."""


@dataclass(frozen=True)
class Span:
    """What was, or is being, done; without `ended_at` it is open."""

    kind: str
    began_at: datetime
    ended_at: datetime | None = None
    equipment: Equipment | None = None
    person: Person | None = None
    job: JobOrder | None = None
    reason: Reason | None = None


def post(*, site: Site, spans: Sequence[Span], by: Actor) -> list[TimeLog]:
    """Write spans, open or closed; all or none.

    Raises AlreadyRunning where equipment has an open run span on the same job.
    """
    _lock(span.job.pk for span in spans if span.job)
    _refuse_second_runs(spans)
    recorded_at = clock.real_now()
    rows = [
        TimeLog(site=site, recorded_at=recorded_at, by_id=by.account_id, **vars(span))
        for span in spans
    ]
    insert_many(rows, ids=True)
    _count(rows, sign=1)
    return rows


def post_many(*, site: Site, spans: Sequence[Span], by: Actor) -> None:
    """The same for tens of thousands of spans that nobody asks back: without a row for each."""
    _lock(span.job.pk for span in spans if span.job)
    _refuse_second_runs(spans)
    insert_columns(
        TimeLog,
        {
            "site_id": [site.pk] * len(spans),
            "person_id": [span.person.pk if span.person else None for span in spans],
            "equipment_id": [span.equipment.pk if span.equipment else None for span in spans],
            "job_id": [span.job.pk if span.job else None for span in spans],
            "kind": [span.kind for span in spans],
            "reason_id": [span.reason.pk if span.reason else None for span in spans],
            "began_at": [span.began_at for span in spans],
            "ended_at": [span.ended_at for span in spans],
            "recorded_at": [clock.real_now()] * len(spans),
            "by_id": [by.account_id] * len(spans),
        },
    )
    _count(spans, sign=1)


def end(*, spans: Sequence[TimeLog], at: datetime) -> list[TimeLog]:
    """End open spans, all at the same time; all or none. Returns them as they are then."""
    rows = _fresh(spans)
    for row in rows:
        if row.ended_at is not None:
            raise NotOpen(f"{row} ended already at {_said(row.ended_at)}. Post a new span.")
        if at < row.began_at:
            raise NotOpen(
                f"{row} began at {_said(row.began_at)}, after {_said(at)}."
                " Give a time after its beginning."
            )
    TimeLog.objects.filter(pk__in=[row.pk for row in rows], ended_at=None).update(ended_at=at)
    for row in rows:
        row.ended_at = at
    _count(rows, sign=1)
    return rows


def reverse(*, spans: Sequence[TimeLog], by: Actor) -> list[TimeLog]:
    """Take closed spans back: each gets a row that names it, and neither counts any more."""
    rows = _fresh(spans)
    taken = set(TimeLog.objects.filter(reverses__in=rows).values_list("reverses", flat=True))
    for row in rows:
        if row.ended_at is None:
            raise NotReversible(f"{row} is still open. End it first.")
        if row.pk in taken or row.reverses_id is not None:
            raise NotReversible(f"{row} was taken back already. Post a new span instead.")
    recorded_at = clock.real_now()
    back = [
        TimeLog(
            site_id=row.site_id,
            person_id=row.person_id,
            equipment_id=row.equipment_id,
            job_id=row.job_id,
            kind=row.kind,
            reason_id=row.reason_id,
            began_at=row.began_at,
            ended_at=row.ended_at,
            recorded_at=recorded_at,
            reverses=row,
            by_id=by.account_id,
        )
        for row in rows
    ]
    insert_many(back, ids=True)
    _count(rows, sign=-1)
    return back


@one_moment()
def disagreements() -> list[str]:
    """Proof: the hours of every job's totals are those of its standing, closed spans."""
    spent: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    grouped = (
        TimeLog.objects.standing()
        .filter(person=None, job__isnull=False, ended_at__isnull=False, kind__in=COUNTED)
        .order_by()
        .values_list("job", "kind")
        .annotate(spent=Sum(F("ended_at") - F("began_at")))
    )
    for job, kind, length in grouped:
        spent[job, COUNTED[kind]] = seconds(length)
    found = []
    for totals in JobTotals.objects.select_related("job").order_by("job").iterator():
        for name in COUNTED.values():
            said, logged = getattr(totals, name), spent.pop((totals.job_id, name), Decimal(0))
            if said != logged:
                found.append(f"{totals.job}: the totals say {said} {name}, the time log {logged}.")
    return found + [
        f"Job {job} has {name} {much} and no totals." for (job, name), much in spent.items()
    ]


def seconds(length: timedelta) -> Decimal:
    """Exact: a microsecond is a millionth."""
    return Decimal(length // MICROSECOND) / 1_000_000


def _refuse_second_runs(spans: Iterable[Span]) -> None:
    wanted = [
        (span.equipment, span.job)
        for span in spans
        if span.kind == TimeLog.Kind.RUN and span.ended_at is None and span.person is None
    ]
    pairs = [(machine.pk, job.pk) for machine, job in wanted if machine and job]
    running = TimeLog.objects.open().filter(
        kind=TimeLog.Kind.RUN,
        person=None,
        equipment__in=[machine for machine, _ in pairs],
        job__in=[job for _, job in pairs],
    )
    for row in running.select_related("equipment", "job"):
        if (row.equipment_id, row.job_id) in pairs:
            raise AlreadyRunning(
                f"{row.equipment} runs {row.job} since {_said(row.began_at)}."
                " End that span before starting another."
            )
    if len(set(pairs)) < len(pairs):
        raise AlreadyRunning("The same equipment and job are named twice. Name them once.")


def _fresh(spans: Sequence[TimeLog]) -> list[TimeLog]:
    """The rows as they are now, in the order asked, locked by their jobs."""
    _lock(row.job_id for row in spans if row.job_id)
    rows = TimeLog.objects.filter(pk__in=[row.pk for row in spans])
    found = {row.pk: row for row in rows.select_related("job", "equipment", "person")}
    return [found[pk] for pk in dict.fromkeys(row.pk for row in spans)]


def _lock(job_ids: Iterable[int]) -> None:
    chosen = sorted(set(job_ids))
    for start in range(0, len(chosen), MOST_IN_A_QUERY):
        part = JobOrder.objects.filter(pk__in=chosen[start : start + MOST_IN_A_QUERY])
        list(part.select_for_update().order_by("pk").values_list("pk"))


def _count(rows: Iterable[TimeLog] | Iterable[Span], *, sign: int) -> None:
    additions: dict[JobOrder, Addition] = defaultdict(Addition)
    for row in rows:
        if row.job and row.ended_at and row.person is None and row.kind in COUNTED:
            more, name = additions[row.job], COUNTED[row.kind]
            length = seconds(row.ended_at - row.began_at)
            setattr(more, name, getattr(more, name) + sign * length)
    add(additions)


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
