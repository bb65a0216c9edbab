"""What is wrong with work that somebody wants taken over: every problem, all at once."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from obeya.modules.production.past_books import STILL, TimeBooks
from obeya.modules.production.past_rows import PastJob, PastOrder
from obeya.plant.log.checking import RowCheck
from obeya.plant.log.refusal import Problem, RowsRefused
from obeya.plant.resources.models import Equipment, Material, MaterialLot, MaterialRevision, Reason
from obeya.plant.work.models import Operation

KINDS = ("setup", "run", "down")
Found = tuple[str, str, str, str]  # rule, remedy, field, value
Occupied = tuple[datetime, datetime, int, int]  # from, until, row, operation
BOOKED = -1  # instead of a row: it stands in the books


@dataclass(frozen=True)
class Known:
    """What the rows name, by its code."""

    materials: Mapping[str, Material]
    revisions: Mapping[int, MaterialRevision]  # in force, by material
    operations: Mapping[int, Sequence[Operation]]  # by revision
    machines: Mapping[str, Equipment]
    homes: Mapping[int, Equipment]  # storage by material
    lots: Mapping[tuple[int, str], MaterialLot]
    reasons: Mapping[tuple[str, str], Reason]  # kind, code

    def operations_of(self, material: str) -> Sequence[Operation]:
        revision = self.revisions.get(self.materials[material].pk)
        return self.operations.get(revision.pk, ()) if revision else ()


def refuse_unwritable(rows: Sequence[PastOrder]) -> None:
    """What is no order at all, or what no column can hold, before anything is looked up by it."""
    if not rows:
        raise RowsRefused([Problem("no rows", "Name at least one order.", field="rows")])
    jobs = [(index, job) for index, row in enumerate(rows) for job in row.jobs]
    problems = RowCheck(rows).problems
    problems += _inside("needs", [(i, use) for i, row in enumerate(rows) for use in row.needs])
    problems += _inside("jobs", jobs)
    problems += _inside("jobs", [(index, span) for index, job in jobs for span in job.spans])
    problems += _inside("jobs", [(index, use) for index, job in jobs for use in job.uses])
    if problems:
        raise RowsRefused(sorted(problems, key=lambda problem: problem.row or 0))


def _inside(field: str, parts: Sequence[tuple[int, Any]]) -> list[Problem]:
    """What is wrong with parts of orders, said of the order's row and its field."""
    return [
        Problem(
            f"{each.field}: {each.rule}", each.remedy, parts[each.row or 0][0], field, each.value
        )
        for each in RowCheck([part for _, part in parts]).problems
    ]


def refuse_wrong(
    rows: Sequence[PastOrder], known: Known, books: TimeBooks, *, now: datetime
) -> None:
    problems = [
        Problem(rule, remedy, index, field, value)
        for index, row in enumerate(rows)
        for rule, remedy, field, value in _of_order(row, known, now)
    ]
    problems += _two_at_once(rows, known, books)
    problems += _while_it_stood(rows, books)
    if problems:
        raise RowsRefused(sorted(problems, key=lambda problem: problem.row or 0))


def _of_order(row: PastOrder, known: Known, now: datetime) -> Iterator[Found]:
    yield from _of_head(row, now)
    named = {row.material, *(use.material for use in row.needs)}
    named |= {use.material for job in row.jobs for use in job.uses}
    unknown = sorted(named - known.materials.keys())
    for code in unknown:
        yield f"unknown material {code}", "Enter that material first.", "material", code
    if unknown:
        return
    for code in sorted(named):
        if known.materials[code].pk not in known.homes:
            yield (
                f"{code} has no storage",
                "Say on the material where it is kept.",
                "material",
                code,
            )
    if known.materials[row.material].pk not in known.revisions:
        rule = f"{row.material} has no revision in force"
        yield rule, "Enter its operations first.", "material", row.material
        return
    routing = [operation.number for operation in known.operations_of(row.material)]
    if [job.operation for job in row.jobs] != routing:
        rule = f"{row.material} is made in the operations {_list(routing)}"
        yield (
            rule,
            "Give a job for each of them, in order.",
            "jobs",
            _list([job.operation for job in row.jobs]),
        )
        return
    before: PastJob | None = None
    for job, operation in zip(row.jobs, known.operations_of(row.material), strict=True):
        yield from _of_job(job, operation, known, now)
        if before and job.began_at and not (before.ended_at and before.ended_at <= job.began_at):
            rule = f"operation {job.operation} began before {before.operation} had ended"
            yield rule, "Put their times in order.", "jobs", f"{job.began_at:%Y-%m-%d %H:%M}"
        before = job


def _of_head(row: PastOrder, now: datetime) -> Iterator[Found]:
    """Its quantities and its release."""
    if row.quantity <= 0:
        yield "not above 0", "Write a number above 0.", "quantity", str(row.quantity)
    for use in row.needs:
        if use.quantity <= 0:
            rule = f"needs of {use.material} not above 0"
            yield rule, "Write a number above 0, or leave it out.", "needs", str(use.quantity)
    released = str(row.released_at)
    if row.released_at > now:
        rule = "its release lies in the future"
        yield rule, "Take over what has happened.", "released_at", released
    elif row.jobs and row.jobs[0].began_at and row.jobs[0].began_at < row.released_at:
        yield "work began before the release", "Put the release first.", "released_at", released


