"""Two plans for one problem, side by side."""

from dataclasses import dataclass, fields

import numpy as np

from ..arrays import Ints
from ..measure import Measures, measure
from ..objective import SHIFT_S
from ..problem import Problem
from ..schedule import Schedule


@dataclass(frozen=True)
class OrderShift:
    """An order that is done at another time; ``seconds`` above 0 is later."""

    order: int
    seconds: int


@dataclass(frozen=True)
class Comparison:
    """What plan b has otherwise than plan a.

    Attributes
    ----------
    moved
        Operations that start at another time or run elsewhere, in the time order of b.
    reassigned
        Those of them on another machine.
    moved_a_shift
        Those that start at least eight hours away from where a has them.
    later, earlier
        Orders by how far their completion moved, the furthest first.
    newly_late, on_time_again
        Orders that only b has late, and only a.
    change
        Figures of b less those of a.
    """

    moved: tuple[int, ...]
    reassigned: tuple[int, ...]
    moved_a_shift: tuple[int, ...]
    later: tuple[OrderShift, ...]
    earlier: tuple[OrderShift, ...]
    newly_late: tuple[int, ...]
    on_time_again: tuple[int, ...]
    change: Measures


def compare(problem: Problem, a: Schedule, b: Schedule) -> Comparison:
    """Say what b has otherwise than a; neither needs to hold."""
    elsewhere = a.machine != b.machine
    moved = np.flatnonzero(elsewhere | (a.start != b.start))
    moved = moved[np.argsort(b.start[moved], kind="stable")]
    far = np.abs(a.start - b.start) >= SHIFT_S
    last, due = problem.orders.last_operation, problem.orders.due
    rows = np.flatnonzero(last >= 0)
    shift = b.end[last[rows]] - a.end[last[rows]]
    late_a, late_b = a.end[last[rows]] > due[rows], b.end[last[rows]] > due[rows]
    before, after = measure(problem, a), measure(problem, b)
    change = {f.name: getattr(after, f.name) - getattr(before, f.name) for f in fields(Measures)}
    return Comparison(
        moved=tuple(moved.tolist()),
        reassigned=tuple(np.flatnonzero(elsewhere).tolist()),
        moved_a_shift=tuple(np.flatnonzero(far).tolist()),
        later=_furthest_first(rows[shift > 0], shift[shift > 0]),
        earlier=_furthest_first(rows[shift < 0], shift[shift < 0]),
        newly_late=tuple(rows[late_b & ~late_a].tolist()),
        on_time_again=tuple(rows[late_a & ~late_b].tolist()),
        change=Measures(**change),
    )


def _furthest_first(orders: Ints, seconds: Ints) -> tuple[OrderShift, ...]:
    by_distance = np.argsort(-np.abs(seconds), kind="stable")
    return tuple(
        OrderShift(order, shift)
        for order, shift in zip(
            orders[by_distance].tolist(), seconds[by_distance].tolist(), strict=True
        )
    )
