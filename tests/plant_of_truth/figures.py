"""Load and OEE per work center, from what was reported: in the ledgers, or on its way there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from obeya.plant.ledgers.models import TimeLog
from obeya.plant.work.models import JobOrder
from obeya_demo_plant.floor import Floor
from obeya_demo_plant.seen import Order

HOUR_S = 3600
BEFORE = 0  # when a job began that was under way at the first look
Span = tuple[int, int, str]  # from, until, the job that it belongs to: none while down alone


@dataclass
class Figures:
    """Of one work center, for the lots that were finished: their hours and their pieces.

    A lot that is being made at the end has taken its setup and has not brought its pieces: a week
    that counts the one and not the other shows a furnace three points below what it is.
    """

    open_h: float = 0.0  # its machines' working hours, of the whole time
    taken_h: float = 0.0  # of them: with a job, or down
    ideal_h: float = 0.0  # good pieces at their true time

    @property
    def oee(self) -> float:
        return 100 * self.ideal_h / self.taken_h if self.taken_h else 0.0


@dataclass(frozen=True)
class Made:
    """A job that somebody has begun."""

    code: str
    machine: str
    material: str
    family: str
    operation: int
    run_s: float
    fixed_s: float
    good: int
    scrap: int
    began: int
    is_done: bool


@dataclass
class Told:
    """What is known of some days: spans in which a machine worked or was down, and its jobs."""

    spans: Mapping[str, Sequence[Span]]
    jobs: Sequence[Made]

    def whole(self, first: int) -> list[Made]:
        """Begun since then and finished: the plant has a past, which is no part of the days."""
        return [job for job in self.jobs if job.is_done and job.began >= first]


def figures(floor: Floor, told: Told, *, first: int, last: int) -> dict[str, Figures]:
    found: dict[str, Figures] = defaultdict(Figures)
    whole = told.whole(first)
    cut = {job.code for job in told.jobs} - {job.code for job in whole}
    for place in floor.places.values():
        hours, each = floor.sight.hours[place.calendar], found[place.center]
        each.open_h += hours.worked(first, last) / HOUR_S
        for begin, end in _merged(_of_others(told.spans.get(place.code, ()), cut)):
            each.taken_h += hours.worked(max(begin, first), min(end, last)) / HOUR_S
    batches = defaultdict(list)
    for job in whole:
        if job.fixed_s:
            batches[job.machine, job.began].append(job)
            continue
        true_s = job.run_s * floor.truth.time_factor(job.material, job.operation)
        found[floor.places[job.machine].center].ideal_h += job.good * true_s / HOUR_S
    for (machine, _), jobs in batches.items():
        good = sum(job.good for job in jobs) / sum(job.good + job.scrap for job in jobs)
        hours_h = max(job.fixed_s for job in jobs) / HOUR_S
        found[floor.places[machine].center].ideal_h += good * hours_h
    return found


def _of_others(spans: Sequence[Span], cut: Set[str]) -> list[tuple[int, int]]:
    """A machine that is down while a lot is being made is down for that lot."""
    kept, last = [], ""
    for begin, end, job in sorted(spans):
        last = job or last
        if last not in cut:
            kept.append((begin, end))
    return kept


def from_books(*, last: int) -> Told:
    spans = defaultdict(list)
    rows = TimeLog.objects.standing().filter(person=None, equipment__isnull=False)
    for row in rows.filter(kind__in=["run", "down"]).select_related("equipment", "job"):
        end = int(row.ended_at.timestamp()) if row.ended_at else last
        job = row.job.code if row.job and row.kind == "run" else ""
        spans[row.equipment.code].append((int(row.began_at.timestamp()), end, job))
    begun = JobOrder.objects.filter(equipment__isnull=False, actual_start_at__isnull=False)
    jobs = [
        Made(
            code=job.code,
            machine=job.equipment.code,
            material=job.supply_order.material.code,
            family=job.specification.setup_family or "",
            operation=job.operation_number,
            run_s=float(job.specification.run_s),
            fixed_s=float(job.specification.fixed_run_s),
            good=int(job.totals.good),
            scrap=int(job.totals.scrap),
            began=int(job.actual_start_at.timestamp()),
            is_done=job.dispatch_status == "completed",
        )
        for job in begun.select_related(
            "totals", "specification", "supply_order__material", "equipment"
        )
    ]
    return Told(spans, jobs)


@dataclass
class _Hearing:
    """Messages put together as the product does."""

    floor: Floor
    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    running: dict[str, tuple[str, int]] = field(default_factory=dict)  # job: machine, since
    down: dict[str, int] = field(default_factory=dict)
    began: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    pieces: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def hear(self, verb: str, row: Mapping[str, Any]) -> None:
        at = int(datetime.fromisoformat(row["at"]).timestamp())
        if verb == "job-reports":
            self.pieces[row["job"]][0] += row["good"]
            self.pieces[row["job"]][1] += row["scrap"]
        elif verb == "downtimes":
            machine = row["equipment"]
            self._end([job for job, (where, _) in self.running.items() if where == machine], at)
            self.down[machine] = at
        elif verb == "downtime-ends":
            self.spans[row["equipment"]].append((self.down.pop(row["equipment"]), at, ""))
        elif machine := self.floor.state.jobs[row["job"]].equipment:
            if verb == "job-starts":
                self.running[row["job"]] = machine, at
                self.began.setdefault(row["job"], at)
            else:
                self._end([row["job"]], at)
            if verb == "job-completions":
                self.done.add(row["job"])

    def _end(self, jobs: Iterable[str], at: int) -> None:
        for job in jobs:
            machine, since = self.running.pop(job)
            self.spans[machine].append((since, at, job))


def from_messages(floor: Floor, orders: Iterable[Order], *, last: int) -> Told:
    """Of a floor that has never sent any, and that found these orders when it came.

    Nobody has told that what runs at the first look has been started.
    """
    heard = _Hearing(floor)
    for order in orders:
        if order.equipment and order.status in ("running", "interrupted"):
            heard.began[order.code] = BEFORE
            if order.status == "running":
                heard.running[order.code] = order.equipment, floor.state.began
    for message in floor.state.outbox:
        for row in message["rows"]:
            heard.hear(message["verb"], row)
    for code, (machine, since) in heard.running.items():
        heard.spans[machine].append((since, last, code))
    for machine, since in heard.down.items():
        heard.spans[machine].append((since, last, ""))
    made = []
    for code, began in heard.began.items():
        job, (good, scrap) = floor.state.jobs[code], heard.pieces[code]
        made.append(
            Made(
                code=code,
                machine=job.equipment,
                material=job.material,
                family=job.family,
                operation=job.operation,
                run_s=job.run_s,
                fixed_s=job.fixed_s,
                good=good,
                scrap=scrap,
                began=began,
                is_done=code in heard.done,
            )
        )
    return Told(heard.spans, made)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A batch of two jobs takes its furnace once."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged
