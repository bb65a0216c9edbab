"""A printing shop as published, and as a plant problem.

The rules are those of the authors' constraint programming model 5:

* An operation runs on one of its machines; its work stops where the machine is not available and
  resumes after; it neither starts nor ends there.
* The setup before it depends on size, colour and varnish of both operations. It is never
  interrupted, ends exactly when the run starts, and before the first operation of a machine takes
  the longest that size, colour and varnish can ask for.
* After an operation with an overlap of theta a successor may start when the share theta of the
  work is done, rounded up, and may not end before it.
* Some operations start at a given time; none before its release.

Our plant model says all of it but two things: there a setup may stop for a break, and the lag of
an overlap is clock time and the same on every machine. `as_problem` is therefore a relaxation
(shortest lags, setups that may stop); `decode` times its schedules anew by the rules above.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from numpy.typing import ArrayLike

from ..problem import Alternative, Problem, ProblemBuilder
from ..schedule import Schedule

Span = tuple[int, int]
Attributes = tuple[int, int, int]  # size, colour, varnish
UNIT: Final = 60  # seconds of the plant problem in a unit of the shop's time
LONGEST: Final = 2**30 // UNIT - 1  # units; the search of a plant counts 2^30 seconds


@dataclass(frozen=True)
class PrintMachine:
    """Setup of a machine when the size falls or grows, the colour or the varnish changes.

    Attributes
    ----------
    available : tuple of (start, end)
        Sorted spans; after the last one the machine is always there.
    """

    smaller: int
    larger: int
    colour: int
    varnish: int
    available: tuple[Span, ...]

    def setup(self, before: Attributes | None, after: Attributes) -> int:
        """From one operation to the next; None: the machine's first operation."""
        if before is None:
            return max(self.smaller, self.larger) + self.colour + self.varnish
        of_size = 0
        if before[0] != after[0]:
            of_size = self.smaller if before[0] > after[0] else self.larger
        colour = self.colour if before[1] != after[1] else 0
        return of_size + colour + (self.varnish if before[2] != after[2] else 0)


@dataclass(frozen=True)
class PrintOperation:
    """An operation of a job.

    Attributes
    ----------
    job : int
    ways : tuple of (machine, work)
    overlap : int
        Thousandths of the work after which a successor may start.
    release : int
    fixed_start : int
        -1: free.
    attributes
    successors : tuple of int
        Operations.
    """

    job: int
    ways: tuple[Span, ...]
    overlap: int
    release: int
    fixed_start: int
    attributes: Attributes
    successors: tuple[int, ...]

    def work_on(self, machine: int) -> int:
        """Units of work on that machine.

        Raises
        ------
        KeyError
            If the machine cannot do it.
        """
        return dict(self.ways)[machine]

    def first_share(self, machine: int) -> int:
        """Work after which a successor may start; all of it without overlap."""
        return -(-self.overlap * self.work_on(machine) // 1000)


@dataclass(frozen=True)
class PrintShop:
    """Machines and operations, one or more of each; the aim is makespan."""

    machines: tuple[PrintMachine, ...]
    operations: tuple[PrintOperation, ...]

    @property
    def jobs(self) -> int:
        """Number of jobs."""
        return len({operation.job for operation in self.operations})

    def predecessors(self) -> list[list[int]]:
        """Per operation those that name it as a successor."""
        found: list[list[int]] = [[] for _ in self.operations]
        for i, operation in enumerate(self.operations):
            for after in operation.successors:
                found[after].append(i)
        return found

    def topological(self) -> list[int]:
        """Operations in an order in which predecessors come first.

        Raises
        ------
        ValueError
            If the successors go round in a circle.
        """
        left = [len(these) for these in self.predecessors()]
        order = [i for i, count in enumerate(left) if count == 0]
        for i in order:
            for after in self.operations[i].successors:
                left[after] -= 1
                if left[after] == 0:
                    order.append(after)
        if len(order) < len(left):
            raise ValueError("The successors go round in a circle.")
        return order

    @cached_property
    def horizon(self) -> int:
        """No sensible schedule is longer: one operation after the other, from the last break."""
        begin = max(
            *(machine.available[-1][1] for machine in self.machines),
            *(max(each.release, each.fixed_start) for each in self.operations),
        )
        work = sum(max(work for _, work in each.ways) for each in self.operations)
        setup = max(machine.setup(None, (0, 0, 0)) for machine in self.machines)
        return 2 * (begin + work + setup * len(self.operations))

    def spans(self, machine: int) -> tuple[Span, ...]:
        """When a machine is available, the last span up to the horizon."""
        *others, (start, _) = self.machines[machine].available
        return (*others, (start, self.horizon))


def on_machines_of_fixed(shop: PrintShop, machine: Sequence[int]) -> PrintShop:
    """The shop in which what has a given start runs on the machine that a plan gives it."""
    operations = tuple(
        replace(each, ways=((row, each.work_on(row)),)) if each.fixed_start >= 0 else each
        for each, row in zip(shop.operations, machine, strict=True)
    )
    return replace(shop, operations=operations)


def as_problem(shop: PrintShop) -> Problem:
    """The shop as a plant problem: a relaxation, see above; each job is an order due at once.

    A unit of time becomes a minute, as plants are planned by.
    """
    plan = ProblemBuilder(now=0, horizon=UNIT * shop.horizon)
    kinds = sorted({operation.attributes for operation in shop.operations})
    family = {kind: row for row, kind in enumerate(kinds)}
    for row, machine in enumerate(shop.machines):
        befores: list[Attributes | None] = [*kinds, None]  # the last: before the first operation
        matrix = [[*(UNIT * machine.setup(left, right) for right in kinds), 0] for left in befores]
        spans = [(UNIT * start, UNIT * end) for start, end in shop.spans(row)]
        plan.machine(
            calendar=plan.calendar(spans),
            setup_matrix=plan.setup_matrix(matrix),
            family=len(kinds),
        )
    orders = [plan.order(due=0) for _ in range(shop.jobs)]
    number = {job: n for n, job in enumerate(dict.fromkeys(each.job for each in shop.operations))}
    for operation in shop.operations:
        fixed = operation.fixed_start >= 0
        plan.operation(
            [Alternative(machine, UNIT * work) for machine, work in operation.ways],
            order=orders[number[operation.job]],
            family=family[operation.attributes],
            release=UNIT * operation.release,
            fixed_alternative=0 if fixed else -1,
            fixed_start=UNIT * max(operation.fixed_start, 0),
        )
    for i, operation in enumerate(shop.operations):
        shortest = min(operation.first_share(machine) for machine, _ in operation.ways)
        for after in operation.successors:
            if operation.overlap < 1000:
                plan.overlaps(after, i, lag=UNIT * shortest, end_lag=0)
            else:
                plan.follows(after, i)
    return plan.build()


def as_schedule(
    problem: Problem,
    alternative: ArrayLike,
    *,
    setup_start: Sequence[int],
    start: Sequence[int],
    end: Sequence[int],
) -> Schedule:
    """Times of the shop as a schedule of its plant problem."""
    columns = {"setup_start": setup_start, "start": start, "end": end}
    seconds = {name: [UNIT * time for time in column] for name, column in columns.items()}
    return Schedule.of(problem, alternative=alternative, **seconds)
