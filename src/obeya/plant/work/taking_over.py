"""Orders and jobs that have a past already: written with every step that they took, and when.

For the day on which a plant begins with Obeya, and for the demo. The steps must be ones that the
state machines allow; whoever writes them has checked the rest.
"""

import itertools
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from obeya.plant.log.actor import Actor
from obeya.plant.log.bulk import insert_columns, insert_many
from obeya.plant.log.refusal import Problem
from obeya.plant.work import job_states, supply_states
from obeya.plant.work.models import (
    JobOrder,
    JobSpecification,
    JobTotals,
    JobTransition,
    Operation,
    SupplyOrder,
    SupplyOrderTransition,
)
from obeya.plant.work.transitions import Allowed, StepRefused

Steps = Sequence[tuple[str, datetime]]  # state → since when, from the first to today's
TOTALS = [
    each.attname for each in JobTotals._meta.concrete_fields if each.name not in ("id", "job")
]
OWN = ("id", "job", "operation", "is_frozen")  # of a specification: not its operation's
SPECIFIED = [
    each.attname for each in JobSpecification._meta.concrete_fields if each.name not in OWN
]


def write_orders(
    orders: Sequence[SupplyOrder], histories: Sequence[Steps], *, by: Actor
) -> list[SupplyOrder]:
    """New orders in the state in which their history ends."""
    _check(orders, histories, supply_states.ALLOWED)
    for order, steps in zip(orders, histories, strict=True):
        order.status = steps[-1][0]
    insert_many(orders, ids=True)
    columns = _columns([order.pk for order in orders], histories, by)
    insert_columns(SupplyOrderTransition, {"supply_order_id": columns.pop("row_id"), **columns})
    return list(orders)


def write_jobs(
    jobs: Sequence[JobOrder],
    histories: Sequence[Steps],
    *,
    operations: Sequence[Operation],
    by: Actor,
) -> list[JobOrder]:
    """New jobs in the state in which their history ends, specified by their operations.

    Their totals are empty: the ledgers fill them.
    """
    _check(jobs, histories, job_states.ALLOWED)
    for job, steps in zip(jobs, histories, strict=True):
        job.dispatch_status = steps[-1][0]
        job.revision = len(steps) - 1
    insert_many(jobs, ids=True)
    ids = [job.pk for job in jobs]
    are_frozen = [len(steps) > 1 for steps in histories]
    copied = _specified(operations)
    insert_columns(JobSpecification, {"job_id": ids, "is_frozen": are_frozen, **copied})
    nothing = dict.fromkeys(TOTALS, [Decimal(0)] * len(ids))
    insert_columns(JobTotals, {"job_id": ids, **nothing})
    columns = _columns(ids, histories, by)
    insert_columns(JobTransition, {"job_id": columns.pop("row_id"), **columns})
    return list(jobs)


def _specified(operations: Sequence[Operation]) -> dict[str, list[object]]:
    """What jobs copy of their operations: few operations, many jobs."""
    copied: dict[str, list[object]] = {"operation_id": [each.pk for each in operations]}
    for name in SPECIFIED:
        copied[name] = [getattr(each, name) for each in operations]
    return copied


def _columns(ids: Sequence[int], histories: Sequence[Steps], by: Actor) -> dict[str, list[object]]:
    rows: list[tuple[int, str, str, datetime]] = []
    for pk, steps in zip(ids, histories, strict=True):
        before = ""
        for state, at in steps:
            rows.append((pk, before, state, at))
            before = state
    return {
        "row_id": [row[0] for row in rows],
        "from_status": [row[1] for row in rows],
        "to_status": [row[2] for row in rows],
        "at": [row[3] for row in rows],
        "by_id": [by.account_id] * len(rows),
    }


def _check(
    rows: Sequence[SupplyOrder] | Sequence[JobOrder], histories: Sequence[Steps], allowed: Allowed
) -> None:
    problems = []
    for number, (row, steps) in enumerate(zip(rows, histories, strict=True)):
        for (before, since), (after, at) in itertools.pairwise(steps):
            if after not in allowed[before]:
                rule = f"{row} cannot go from {before} to {after}"
            elif at < since:
                rule = f"{row} became {after} before it was {before}"
            else:
                continue
            problems.append(Problem(rule, "Put its steps in order.", number, "status", after))
    if problems:
        raise StepRefused(problems)
