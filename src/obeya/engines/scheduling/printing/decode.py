"""Times a schedule by the rules of the printing shop: given who runs where, and after whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from .shop import PrintShop, Span


@dataclass(frozen=True)
class PrintPlan:
    """Per operation its machine, setup start, start and end."""

    machine: tuple[int, ...]
    setup_start: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]

    @property
    def makespan(self) -> int:
        """The last end."""
        return max(self.end)


class Stuck(Exception):
    """An operation with a given start cannot be reached in time in this order."""


def decode(shop: PrintShop, machine: Sequence[int], start: Sequence[int]) -> PrintPlan:
    """Start everything as early as the rules allow, in the order of ``start``.

    Parameters
    ----------
    machine, start
        Per operation, of any schedule in which predecessors start first.

    Raises
    ------
    Stuck
        If no time is left before an operation with a given start.
    """
    decoder = _Decoder(shop, machine)
    for i in sorted(shop.topological(), key=lambda i: start[i]):
        decoder.add(i)
    return PrintPlan(
        tuple(machine), tuple(decoder.setup_start), tuple(decoder.start), tuple(decoder.end)
    )


class _Decoder:
    def __init__(self, shop: PrintShop, machine: Sequence[int]) -> None:
        self.shop, self.machine = shop, machine
        count = len(shop.operations)
        self.setup_start, self.start, self.end = [0] * count, [-1] * count, [0] * count
        self.spans = [shop.spans(row) for row in range(len(shop.machines))]
        self.last: list[int] = [-1] * len(shop.machines)
        self.predecessors = shop.predecessors()
        fixed = [i for i, each in enumerate(shop.operations) if each.fixed_start >= 0]
        fixed.sort(key=lambda i: (machine[i], shop.operations[i].fixed_start))
        self.fixed = {row: list(these) for row, these in groupby(fixed, lambda i: machine[i])}

    def add(self, i: int) -> None:
        """Put an operation behind the last one of its machine."""
        if self.start[i] >= 0:
            return
        row = self.machine[i]
        waiting = self.fixed.get(row, [])
        while waiting and waiting[0] != i and not self._fits_before(i, waiting[0]):
            self._put(waiting[0], *self._place(waiting.pop(0), row))
        if waiting and waiting[0] == i:
            waiting.pop(0)
        self._put(i, *self._place(i, row))

    def _put(self, i: int, setup: int, start: int, end: int) -> None:
        self.setup_start[i], self.start[i], self.end[i] = start - setup, start, end
        self.last[self.machine[i]] = i

    def _fits_before(self, i: int, fixed: int) -> bool:
        row = self.machine[i]
        _, _, end = self._place(i, row)
        operations = self.shop.operations
        begin = operations[fixed].fixed_start
        setup = self.shop.machines[row].setup(
            operations[i].attributes, operations[fixed].attributes
        )
        return end + setup <= begin

    def _place(self, i: int, row: int) -> tuple[int, int, int]:
        """Setup, start and end behind the machine's last operation."""
        operation, last = self.shop.operations[i], self.last[row]
        before = None if last < 0 else self.shop.operations[last].attributes
        setup = self.shop.machines[row].setup(before, operation.attributes)
        free, work = (0 if last < 0 else self.end[last]), operation.work_on(row)
        earliest, least_end = ready_after(self, i)
        earliest = max(earliest, operation.release)
        if operation.fixed_start >= 0:
            return self._place_fixed(i, row, earliest, least_end)
        start = first_start(self.spans[row], earliest, free, setup)
        end = ends(self.spans[row], start, work)
        while end < least_end:
            start = first_start(self.spans[row], start + least_end - end, free, setup)
            end = ends(self.spans[row], start, work)
        return setup, start, end

    def _place_fixed(self, i: int, row: int, earliest: int, least_end: int) -> tuple[int, int, int]:
        """At its given start, if all that it waits for is there and lets it."""
        begin, last = self.shop.operations[i].fixed_start, self.last[row]
        before = None if last < 0 else self.shop.operations[last].attributes
        setup = self.shop.machines[row].setup(before, self.shop.operations[i].attributes)
        start = first_start(self.spans[row], begin, 0 if last < 0 else self.end[last], setup)
        end = ends(self.spans[row], start, self.shop.operations[i].work_on(row))
        waits = any(self.start[other] < 0 for other in self.predecessors[i])
        if waits or start != begin or earliest > begin or end < least_end:
            raise Stuck(f"Operation {i} cannot start at {begin}.")
        return setup, start, end


class Placed(Protocol):
    """Operations that have a machine, a start and an end; the start is -1 where not."""

    @property
    def shop(self) -> PrintShop: ...
    @property
    def machine(self) -> Sequence[int]: ...
    @property
    def start(self) -> Sequence[int]: ...
    @property
    def end(self) -> Sequence[int]: ...
    @property
    def spans(self) -> Sequence[Sequence[Span]]: ...
    @property
    def predecessors(self) -> Sequence[Sequence[int]]: ...


def ready_after(placed: Placed, i: int) -> tuple[int, int]:
    """Earliest start and least end of an operation, by what it waits for and is placed."""
    earliest = least_end = 0
    for before in placed.predecessors[i]:
        if placed.start[before] < 0:
            continue
        row, operation = placed.machine[before], placed.shop.operations[before]
        if operation.overlap >= 1000:
            earliest = max(earliest, placed.end[before])
        else:
            share = operation.first_share(row)
            earliest = max(earliest, ends(placed.spans[row], placed.start[before], share))
            least_end = max(least_end, placed.end[before])
    return earliest, least_end


def first_start(spans: Sequence[Span], earliest: int, free: int, setup: int) -> int:
    """First start from ``earliest`` on, with an unbroken setup before it, both in one span."""
    for begin, finish in spans:
        start = max(earliest, begin + setup, free + setup)
        if start < finish:
            return start
    raise Stuck("The horizon is too near.")


def ends(spans: Sequence[Span], start: int, work: int) -> int:
    """When so much work that starts there is done."""
    for begin, finish in spans:
        at = max(begin, start)
        if at < finish:
            if at + work <= finish:
                return at + work
            work -= finish - at
    raise Stuck("The horizon is too near.")
