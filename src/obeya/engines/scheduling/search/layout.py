"""A problem and an objective laid out for the search kernels."""

from copy import copy

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints, distinct
from ..kernels import plant as packed_columns
from ..objective import SHIFT_S
from ..packing import Packed
from ..placing import started_state
from ..problem import Problem
from .cells import Cells
from .hours import HINT_BITS, Hours
from .kernels import tables as t
from .kernels.tables import FAR, Plant, Table
from .prices import Prices


class Layout:
    """The tables of one problem that no move changes; see `Plant` for their columns.

    Attributes
    ----------
    capacity : shape (pools that something asks for, cells)
        By cells of time from ``origin``; of large crews in units of several heads.
    rank : shape (N,)
        Position of each operation in a topological order.
    maintenance_start : shape (K,)
        When each maintenance job is done [s].
    last : shape (open orders,)
        The operation that completes each order.
    """

    def __init__(self, pack: Packed, prices: Prices) -> None:
        problem = pack.problem
        self.pack, self.problem, self.prices = pack, problem, prices
        cells = Cells(problem)
        self.cell, self.origin, self.capacity = cells.width, cells.origin, cells.capacity()
        self.rank = np.empty(len(problem), np.int64)
        self.rank[pack.topological] = np.arange(len(problem))
        last = problem.orders.last_operation
        rows = np.flatnonzero(last >= 0)
        rows = rows[np.argsort(last[rows], kind="stable")]
        self.last, self._rows = last[rows].astype(np.int32), rows
        base, origin = pack.plant, self.origin
        self.maintenance_start, self.hours = pack.maintenance_start, Hours(pack, origin)
        fact, starts = self._facts()
        money, fact[t.ORDER_ROWS], fact[t.TARIFF_FROM], fact[t.TARIFF_TO] = prices.table(
            rows, origin
        )
        op = _operations(pack, self.last, prices, origin)
        op[:, [t.ORDER_FROM, t.ORDER_TO]] += fact[t.ORDER_ROWS]
        op[:, [t.OUT_FROM, t.OUT_TO]] += len(base.arc)
        op[:, t.TIED_FROM : t.TIED_TO + 1] = _tied(pack, len(fact) - len(problem))
        way = base.way[:, :8].copy()
        way[:, t.CALENDAR] = self.hours.of_way
        for column in (t.CREW, t.TOOL):
            way[:, column] = cells.row_of[way[:, column]]
        way[:, t.HEADS] = cells.heads()
        self.plant = Plant(
            op=_int32(op),
            way=_int32(way),
            arc=_int32(np.concatenate([base.arc, base.arc[base.following]])),
            machine=_machines(problem, starts, cells.row_of),
            span=self.hours.span,
            hint=self.hours.hint,
            fact=_int32(fact),
            money=money,
        )

    def with_maintenance(self, machine: int, starts: Ints) -> "Layout":
        """The same with other times of maintenance of one machine, whose hours only change."""
        other, fact = copy(self), self.plant.fact.copy()
        other.maintenance_start = starts
        other.hours = hours = self.hours.with_maintenance(machine, starts)
        calendars = fact[t.CALENDARS]
        fact[calendars : calendars + len(hours.first)] = hours.first
        other.plant = self.plant._replace(span=hours.span, hint=hours.hint, fact=fact)
        return other

    def with_prices(self, prices: Prices) -> "Layout":
        """The same with other weights of the same terms."""
        other = copy(self)
        other.prices = prices
        other.plant = self.plant._replace(money=prices.table(self._rows, self.origin)[0])
        return other

    def _facts(self) -> tuple[Ints, int]:
        """`Plant.fact` but for where the prices stand, and where its setup cells stand."""
        problem, setup, calendar = self.problem, self.pack.plant.setup, self.hours.first
        order = problem.operations.order
        by_order = np.argsort(order, kind="stable")
        first = np.searchsorted(order[by_order], np.arange(len(problem.orders) + 1))
        setups = t.FACTS
        calendars = setups + len(setup)
        operations = calendars + len(calendar)
        orders = operations + len(by_order)
        figures = np.zeros(t.FACTS, np.int64)
        figures[t.HORIZON] = problem.horizon - self.origin
        figures[t.NOW] = problem.now - self.origin
        figures[t.CELL], figures[t.HINT] = self.cell, HINT_BITS
        figures[t.SHIFT], figures[t.WAITS] = SHIFT_S, self.prices.waits_drawn
        figures[t.CALENDARS], figures[t.ORDERS] = calendars, orders
        lists = (figures, setup, calendar, by_order, first + operations, self.pack.plant.member)
        return np.concatenate(lists), setups


