"""How late operations of a printing shop may be, for those that have a given start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .shop import PrintShop, Span

if TYPE_CHECKING:
    from .board import Board

FREE: Final = 2**40  # later than anything


@dataclass(frozen=True)
class Latest:
    """Per operation: bounds that any plan keeps; `FREE` where there is none.

    Attributes
    ----------
    start, end
    share
        When the share after which a successor may start must be done.
    """

    start: tuple[int, ...]
    end: tuple[int, ...]
    share: tuple[int, ...]


def latest_of(
    shop: PrintShop, board: "Board", right_before: Mapping[int, int] | None = None
) -> Latest:
    """Backwards from the given starts, on the machine of each on which it may start latest.

    Parameters
    ----------
    board
        With the operations placed whose start is given.
    right_before
        Operations that shall come right before such a one, on its machine.
    """
    count = len(shop.operations)
    start, end, share = [FREE] * count, [FREE] * count, [FREE] * count
    for i in reversed(shop.topological()):
        own = shop.operations[i]
        for after in own.successors:
            if own.overlap >= 1000:
                end[i] = min(end[i], start[after])
            else:
                end[i] = min(end[i], end[after])
                share[i] = min(share[i], start[after])
        if own.fixed_start >= 0:
            start[i], end[i] = own.fixed_start, min(end[i], board.end[i])
            continue
        ways: Sequence[Span] = own.ways
        if right_before and i in right_before:
            fixed = right_before[i]
            row = board.machine[fixed]
            ways = [(row, own.work_on(row))]
            end[i] = min(end[i], board.start[fixed] - board.change(row, i, fixed))
        if end[i] < FREE:
            start[i] = max(_latest_start(board.spans[row], end[i], work) for row, work in ways)
        if share[i] < FREE:
            by_share = max(
                _latest_start(board.spans[row], share[i], own.first_share(row)) for row, _ in ways
            )
            start[i] = min(start[i], by_share)
    return Latest(tuple(start), tuple(end), tuple(share))


def _latest_start(spans: Sequence[Span], end: int, work: int) -> int:
    """From when on so much work is just done by the end; -1 if it never is."""
    for begin, finish in reversed(spans):
        until = min(finish, end)
        if until <= begin:
            continue
        if work <= until - begin:
            return until - work
        work -= until - begin
    return -1