def _of_job(job: PastJob, operation: Operation, known: Known, now: datetime) -> Iterator[Found]:
    said = f"operation {job.operation}"
    if job.good < 0 or job.scrap < 0:
        yield f"{said}: quantities below 0", "Write 0 or more.", "jobs", f"{job.good}, {job.scrap}"
    if job.began_at is None and (job.good or job.scrap):
        rule = f"{said} has pieces and has not begun"
        yield rule, "Say when it began.", "jobs", f"{job.good}, {job.scrap}"
    if job.ended_at is not None and (job.began_at is None or job.ended_at < job.began_at):
        yield f"{said} ended before it began", "Put its times in order.", "jobs", str(job.ended_at)
    if (job.ended_at or job.began_at or now) > now:
        yield (
            f"{said} lies in the future",
            "Take over what has happened.",
            "jobs",
            str(job.ended_at or job.began_at),
        )
    needs_machine = operation.subcontractor_id is None and job.began_at is not None
    if (needs_machine or job.equipment) and job.equipment not in known.machines:
        rule = f"{said}: unknown machine {job.equipment}"
        yield rule, "Name a machine of the site.", "jobs", job.equipment
    if job.scrap_reason and ("scrap", job.scrap_reason) not in known.reasons:
        rule = f"{said}: unknown reason {job.scrap_reason} of scrap"
        yield rule, "Enter the reason first, or leave it empty.", "jobs", job.scrap_reason
    yield from _of_spans(job, known, now)
    yield from _of_uses(job, known)


def _of_spans(job: PastJob, known: Known, now: datetime) -> Iterator[Found]:
    said = f"operation {job.operation}"
    for span in job.spans:
        if span.kind not in KINDS:
            yield f"{said}: unknown kind {span.kind}", f"Write {_list(KINDS)}.", "jobs", span.kind
        if span.reason and ("down", span.reason) not in known.reasons:
            rule = f"{said}: unknown reason {span.reason} of a stop"
            yield rule, "Enter the reason first, or leave it empty.", "jobs", span.reason
        ends = span.ended_at or now
        if job.began_at is None or span.began_at < job.began_at or ends > (job.ended_at or now):
            rule = f"{said}: time outside the job"
            yield rule, "Put it between its beginning and its end.", "jobs", str(span.began_at)
        elif ends < span.began_at:
            yield f"{said}: time below 0", "Put its end last.", "jobs", str(span.began_at)
    for before, after in itertools.pairwise(sorted(job.spans, key=lambda span: span.began_at)):
        if after.began_at < (before.ended_at or STILL):
            rule = f"{said}: {before.kind} and {after.kind} at the same time"
            yield rule, "End the one before the other begins.", "jobs", str(after.began_at)


def _of_uses(job: PastJob, known: Known) -> Iterator[Found]:
    if job.uses and job.began_at is None:
        rule = f"operation {job.operation} has used material and has not begun"
        yield rule, "Say when it began.", "jobs", job.uses[0].material
    for use in job.uses:
        if use.quantity <= 0:
            rule = f"operation {job.operation}: use of {use.material} not above 0"
            yield rule, "Write a number above 0, or leave it out.", "jobs", str(use.quantity)
        material = known.materials[use.material]
        if (use.lot or material.is_lot_tracked) and (material.pk, use.lot) not in known.lots:
            rule = f"operation {job.operation}: {material} has no lot {use.lot or '(none named)'}"
            yield rule, "Name the lot that was used.", "jobs", use.lot


def _two_at_once(rows: Sequence[PastOrder], known: Known, books: TimeBooks) -> Iterator[Problem]:
    """A machine works for one job at a time, or for as many as go in together."""
    work: dict[str, list[Occupied]] = defaultdict(list)
    for index, row in enumerate(rows):
        for job in row.jobs:
            if job.equipment in known.machines and job.began_at:
                until = job.ended_at or STILL
                work[job.equipment].append((job.began_at, until, index, job.operation))
    for code, jobs in work.items():
        machine = known.machines[code]
        room = max(machine.capacity, machine.batch_places or 1)
        jobs += [(began, ended, BOOKED, 0) for began, ended in books.worked.get(code, ())]
        inside: list[Occupied] = []
        for each in sorted(jobs):
            inside = [other for other in inside if other[1] > each[0]]
            inside.append(each)
            ours = [other for other in inside if other[2] != BOOKED]
            if len(inside) > room and ours:
                _, _, index, operation = ours[-1]
                rule = f"operation {operation}: {code} works for {len(inside)} jobs at once"
                if len(ours) < len(inside):
                    rule += f", {len(inside) - len(ours)} of them in the books already"
                remedy = f"{code} has room for {room}. Correct a time or the machine."
                yield Problem(rule, remedy, index, "jobs", f"{each[0]:%Y-%m-%d %H:%M}")


def _while_it_stood(rows: Sequence[PastOrder], books: TimeBooks) -> Iterator[Problem]:
    """What the books say of a machine that stood still, no job of before can say otherwise."""
    for index, row in enumerate(rows):
        for job in row.jobs:
            for span in job.spans:
                ended = span.ended_at or STILL
                for since, until in books.stood.get(job.equipment, ()):
                    if span.began_at < until and since < ended:
                        rule = (
                            f"operation {job.operation}: {job.equipment} stood still from "
                            f"{since:%Y-%m-%d %H:%M} UTC on, as the books say"
                        )
                        remedy = "Correct a time or the machine."
                        yield Problem(
                            rule, remedy, index, "jobs", f"{span.began_at:%Y-%m-%d %H:%M}"
                        )


def _list(values: Sequence[object]) -> str:
    return ", ".join(map(str, values)) or "none"
