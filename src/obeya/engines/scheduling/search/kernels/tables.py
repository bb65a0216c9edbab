"""The plant and the plan as the search sees them: a row per operation is a cache line or so.

Times are int32 seconds from the last boundary of cells before ``now``. A *node* is what stands on
a machine at one time: an operation, or the batch of an oven; its leader's row speaks for it. Nodes
of a machine are linked in time order (`PREV`, `NEXT`), members of a batch in a ring (`MATE`).
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from ...arrays import Ints
from ...kernels.chance import Chance
from .njit import njit

Table = NDArray[np.int32]
Floats = NDArray[np.float64]

wide = cast("Callable[[Any], int]", np.int64)
"""Reads an int32 as int64, so that no function is compiled for both widths."""

FAR: Final = 2**30  # [s] after everything
NOWHERE: Final = -1

# Columns of Plant.op
RELEASE: Final = 0
WAY_FROM: Final = 1
WAY_TO: Final = 2
ARC_FROM: Final = 3
ARC_TO: Final = 4
OUT_FROM: Final = 5
OUT_TO: Final = 6
FIXED: Final = 7  # 0 free, 1 frozen, 2 started
SIZE: Final = 8
RECIPE: Final = 9
ORDER_FROM: Final = 10  # orders that it completes
ORDER_TO: Final = 11
ORDER: Final = 12  # order that it belongs to, or -1
NEED_FIXED: Final = 13  # earliest end that a fixed successor's maximum wait asks for
REACH: Final = 14  # of a fixed one: latest end of the fixed ones up to it on its machine
REFERENCE_START: Final = 15
REFERENCE_MACHINE: Final = 16
TIED_FROM: Final = 17  # where Plant.fact lists those that maximum waits tie to it, itself included
TIED_TO: Final = 18  # equal to TIED_FROM if nothing is tied to it
OP_COLUMNS: Final = 19
MOST_TIED: Final = 12  # operations that change turns together; of more, none do

# Columns of Plant.way
MACHINE: Final = 0
RUN: Final = 1
FAMILY: Final = 2
CREW: Final = 3
HEADS: Final = 4
TOOL: Final = 5
CALENDAR: Final = 6
RESUMABLE: Final = 7

# Columns of Plant.arc: rows sorted by AFTER, and below all of them again sorted by BEFORE
BEFORE: Final = 0
AFTER: Final = 1
KIND: Final = 2
LAG: Final = 3
END_LAG: Final = 4
WAIT: Final = 5

# Columns of Plant.machine
MATRIX_FROM: Final = 0  # first cell of its setup matrix, or -1
FAMILIES: Final = 1
INITIAL_FAMILY: Final = 2
PLACES: Final = 3
SETTER: Final = 4

# Entries of Plant.fact, before its lists
HORIZON: Final = 0
CELL: Final = 1  # [s] of a cell of the profiles
HINT: Final = 2  # bits of seconds that one hint stands for
NOW: Final = 3
CALENDARS: Final = 4  # where the first spans of the calendars stand, one more than there are
ORDERS: Final = 5  # where it stands where the operations of each order stand, one more
ORDER_ROWS: Final = 6  # rows of Plant.money with what orders cost
TARIFF_FROM: Final = 7  # rows of Plant.money with the tariff
TARIFF_TO: Final = 8
SHIFT: Final = 9  # [s] from which on it counts as moved a shift
WAITS: Final = 10  # percent of the moves that let something wait on purpose
FACTS: Final = 11

# Columns of Plan.bar
WAY: Final = 0
BEGIN: Final = 1  # of its setup
START: Final = 2
END: Final = 3
FREE: Final = 4  # when its machine was free for it
READY: Final = 5  # when release and predecessors let it start
NEED: Final = 6  # when it may end at the earliest
SETUP: Final = 7  # seconds asked
PREV: Final = 8
NEXT: Final = 9
HEAD: Final = 10
MATE: Final = 11
BIND: Final = 12  # the predecessor that it waits for; -2 its machine, -1 nobody
WAITED: Final = 13  # earliest end that a successor's maximum wait, or the plan itself, asks for
FLAG: Final = 14
OLD: Final = 15  # start before the present move
COLUMNS: Final = 16

BY_MACHINE: Final = -2

LINES_LOGGED: Final = 2 * MOST_TIED + 8  # each that is tied leaves a line and joins one

# Bits of FLAG
PLACED: Final = 1  # holds its pools
LOGGED: Final = 2
LISTED: Final = 4  # in the heap
RELAXED: Final = 8  # WAITED was set by the present move
SHIFTED: Final = 16  # its reservations changed in the present move
HELD: Final = 32  # it waits on purpose: WAITED is a part of the plan and stays
PUSHED: Final = 64  # it was held until a maximum wait pushed it in the present move

# Entries of Plan.heap, before the heap itself
STEPS: Final = 0  # nodes timed, and places tried in vain for them, ever
HEAPED: Final = 1
LOGS: Final = 2
FAILED: Final = 3
LINES: Final = 4  # logged ends of lines
TRIED: Final = 5  # moves evaluated, ever
TAKEN: Final = 6  # moves accepted, ever
BROKEN: Final = 7  # moves given up, ever
FIRST: Final = 8

# Columns of Plant.money in the rows of orders
DUE: Final = 0  # [s]
LATE_COST: Final = 1  # once
TARDY: Final = 2  # per second
EARLY: Final = 3  # per second
FLOW: Final = 4  # per second

# Columns of Plant.money in the row of a machine, from row 1
SETUP_RATE: Final = 0  # per second asked
POWER: Final = 1  # per unit of tariff
OVERTIME: Final = 2  # per second of overtime

# Columns of Plant.money in row 0
MOVED: Final = 0  # per second
REASSIGNED: Final = 1
MAKESPAN: Final = 2  # per second
PROGRESS: Final = 3  # per second from an order's first start
TARIFF: Final = 4  # whether energy or overtime cost anything
TYPICAL: Final = 5  # per second that an order of mean weight is late
FLOWING: Final = 6  # per second that any work is later
MOVED_A_SHIFT: Final = 7  # once

# Columns of Plant.money in the rows of the tariff
MOMENT: Final = 0
ENERGY_SUM: Final = 1  # price x seconds up to the moment
ENERGY_RATE: Final = 2
OVERTIME_SUM: Final = 3
OVERTIME_RATE: Final = 4


class Plant(NamedTuple):
    """What no move changes."""

    op: Table
    way: Table
    arc: Table  # (2 E, 6)
    machine: Table
    span: Table  # (I + 1, 2)
    hint: Table  # (C, hints) first span that ends after each moment
    fact: Table  # figures, then lists: setup cells, spans of calendars, operations of orders, ties
    money: Floats  # (rows, 8) prices, rates of machines, orders, tariff


class Plan(NamedTuple):
    """A plan, and what a move has changed of it."""

    bar: Table  # (N, COLUMNS)
    left: NDArray[np.int16]  # (R, cells) what is left of each pool
    line: Table  # (M, 2) first and last node
    first_start: Table  # (J,)
    log: Table  # (N + LINES_LOGGED, COLUMNS + 1) rows, then ends of lines, as they were
    cost: Floats  # (2 N + 2,) of each node at its leader; as they were; makespan; in all
    heap: Ints  # counts, then the heap
    chance: Chance


@njit
def get(table: Table, row: int, column: int) -> int:
    """Read a cell as int64."""
    return wide(table[row, column])
