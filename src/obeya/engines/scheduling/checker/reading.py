"""A schedule read as plain numbers, with the working time that the definition gives."""

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, islice

from ..problem import Problem
from ..schedule import Schedule

Span = tuple[int, int]


class Reading:
    """Plain lists of a schedule, and the questions that the rules ask of them."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem, self.schedule = problem, schedule
        self.alternative: list[int] = schedule.alternative.tolist()
        self.setup_start: list[int] = schedule.setup_start.tolist()
        self.start: list[int] = schedule.start.tolist()
        self.end: list[int] = schedule.end.tolist()
        self.fixed: list[bool] = problem.fixed.tolist()
        self.started: list[bool] = (problem.operations.remaining >= 0).tolist()
        ways, chosen = problem.alternatives, schedule.alternative
        self.machine: list[int] = ways.machine[chosen].tolist()
        self.run: list[int] = ways.run[chosen].tolist()
        self.family: list[int] = ways.family[chosen].tolist()
        self.crew: list[int] = ways.crew[chosen].tolist()
        self.heads: list[int] = ways.heads[chosen].tolist()
        self.tool: list[int] = ways.tool[chosen].tolist()
        self.places: list[int] = problem.machines.places.tolist()
        self._working: dict[tuple[int, int, int], list[Span]] = {}

    def name(self, operation: int) -> str:
        """How a message calls an operation."""
        return self.problem.name("operations", operation)

    def is_resumable(self, operation: int) -> bool:
        """Whether its work may stop for off-shift time."""
        machine = self.machine[operation]
        of_machine = self.problem.machines.resumable[machine]
        return bool(of_machine and self.problem.operations.resumable[operation])

    @cached_property
    def maintenance_on(self) -> dict[int, list[tuple[int, int, int]]]:
        """Per machine the sorted (start, end, row) of its maintenance as placed."""
        jobs = self.problem.maintenance
        placed: dict[int, list[tuple[int, int, int]]] = {}
        for row, start in enumerate(self.schedule.maintenance_start.tolist()):
            span = (start, start + int(jobs.duration[row]), row)
            placed.setdefault(int(jobs.machine[row]), []).append(span)
        return {machine: sorted(spans) for machine, spans in placed.items()}

    def working(self, operation: int) -> list[Span]:
        """Intervals in which it can be worked on: machine in shift, not in maintenance, crew in."""
        machine, crew = self.machine[operation], self.crew[operation]
        key = (machine, crew, self.heads[operation] if crew >= 0 else 0)
        if key not in self._working:
            spans = self.problem.calendars.intervals(int(self.problem.machines.calendar[machine]))
            for begin, finish, _ in self.maintenance_on.get(machine, []):
                spans = list(_without(spans, begin, finish))
            if crew >= 0:
                spans = list(_both(spans, self._present(crew, key[2])))
            self._working[key] = spans
        return self._working[key]

    def _present(self, crew: int, heads: int) -> list[Span]:
        """When a crew pool has at least so many people, hand-overs joined."""
        present: list[Span] = []
        for begin, finish, capacity in self.problem.pools.steps(crew):
            if capacity < heads:
                continue
            if present and present[-1][1] == begin:
                present[-1] = (present[-1][0], finish)
            else:
                present.append((begin, finish))
        return present

    def working_from(self, operation: int, begin: int) -> Iterator[Span]:
        """The working time of an operation from a moment on."""
        spans = self.working(operation)
        for start, end in islice(spans, _first_after(spans, begin), None):
            yield max(start, begin), end

    def working_before(self, operation: int, finish: int) -> Iterator[Span]:
        """The working time of an operation up to a moment, the latest first."""
        spans = self.working(operation)
        for start, end in spans[_first_after(spans, finish) :: -1]:
            if start < finish:
                yield start, min(end, finish)

    def pieces(self, operation: int, begin: int, finish: int) -> list[Span]:
        """The working time of an operation between two moments."""
        found = []
        for start, end in self.working_from(operation, begin):
            if start >= finish:
                break
            found.append((start, min(end, finish)))
        return found

    def worked(self, operation: int, begin: int, finish: int) -> int:
        """Working seconds of an operation between two moments."""
        return sum(end - start for start, end in self.pieces(operation, begin, finish))

    @cached_property
    def sequences(self) -> dict[int, list[list[int]]]:
        """Per machine its batches in time order; elsewhere each batch is one operation."""
        rows = sorted(
            range(len(self.start)),
            key=lambda i: (self.machine[i], self.start[i], self.end[i], self.setup_start[i]),
        )
        lines: dict[int, list[list[int]]] = {}
        for machine, on_machine in groupby(rows, key=lambda i: self.machine[i]):
            if self.places[machine]:
                batches = groupby(on_machine, key=lambda i: self.start[i])
                lines[machine] = [list(batch) for _, batch in batches]
            else:
                lines[machine] = [[i] for i in on_machine]
        return lines

    def setup_asked(self, machine: int, before: list[int] | None, batch: list[int]) -> int:
        """Setup seconds that a batch needs after the batch before it (None: the first)."""
        if any(self.started[i] for i in batch):
            return 0
        left = int(self.problem.machines.initial_family[machine])
        if before is not None:
            left = self.family[before[0]]
        return self.problem.setup_seconds(machine, left, self.family[batch[0]])


def _first_after(spans: list[Span], moment: int) -> int:
    """The first span that ends after a moment."""
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if spans[middle][1] > moment else (middle + 1, high)
    return low


def _without(spans: list[Span], begin: int, finish: int) -> Iterator[Span]:
    for start, end in spans:
        if end <= begin or start >= finish:
            yield start, end
            continue
        if start < begin:
            yield start, begin
        if end > finish:
            yield finish, end


def _both(left: list[Span], right: list[Span]) -> Iterator[Span]:
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            yield start, end
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
