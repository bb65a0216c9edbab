"""The packed shop and a plan of it: few arrays, with names for their columns.

Behind the last operation stands one that is nowhere and takes no time (row N of each table): it
is the neighbour of the first and of the last operation of each machine, so that no kernel asks
whether there is one.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.int32]
Longs = NDArray[np.int64]

# Columns of Shop.op
WAY_FROM: Final = 0
WAY_TO: Final = 1
BEFORE_FROM: Final = 2
BEFORE_TO: Final = 3
AFTER_FROM: Final = 4
AFTER_TO: Final = 5
RELEASE: Final = 6
REST: Final = 7  # what must pass after its end [s]

# Columns of Shop.way
MACHINE: Final = 0
DURATION: Final = 1
KIND: Final = 2  # setup family, -1 none
OPERATION: Final = 3

# Columns of Shop.line
SLOT_FROM: Final = 0
KINDS: Final = 1
SETUP_FROM: Final = 2

# Columns of Plan.op
HEAD: Final = 0  # start in the earliest schedule of the sequences
TAIL: Final = 1  # longest way from its end to the end of the plan
JOB_HEAD: Final = 2  # start if it had its machine for itself
JOB_TAIL: Final = 3
RUN: Final = 4
SLOT: Final = 5
WAY: Final = 6
FAMILY: Final = 7


class Shop(NamedTuple):
    """What does not change."""

    op: Table  # (N + 1, 8)
    way: Table  # (A, 4)
    before: Table  # (E,) predecessors by operation
    after: Table  # (E,) successors by operation
    line: Longs  # (M, 3)
    setup: Table  # cells of all matrices [s]
    last: Table  # operations at which a plan can end


class Plan(NamedTuple):
    """Sequences of the machines with their heads and tails."""

    op: Table  # (N + 1, 8)
    slot: Table  # operations of each machine from its SLOT_FROM on, N before and behind them
    length: Table  # (M,) operations on each machine
    order: Table  # (N,) a topological order
    rank: Table  # (N + 1,) place in it
    dirty: Table  # (N + 1,) 1: to be visited
    path: Table  # (2 N + 4,) scratch: critical path, sets of operations