def _int32(values: NDArray[np.int64]) -> Table:
    return np.ascontiguousarray(np.clip(values, -FAR, FAR), dtype=np.int32)


def _operations(pack: Packed, last: Table, prices: Prices, origin: int) -> Ints:
    problem, op = pack.problem, pack.plant.op
    o = problem.operations
    table = np.zeros((len(problem), t.OP_COLUMNS), np.int64)
    table[:, t.RELEASE] = np.maximum(o.release, problem.now) - origin
    table[:, t.WAY_FROM : t.OUT_TO + 1] = op[:, 3:9]
    table[:, t.FIXED] = np.where(problem.fixed, np.where(o.remaining >= 0, 2, 1), 0)
    table[:, t.SIZE], table[:, t.RECIPE] = o.size, o.recipe
    rows = np.arange(len(problem))
    table[:, t.ORDER_FROM] = np.searchsorted(last, rows, side="left")
    table[:, t.ORDER_TO] = np.searchsorted(last, rows, side="right")
    is_open = np.append(problem.orders.last_operation >= 0, False)
    table[:, t.ORDER] = np.where(is_open[o.order], o.order, -1)
    table[:, t.NEED_FIXED] = _needed_by_fixed(problem, origin)
    table[:, t.REACH] = _reach_of_fixed(pack, origin)
    if prices.reference is not None:
        table[:, t.REFERENCE_START] = prices.reference.start - origin
        table[:, t.REFERENCE_MACHINE] = prices.reference.machine
    return table


def _tied(pack: Packed, members: int) -> Ints:
    """Where those stand that are tied to each, if the list of all groups begins at ``members``."""
    plant = pack.plant
    first, behind = plant.group[plant.group_of], plant.group[plant.group_of + 1]
    changes = (behind - first > 1) & (behind - first <= t.MOST_TIED)
    return np.where(changes, [first + members, behind + members], 0).T


def _needed_by_fixed(problem: Problem, origin: int) -> Ints:
    """When each must end at the earliest, so that a fixed successor does not wait too long."""
    arcs = problem.precedence
    need = np.zeros(len(problem), np.int64)
    rows = np.flatnonzero((arcs.maximum_wait >= 0) & problem.fixed[arcs.after])
    starts = problem.operations.fixed_start[arcs.after[rows]] - origin
    np.maximum.at(need, arcs.before[rows], starts - arcs.maximum_wait[rows])
    return need


def _reach_of_fixed(pack: Packed, origin: int) -> Ints:
    """Of fixed operations the latest end of those up to it on its machine [s]."""
    problem, plant = pack.problem, pack.plant
    reach = np.zeros(len(problem), np.int64)
    state = started_state(pack).bar
    rows = np.flatnonzero(problem.fixed)
    machine = plant.way[problem.operations.fixed_alternative[rows], packed_columns.MACHINE]
    for where in distinct(machine):
        mine = rows[machine == where]
        mine = mine[np.argsort(state[mine, packed_columns.START], kind="stable")]
        reach[mine] = np.maximum.accumulate(state[mine, packed_columns.END]) - origin
    return reach


def _machines(problem: Problem, cells: int, row_of: Ints) -> Table:
    m, setups = problem.machines, problem.setups
    first = np.append(setups.first[:-1] + cells, -1)[m.setup_matrix]
    families = np.append(setups.families, 0)[m.setup_matrix]
    setter = row_of[m.setter]
    return _int32(np.column_stack([first, families, m.initial_family, m.places, setter]))
