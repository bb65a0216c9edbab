"""What there is to schedule: every open operation of every order that the site makes."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

from django.db.models import Q

from obeya.plant.resources.models import Site
from obeya.plant.work.models import (
    JobOrder,
    JobSpecification,
    Operation,
    OperationPredecessor,
    SupplyOrder,
)

DONE = ("completed", "closed", "cancelled")


@dataclass(frozen=True, eq=False)
class Step:
    """One operation of one order, with its job once the order is firm."""

    order: SupplyOrder
    number: int
    how: Operation | JobSpecification  # the routing's word, or the job's own once it has one
    operation: Operation | None
    job: JobOrder | None
    worked_s: int = 0  # run seconds spent on it so far

    @property
    def key(self) -> tuple[int, int, int]:
        """Stable across plans: order, operation number, split."""
        return self.order.pk, self.number, self.job.split if self.job else 1

    @property
    def address(self) -> str:
        """Its key in the address of a page: 1042.20.1."""
        return ".".join(map(str, self.key))

    @property
    def is_done(self) -> bool:
        return self.job is not None and self.job.dispatch_status in DONE

    @property
    def is_running(self) -> bool:
        return self.job is not None and self.job.dispatch_status == "running"

    @property
    def label(self) -> str:
        if self.job is not None:
            return self.job.code
        return f"{self.order.material.code}/{self.number}"

    @property
    def is_begun(self) -> bool:
        return self.job is not None and self.job.actual_start_at is not None

    @property
    def made(self) -> Decimal:
        """Good and scrap reported so far."""
        totals = getattr(self.job, "totals", None)
        return totals.good + totals.scrap if totals else Decimal(0)

    @property
    def left(self) -> Decimal:
        """Quantity still to be made."""
        if self.job is None:
            return self.order.quantity
        return max(self.job.quantity - self.made, Decimal(0))

    def run_seconds(self, per_unit: Decimal | None = None) -> int:
        """Working seconds of what is left; a job that has begun needs at least one.

        Reported pieces say how far it is; until the first report only the clock does.
        """
        per_unit = self.how.run_s if per_unit is None else per_unit
        run = int((self.left * per_unit).to_integral_value(ROUND_CEILING))
        if not self.is_begun:
            return run + self.how.fixed_run_s
        if self.made:
            return max(run + max(self.how.fixed_run_s - self.worked_s, 0), 1)
        return max(run + self.how.fixed_run_s - self.worked_s, 1)


@dataclass(frozen=True)
class WayBetween:
    """How an operation follows another one of its order; ``end_lag`` not None: in batches [s]."""

    lag: int
    maximum_wait: int = -1
    end_lag: int | None = None


def lag_between(before: Step, after: Step) -> int:
    """Moving and waiting between two operations [s]."""
    return int(before.how.move_s + after.how.queue_s)


def way_between(before: Step, after: Step) -> WayBetween:
    """Transport, queue, overlap and time limit of the routing."""
    lag = lag_between(before, after)
    limit = before.how.maximum_wait_s
    transfer = before.how.transfer_quantity
    if transfer and limit is None and transfer < before.left:
        share = int(before.how.run_s * transfer)
        rest = int(after.how.run_s * transfer)
        return WayBetween(share + lag, end_lag=lag + rest)
    return WayBetween(lag, -1 if limit is None else max(limit, lag))


@dataclass(frozen=True)
class Work:
    """All steps of a site under one plan run, and which of them wait for which."""

    site: Site
    run_id: int | None
    steps: list[Step]
    links: Sequence[tuple[int, int]]  # operation ids: predecessor, operation

    @cached_property
    def by_order(self) -> Mapping[int, list[int]]:
        """Order id → positions of its steps, by operation number."""
        rows: dict[int, list[int]] = defaultdict(list)
        for index, step in enumerate(self.steps):
            rows[step.order.pk].append(index)
        return {order: sorted(r, key=lambda i: self.steps[i].number) for order, r in rows.items()}

    @cached_property
    def predecessors(self) -> Mapping[int, list[int]]:
        """Step → the steps of its order that come before it."""
        linked: dict[int, list[int]] = defaultdict(list)
        for before, after in self.links:
            linked[after].append(before)
        result: dict[int, list[int]] = {}
        for rows in self.by_order.values():
            result |= self._within(rows, linked)
        return result

    def _within(self, rows: list[int], linked: Mapping[int, list[int]]) -> dict[int, list[int]]:
        at = {step.operation.pk: i for i in rows if (step := self.steps[i]).operation is not None}
        if not any(linked.get(operation) for operation in at):  # no links at all: a chain
            return {after: [before] for before, after in itertools.pairwise(rows)}
        result = {
            index: [at[before] for before in linked[operation] if before in at]
            for operation, index in at.items()
        }
        last = rows[-1]  # the highest number finishes the order, so every open end leads to it
        waited_for = {before for befores in result.values() for before in befores}
        result[last] += [i for i in rows[:-1] if i not in waited_for and i not in result[last]]
        return result

    def first_steps(self, order_id: int) -> list[int]:
        return [i for i in self.by_order[order_id] if not self.predecessors.get(i)]


def load_work(site: Site, *, run_id: int | None) -> Work:
    """Read proposals of the run and every binding order, in a fixed number of queries."""
    wanted = Q(status__in=["firm", "released", "started"])
    if run_id is not None:
        wanted |= Q(status="proposed", plan_run=run_id)
    orders = {
        order.pk: order
        for order in SupplyOrder.objects.at(site)
        .filter(wanted, kind="make")
        .select_related("material__unit", "plan_run")
        .order_by("due_at", "pk")
    }
    jobs = _jobs(orders)
    operations = _operations(site, orders.values())
    steps: list[Step] = []
    for order in orders.values():
        routing = {o.number: o for o in operations[order.material_revision_id]}
        mine = jobs.get(order.pk)
        if mine:
            steps += [_step_of_job(order, job, routing) for job in mine]
        else:
            steps += [Step(order, number, o, o, None) for number, o in routing.items()]
    links = OperationPredecessor.objects.filter(operation__site=site).order_by("pk")
    return Work(site, run_id, steps, list(links.values_list("predecessor", "operation")))


def _step_of_job(order: SupplyOrder, job: JobOrder, routing: Mapping[int, Operation]) -> Step:
    specification = getattr(job, "specification", None)
    operation = routing.get(job.operation_number)
    return Step(order, job.operation_number, specification or operation, operation, job)


def _jobs(orders: Mapping[int, SupplyOrder]) -> dict[int, list[JobOrder]]:
    rows: dict[int, list[JobOrder]] = defaultdict(list)
    binding = [pk for pk, order in orders.items() if order.status != "proposed"]
    jobs = JobOrder.objects.filter(supply_order__in=binding, work_type="production")
    for job in jobs.select_related("specification", "totals", "equipment").order_by(
        "operation_number", "split"
    ):
        rows[job.supply_order_id].append(job)
    return rows


def _operations(site: Site, orders: Iterable[SupplyOrder]) -> dict[int, list[Operation]]:
    rows: dict[int, list[Operation]] = defaultdict(list)
    revisions = {order.material_revision_id for order in orders}
    operations = Operation.objects.at(site).filter(revision__in=revisions)
    for operation in operations.select_related("subcontractor").order_by("number"):
        rows[operation.revision_id].append(operation)
    return rows
