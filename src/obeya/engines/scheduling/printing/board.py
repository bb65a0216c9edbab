"""Operations of a printing shop on their machines, and the gaps between them."""

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from .decode import PrintPlan, Stuck, ends, first_start, ready_after
from .latest import Latest
from .shop import PrintShop


class Board:
    """What is placed so far; `start` is -1 for what is not.

    Given starts are placed first, and others between them: the setup before a given start may
    therefore be too long for a while; see `debts`.
    """

    def __init__(self, shop: PrintShop, strict: Collection[int] = ()) -> None:
        self.strict = strict
        self.shop, count = shop, len(shop.operations)
        self.machine, self.start, self.end = [-1] * count, [-1] * count, [-1] * count
        self.lines: list[list[int]] = [[] for _ in shop.machines]
        self.spans = [shop.spans(row) for row in range(len(shop.machines))]
        self.predecessors = shop.predecessors()

    def change(self, row: int, before: int | None, after: int) -> int:
        """Setup on a machine from one operation to another; None: the first of the machine."""
        operations = self.shop.operations
        left = None if before is None else operations[before].attributes
        return self.shop.machines[row].setup(left, operations[after].attributes)

    def put_fixed(self, i: int, row: int) -> bool:
        """Place what has a given start on a machine; False if another one stands in the way.

        That is one on the same machine, or one that comes before or after it.
        """
        operation = self.shop.operations[i]
        begin = operation.fixed_start
        if begin < operation.release or not _is_within(self.spans[row], begin, begin):
            return False
        self._put(i, row, begin, ends(self.spans[row], begin, operation.work_on(row)))
        line = self.lines[row]
        at = line.index(i)
        is_alone = all(
            self.end[a] <= self.start[b] for a, b in pairwise(line[max(at - 1, 0) : at + 2])
        )
        if is_alone and all(self._is_in_turn(other) for other in (i, *operation.successors)):
            return True
        self.take_away(i)
        return False

    def _is_in_turn(self, i: int) -> bool:
        """Whether those before it, as far as they are placed, let an operation be where it is."""
        if self.start[i] < 0:
            return True
        earliest, least_end = ready_after(self, i)
        return earliest <= self.start[i] and least_end <= self.end[i]

    def take_away(self, i: int) -> None:
        """Take an operation off its machine again."""
        self.lines[self.machine[i]].remove(i)
        self.machine[i], self.start[i], self.end[i] = -1, -1, -1

    def place(
        self, i: int, latest: Latest, right_before: int | None, skips: Callable[[], bool]
    ) -> bool:
        """Place an operation where it ends first; False if it would be too late everywhere.

        Parameters
        ----------
        right_before
            An operation with a given start, right before which it has to be.
        skips
            Asked at each gap that fits, and of the best machine, whether to leave it to others.
        """
        found = []
        for row, work in self.shop.operations[i].ways:
            if right_before is not None and row != self.machine[right_before]:
                continue
            place = self._first_gap(
                i, row, work, latest=latest, right_before=right_before, skips=skips
            )
            if place is not None:
                found.append((place[1], work, place[0], row))
        if not found:
            return False
        found.sort()
        if len(found) > 1 and skips():
            del found[0]
        end, _, start, row = found[0]
        self._put(i, row, start, end)
        return True

    def _first_gap(
        self,
        i: int,
        row: int,
        work: int,
        *,
        latest: Latest,
        right_before: int | None,
        skips: Callable[[], bool],
    ) -> tuple[int, int] | None:
        operation, line, spans = self.shop.operations[i], self.lines[row], self.spans[row]
        earliest, least_end = ready_after(self, i)
        earliest = max(earliest, operation.release)
        share = operation.first_share(row)
        for place in range(len(line) + 1):
            after = line[place] if place < len(line) else None
            if after is not None and self.start[after] < earliest:
                continue
            if right_before is not None and after != right_before:
                continue
            before = line[place - 1] if place else None
            free = 0 if before is None else self.end[before]
            setup = self.change(row, before, i)
            try:
                start = first_start(spans, earliest, free, setup)
                end = ends(spans, start, work)
                while end < least_end:
                    start = first_start(spans, start + least_end - end, free, setup)
                    end = ends(spans, start, work)
            except Stuck:
                return None
            if end > latest.end[i] or ends(spans, start, share) > latest.share[i]:
                return None
            if after is None or (self._fits(row, end, i, after) and not skips()):
                return start, end
        return None

    def _fits(self, row: int, end: int, i: int, after: int) -> bool:
        """Whether there is time for the setup after an operation, and it is unbroken.

        Before a given start it may be broken for a while: others can come between them. Not so
        before those that are `strict`.
        """
        begin = self.start[after] - self.change(row, i, after)
        if end > begin:
            return False
        may_be_broken = self.shop.operations[after].fixed_start >= 0 and after not in self.strict
        return may_be_broken or _is_within(self.spans[row], begin, self.start[after])

    def _put(self, i: int, row: int, start: int, end: int) -> None:
        self.machine[i], self.start[i], self.end[i] = row, start, end
        line = self.lines[row]
        line.append(i)
        line.sort(key=lambda other: (self.start[other], self.end[other]))

    def debts(self) -> list[int]:
        """Operations with a given start whose setup finds no room before it."""
        found = []
        for row, line in enumerate(self.lines):
            for before, i in zip([None, *line], line, strict=False):
                begin = self.start[i] - self.change(row, before, i)
                free = 0 if before is None else self.end[before]
                if begin < free or not _is_within(self.spans[row], begin, self.start[i]):
                    found.append(i)
        return found

    def could_come_right_before(self, fixed: int) -> list[int]:
        """Operations after which the setup of a given start finds room."""
        row, begin = self.machine[fixed], self.start[fixed]
        return [
            i
            for i, operation in enumerate(self.shop.operations)
            if operation.fixed_start < 0
            and row in dict(operation.ways)
            and operation.release < begin
            and _is_within(self.spans[row], begin - self.change(row, i, fixed), begin)
        ]

    def plan(self) -> PrintPlan:
        """All that is placed, with its setups."""
        setup_start = list(self.start)
        for row, line in enumerate(self.lines):
            for before, i in zip([None, *line], line, strict=False):
                setup_start[i] -= self.change(row, before, i)
        return PrintPlan(
            tuple(self.machine), tuple(setup_start), tuple(self.start), tuple(self.end)
        )


def _is_within(spans: Sequence[tuple[int, int]], begin: int, end: int) -> bool:
    """Whether a machine is there from one moment up to another, and at that one."""
    return any(first <= begin and end < last for first, last in spans)
