"""Times a schedule by the rules of the printing shop: given who runs where, and after whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

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
        earliest, least_end = self._after_predecessors(i)
        earliest = max(earliest, operation.release)
        if operation.fixed_start >= 0:
            earliest = operation.fixed_start
        start = first_start(self.spans[row], earliest, free, setup)
        if operation.fixed_start >= 0 and start != operation.fixed_start:
            raise Stuck(f"Operation {i} cannot start at {operation.fixed_start}.")
        end = ends(self.spans[row], start, work)
        while end < least_end:
            start = first_start(self.spans[row], start + least_end - end, free, setup)
            end = ends(self.spans[row], start, work)
        return setup, start, end

    def _after_predecessors(self, i: int) -> tuple[int, int]:
        """Earliest start and least end."""
        earliest = least_end = 0
        for before in self.predecessors[i]:
            row, operation = self.machine[before], self.shop.operations[before]
            if operation.overlap >= 1000:
                earliest = max(earliest, self.end[before])
            else:
                share = operation.first_share(row)
                earliest = max(earliest, ends(self.spans[row], self.start[before], share))
                least_end = max(least_end, self.end[before])
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
