"""What an auditor adds up from the ledgers of the demo plant: no code of the plant is used."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F

from obeya.plant.ledgers.models import StockMove, TimeLog
from obeya.plant.work.models import Demand, JobOrder, SupplyOrder

NET_HOURS = {"SAW": 75, "TURN": 112.5, "MILL": 112.5, "GEAR": 75, "PRESS": 75, "WELD": 75,
             "HEAT": 156, "GRIND": 112.5, "WASH": 75, "PLATE": 75, "ASSY": 75,
             "TEST": 75}  # fmt: skip
MACHINES = {"SAW": 1, "TURN": 8, "MILL": 6, "GEAR": 3, "PRESS": 3, "WELD": 3, "HEAT": 3,
            "GRIND": 5, "WASH": 1, "PLATE": 2, "ASSY": 7, "TEST": 3}  # fmt: skip
BREAKDOWNS = {"SENSOR", "SPINDLE", "HYDRAULIC", "FIXTURE", "LOADER", "ROBOT"}
BATCHED = {"HEAT", "PLATE"}  # two lots are in a furnace together: its hours count once


class Span(NamedTuple):
    machine: str
    center: str
    kind: str
    reason: str
    began: datetime
    ended: datetime

    @property
    def hours(self) -> float:
        return (self.ended - self.began).total_seconds() / 3600


class Done(NamedTuple):
    """A job that is done, on a machine."""

    material: str
    operation: int
    machine: str
    center: str
    began: datetime
    ended: datetime
    good: float
    scrap: float
    run_h: float
    standard_s: float
    batch_s: float


def spans(*, since: datetime, until: datetime) -> list[Span]:
    """Of machines, cut at both ends; what two lots of a batch share is there once."""
    rows = TimeLog.objects.standing().filter(person=None, equipment__isnull=False)
    found = {
        Span(machine, center, kind, reason or "", max(began, since), min(ended or until, until))
        for machine, center, kind, reason, began, ended in rows.values_list(
            "equipment__code",
            "equipment__parent__code",
            "kind",
            "reason__code",
            "began_at",
            "ended_at",
        )
    }
    return sorted(each for each in found if each.began < each.ended)


def jobs_done(*, since: datetime, until: datetime) -> list[Done]:
    rows = JobOrder.objects.filter(
        dispatch_status="completed",
        equipment__isnull=False,
        actual_end_at__gt=since,
        actual_end_at__lte=until,
    )
    return [
        Done(*said, *map(float, numbers[:2]), float(numbers[2]) / 3600, *map(float, numbers[3:]))
        for *said, numbers in (
            (*row[:6], row[6:])
            for row in rows.values_list(
                "supply_order__material__code",
                "operation_number",
                "equipment__code",
                "equipment__parent__code",
                "actual_start_at",
                "actual_end_at",
                "totals__good",
                "totals__scrap",
                "totals__run_s",
                "specification__run_s",
                "specification__fixed_run_s",
            )
        )
    ]


def load_and_oee(
    taken: Iterable[Span], done: Iterable[Done], *, weeks: int
) -> Mapping[str, tuple[float, float]]:
    """Percent of net shift hours; good pieces and batches at standard over the hours taken."""
    hours: Counter[str] = Counter()
    for span in taken:
        hours[span.center] += span.hours
    ideal: Counter[str] = Counter()
    batches = {(job.machine, job.began): job for job in done if job.batch_s}
    for job in batches.values():
        ideal[job.center] += job.batch_s / 3600
    for job in done:
        ideal[job.center] += job.good * job.standard_s / 3600
    return {
        center: (
            100 * hours[center] / (net * MACHINES[center] * weeks),
            100 * ideal[center] / hours[center],
        )
        for center, net in NET_HOURS.items()
    }


def stop_shares(taken: Iterable[Span]) -> tuple[Mapping[str, float], float]:
    """Percent of the hours in which nothing was made, by cause; and what nobody has explained."""
    hours: Counter[str] = Counter()
    for span in taken:
        if span.kind == "setup":
            hours["setup"] += span.hours
        elif span.kind == "down":
            cause = "breakdown" if span.reason in BREAKDOWNS else span.reason
            hours[cause or "unclassified"] += span.hours
    unclassified = 100 * hours.pop("unclassified") / hours.total()
    return {cause: 100 * each / hours.total() for cause, each in hours.items()}, unclassified


def true_over_standard(done: Iterable[Done]) -> Mapping[tuple[str, int], float]:
    """Of each operation that is timed by the piece: its run hours over what the standard says."""
    run: Counter[tuple[str, int]] = Counter()
    said: Counter[tuple[str, int]] = Counter()
    for job in done:
        if job.standard_s and not job.batch_s:
            run[job.material, job.operation] += job.run_h
            said[job.material, job.operation] += (job.good + job.scrap) * job.standard_s / 3600
    return {row: run[row] / said[row] for row in said}


def scrap_percent(done: Iterable[Done]) -> Mapping[str, float]:
    good: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for job in done:
        good[job.center] += job.good
        lost[job.center] += job.scrap
    return {center: 100 * lost[center] / (good[center] + lost[center]) for center in good}


def in_time_percent(*, since: datetime, until: datetime) -> tuple[float, int]:
    """Lines that were due then and left by their date, as the moves say; and how many were due."""
    left = dict(
        StockMove.objects.filter(to_location__code="CUSTOMER").values_list(
            "document", "effective_at"
        )
    )
    due = Demand.objects.filter(
        kind__in=("order_line", "call_off"), due_at__gte=since, due_at__lt=until
    ).values_list("code", "due_at")
    known = [(code, at) for code, at in due if code in left or at < until]
    kept = sum(code in left and left[code] <= at for code, at in known)
    return 100 * kept / len(known), len(known)


def receipts_in_time(zone) -> Mapping[str, tuple[int, int]]:
    """Of each supplier: lines that came by the day of their date, and lines that came."""
    came = dict(
        StockMove.objects.filter(from_location__code="SUPPLIER").values_list(
            "document", "effective_at"
        )
    )
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    lines = SupplyOrder.objects.filter(kind="buy", number__in=came)
    for number, supplier, due in lines.values_list("number", "supplier__code", "due_at"):
        found[supplier][0] += came[number].astimezone(zone).date() <= due.astimezone(zone).date()
        found[supplier][1] += 1
    return {supplier: (kept, all_) for supplier, (kept, all_) in found.items()}


def absent_shifts() -> Counter[str]:
    """Missed shifts by reason."""
    rows = TimeLog.objects.standing().filter(person__isnull=False, kind="idle")
    return Counter(rows.values_list("reason__code", flat=True))


def overlaps(taken: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Spans of a machine at the same time."""
    in_order = sorted(taken, key=lambda span: (span.machine, span.began))
    return [
        (before, after)
        for before, after in itertools.pairwise(in_order)
        if before.machine == after.machine and after.began < before.ended
    ]


def ended_before_they_began() -> int:
    return JobOrder.objects.filter(actual_end_at__lt=F("actual_start_at")).count()


def weeks_before(now: datetime, weeks: int) -> datetime:
    return now - timedelta(weeks=weeks)
