"""The rules that a problem keeps from the moment it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints, distinct
from .invalid import InvalidProblem
from .machines import GIVE_SQUARE
from .pools import CREW, SETTER, TOOL
from .precedence import END_TO_START, OVERLAP

if TYPE_CHECKING:
    from .problem import Problem

Mask = NDArray[np.bool_]


def validate(problem: Problem) -> None:
    """Refuse a problem that contradicts itself.

    Raises
    ------
    InvalidProblem
        For the first offence found.
    """
    _time(problem)
    _calendars(problem)
    _setups(problem)
    _pools(problem)
    _machines(problem)
    _orders(problem)
    _operations(problem)
    _alternatives(problem)
    _fixed(problem)
    _batches(problem)
    _precedence(problem)
    _acyclic(problem)
    _maintenance(problem)


def _refuse(offends: Mask, table: str, rule: str, remedy: str) -> None:
    if offends.any():
        raise InvalidProblem(table, int(np.argmax(offends)), rule, remedy)


def _index(column: Ints, table: str, name: str, rows: int, *, optional: bool = True) -> None:
    least = -1 if optional else 0
    none = ", or -1 for none" if optional else ""
    _refuse(
        (column < least) | (column >= rows),
        table,
        f"{name} names no row.",
        f"Use an index below {rows}{none}.",
    )


def _time(p: Problem) -> None:
    if p.now > p.horizon:
        raise InvalidProblem("problem", -1, "now is after the horizon.", "Move the horizon out.")


def _ordered(first: Ints, start: Ints, end: Ints, table: str) -> None:
    """Intervals must have length, be sorted and not overlap inside each row."""
    _refuse(end <= start, table, "An interval ends before it starts.", "Drop it or swap its ends.")
    same_row = np.diff(np.repeat(np.arange(len(first) - 1), np.diff(first))) == 0
    overlap = np.concatenate([[False], same_row & (start[1:] < end[:-1])])
    _refuse(overlap, table, "An interval starts before the one ahead ends.", "Sort and merge them.")


def _calendars(p: Problem) -> None:
    _ordered(p.calendars.first, p.calendars.start, p.calendars.end, "calendars")


def _setups(p: Problem) -> None:
    cells = np.concatenate([[0], np.cumsum(p.setups.families**2)])
    if not np.array_equal(p.setups.first, cells) or len(p.setups.seconds) != cells[-1]:
        raise InvalidProblem("setups", -1, "A matrix is not square.", GIVE_SQUARE)
    _refuse(p.setups.seconds < 0, "setups", "A setup takes negative time.", "Use 0 or more.")


def _pools(p: Problem) -> None:
    _ordered(p.pools.first, p.pools.start, p.pools.end, "pools")
    _refuse(p.pools.capacity < 0, "pools", "A capacity is negative.", "Use 0 or more.")
    _refuse(~np.isin(p.pools.kind, (CREW, SETTER, TOOL)), "pools", "Unknown kind.", "Use CREW.")


def _of_kind(p: Problem, column: Ints, kind: int, table: str, name: str) -> None:
    _index(column, table, name, len(p.pools))
    kinds = np.concatenate([p.pools.kind, [kind]])[column]  # -1 reads the appended, fitting one
    _refuse(kinds != kind, table, f"{name} is a pool of another kind.", "Name one of its kind.")


def _machines(p: Problem) -> None:
    m = p.machines
    _index(m.calendar, "machines", "calendar", len(p.calendars), optional=False)
    _index(m.setup_matrix, "machines", "setup_matrix", len(p.setups))
    _of_kind(p, m.setter, SETTER, "machines", "setter")
    _refuse(m.places < 0, "machines", "places is negative.", "Use 0 for one at a time.")
    _family(p, m.initial_family, m.setup_matrix, "machines")


def _family(p: Problem, family: Ints, matrix: Ints, table: str) -> None:
    families = np.concatenate([p.setups.families, [np.iinfo(np.int64).max]])[matrix]
    _refuse(
        (family < -1) | (family >= families),
        table,
        "The setup family is not in the machine's matrix.",
        "Add the family to the matrix, or use -1 for no setup.",
    )


def _orders(p: Problem) -> None:
    _refuse(p.orders.weight < 0, "orders", "weight is negative.", "Use 0 or more.")
    _index(p.orders.last_operation, "orders", "last_operation", len(p))


def _operations(p: Problem) -> None:
    o = p.operations
    _index(o.order, "operations", "order", len(p.orders))
    _refuse(o.size < 1, "operations", "size is below one place.", "Use 1 or more.")
    _refuse(
        np.diff(o.first_alternative) < 1,
        "operations",
        "No machine can do it.",
        "Give it at least one alternative, or leave it out.",
    )


def _alternatives(p: Problem) -> None:
    a = p.alternatives
    _index(a.machine, "alternatives", "machine", len(p.machines), optional=False)
    _refuse(a.run < 0, "alternatives", "run is negative.", "Use 0 or more seconds.")
    _of_kind(p, a.crew, CREW, "alternatives", "crew")
    _of_kind(p, a.tool, TOOL, "alternatives", "tool")
    _refuse((a.crew >= 0) & (a.heads < 1), "alternatives", "heads is below 1.", "Use 1 or more.")
    _family(p, a.family, p.machines.setup_matrix[a.machine], "alternatives")


def _fixed(p: Problem) -> None:
    o = p.operations
    fixed, rows = o.fixed_alternative >= 0, np.arange(len(p))
    _index(o.fixed_alternative, "operations", "fixed_alternative", len(p.alternatives))
    owner = p.alternatives.operation[o.fixed_alternative[fixed]]
    foreign = fixed.copy()
    foreign[fixed] = owner != rows[fixed]
    _refuse(
        foreign, "operations", "fixed_alternative belongs to another operation.", "Name its own."
    )
    _refuse(
        fixed & (o.remaining < 0) & (o.fixed_start < p.now),
        "operations",
        "It is fixed before now but has not started.",
        "Give its remaining seconds if it has, or do not fix it.",
    )
    _refuse(
        (o.remaining >= 0) & (~fixed | (o.fixed_start > p.now)),
        "operations",
        "It has remaining work but no fixed start at or before now.",
        "Fix its alternative and the time at which it started.",
    )


def _batches(p: Problem) -> None:
    a, o = p.alternatives, p.operations
    places = p.machines.places[a.machine]
    on_batch = places > 0
    recipe, size = o.recipe[a.operation], o.size[a.operation]
    _refuse(
        on_batch & (size > places),
        "alternatives",
        "The operation takes more places than the batch machine has.",
        "Split the lot, or name a larger machine.",
    )
    together = np.flatnonzero(on_batch & (recipe >= 0))
    order = together[np.lexsort((recipe[together], a.machine[together]))]
    left, right = order[:-1], order[1:]
    same = (a.machine[left] == a.machine[right]) & (recipe[left] == recipe[right])
    heads = np.where(a.crew >= 0, a.heads, 0)
    columns = (a.run, a.family, a.crew, heads, o.resumable[a.operation])
    differ = np.zeros(len(left), dtype=bool)
    for column in columns:
        differ |= column[left] != column[right]
    offends = np.zeros(len(a), dtype=bool)
    offends[right[same & differ]] = True
    _refuse(
        offends,
        "alternatives",
        "One recipe on one batch machine has two run times, families, crews or break rules.",
        "Give the recipe one of each, or make it two recipes.",
    )


def _precedence(p: Problem) -> None:
    arcs, none = p.precedence, "Use 0 or more."
    _index(arcs.before, "precedence", "before", len(p), optional=False)
    _index(arcs.after, "precedence", "after", len(p), optional=False)
    _refuse(~np.isin(arcs.kind, (END_TO_START, OVERLAP)), "precedence", "Unknown kind.", "See it.")
    _refuse((arcs.lag < 0) | (arcs.end_lag < 0), "precedence", "A lag is negative.", none)
    limited = arcs.maximum_wait >= 0
    _refuse(
        limited & (arcs.kind != END_TO_START),
        "precedence",
        "Only end-to-start arcs have a maximum wait.",
        "Use -1, or another kind.",
    )
    _refuse(
        limited & (arcs.maximum_wait < arcs.lag),
        "precedence",
        "The maximum wait is shorter than the lag.",
        "Lengthen the wait or shorten the lag.",
    )


def _acyclic(p: Problem) -> None:
    """Take away operations without predecessors until none is left (Kahn 1962)."""
    before, after = p.precedence.before, p.precedence.after
    if (before < after).all():
        return
    waiting_for = np.bincount(after, minlength=len(p))
    by_before = np.argsort(before, kind="stable")
    first = np.searchsorted(before[by_before], np.arange(len(p) + 1))
    free = np.flatnonzero(waiting_for == 0)
    while len(free):
        counts = first[free + 1] - first[free]
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        reached = after[by_before[np.repeat(first[free], counts) + offsets]]
        np.subtract.at(waiting_for, reached, 1)
        reached = distinct(reached)
        free = reached[waiting_for[reached] == 0]
    _refuse(
        waiting_for > 0,
        "operations",
        "It waits for itself through its predecessors.",
        "Take out one arc of the circle.",
    )


def _maintenance(p: Problem) -> None:
    m = p.maintenance
    _index(m.machine, "maintenance", "machine", len(p.machines), optional=False)
    _refuse(m.duration < 0, "maintenance", "duration is negative.", "Use 0 or more seconds.")
    _refuse(
        m.latest - m.earliest < m.duration,
        "maintenance",
        "The window is shorter than the job.",
        "Widen the window or shorten the job.",
    )
