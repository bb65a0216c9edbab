"""A problem and an objective laid out for the search kernels."""

from copy import copy
from math import gcd

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..kernels import plant as packed_columns
from ..objective import SHIFT_S
from ..packing import Packed
from ..placing import started_state
from ..problem import CREW, Problem
from .hours import HINT_BITS, Hours
from .kernels import tables as t
from .kernels.tables import FAR, Plant, Table
from .prices import Prices

_COARSEST_CELL_S = 300
_FINEST_CELL_S = 30
_MOST = 30_000  # of a pool: the kernels count with 16 bits


class Layout:
    """The tables of one problem that no move changes; see `Plant` for their columns.

    Attributes
    ----------
    capacity : shape (R, cells)
        Of each pool, by cells of time from ``origin``; of large crews in units of several heads.
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
        self.cell = _cell(problem)
        self.origin = problem.now - problem.now % self.cell
        self.capacity = _capacity(problem, self.cell, self.origin)
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
        way = base.way[:, :8].copy()
        way[:, t.CALENDAR] = self.hours.of_way
        way[:, t.HEADS] = _heads(problem)
        self.plant = Plant(
            op=_int32(op),
            way=_int32(way),
            arc=_int32(np.concatenate([base.arc, base.arc[base.following]])),
            machine=_machines(problem, starts),
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
        lists = (figures, setup, calendar, by_order, first + operations)
        return np.concatenate(lists), setups


def _int32(values: NDArray[np.int64]) -> Table:
    return np.ascontiguousarray(np.clip(values, -FAR, FAR), dtype=np.int32)


def _operations(pack: Packed, last: Table, prices: Prices, origin: int) -> Ints:
    problem, op = pack.problem, pack.plant.op
    o = problem.operations
    table = np.zeros((len(problem), 17), np.int64)
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
    for where in np.unique(machine):
        mine = rows[machine == where]
        mine = mine[np.argsort(state[mine, packed_columns.START], kind="stable")]
        reach[mine] = np.maximum.accumulate(state[mine, packed_columns.END]) - origin
    return reach


def _machines(problem: Problem, cells: int) -> Table:
    m, setups = problem.machines, problem.setups
    first = np.append(setups.first[:-1] + cells, -1)[m.setup_matrix]
    families = np.append(setups.families, 0)[m.setup_matrix]
    return _int32(np.column_stack([first, families, m.initial_family, m.places, m.setter]))


def _cell(problem: Problem) -> int:
    """Width of the cells [s]: coarse, and such that pools change between cells only."""
    pools = problem.pools
    steps = np.unique(np.concatenate([pools.start, pools.end]))
    steps = steps[(steps > problem.now) & (steps < problem.horizon)]
    common = int(np.gcd.reduce(steps)) if len(steps) else 0
    common = gcd(common, _COARSEST_CELL_S)
    return common if common >= _FINEST_CELL_S else 60


def _greatest(problem: Problem) -> Ints:
    """The greatest capacity of each pool, shape (R,)."""
    pools = problem.pools
    greatest = np.zeros(len(pools), np.int64)
    np.maximum.at(greatest, np.repeat(np.arange(len(pools)), np.diff(pools.first)), pools.capacity)
    return greatest


def _units(problem: Problem) -> Ints:
    """How many people or tools of each pool are counted as one, shape (R,)."""
    return np.maximum(-(-_greatest(problem) // _MOST), 1)


def _heads(problem: Problem) -> Ints:
    """What each alternative takes of its crew, in units rounded up, shape (A,).

    Of what takes more than there ever are it does not matter how many.
    """
    ways, units = problem.alternatives, _units(problem)
    unit, greatest = (np.append(column, 1)[ways.crew] for column in (units, _greatest(problem)))
    return np.where(ways.crew >= 0, np.minimum(-(-ways.heads // unit), greatest // unit + 1), 1)


def _capacity(problem: Problem, cell: int, origin: int) -> NDArray[np.int16]:
    """The least capacity in each cell, in units; of crews the least while anybody is there.

    Work with a crew stands in hours only in which enough people are present, so the moments of a
    cell in which nobody is do not count.
    """
    pools, units = problem.pools, _units(problem)
    cells = (problem.horizon - origin) // cell + 2
    table = np.zeros((len(pools), cells), np.int16)
    for pool in range(len(pools)):
        row, full, unit = table[pool], np.zeros(cells, bool), int(units[pool])
        for start, end, capacity in pools.steps(pool):
            begin, finish = max(start - origin, 0), min(end - origin, cell * (cells - 1))
            if begin >= finish or capacity <= 0:
                continue
            amount = capacity // unit
            inside = slice(-(-begin // cell), finish // cell)
            row[inside] = amount
            if pools.kind[pool] != CREW:
                continue
            for edge in {begin // cell, (finish - 1) // cell}:
                if not edge * cell >= begin or not (edge + 1) * cell <= finish:
                    row[edge] = min(row[edge], amount) if full[edge] else amount
                    full[edge] = True
    return table
