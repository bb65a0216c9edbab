"""The packed plant and the state of a plan: few arrays, with names for their columns.

Columns that are read together stand together in one array: a row is a cache line or so.
"""

from typing import Final, NamedTuple

from ..arrays import Ints

NONE: Final = -(2**62)  # no such time
NEVER: Final = 2**61  # after everything

# Columns of Plant.op
RELEASE: Final = 0
RECIPE: Final = 1
SIZE: Final = 2
WAY_FROM: Final = 3
WAY_TO: Final = 4
ARC_FROM: Final = 5
ARC_TO: Final = 6
FOLLOWING_FROM: Final = 7
FOLLOWING_TO: Final = 8
FIXED_WAY: Final = 9
FIXED_START: Final = 10
REMAINING: Final = 11

# Columns of Plant.way
MACHINE: Final = 0
RUN: Final = 1
FAMILY: Final = 2
CREW: Final = 3
HEADS: Final = 4
TOOL: Final = 5
CALENDAR: Final = 6
RESUMABLE: Final = 7
OPERATION: Final = 8

# Columns of Plant.machine
MATRIX: Final = 0
INITIAL_FAMILY: Final = 1
PLACES: Final = 2
SETTER: Final = 3
LINE_FROM: Final = 4
OWN_CALENDAR: Final = 5

# Columns of Plant.arc
BEFORE: Final = 0
AFTER: Final = 1
KIND: Final = 2
LAG: Final = 3
END_LAG: Final = 4
WAIT: Final = 5

# Columns of Plant.span
SPAN_START: Final = 0
SPAN_END: Final = 1
WORKED: Final = 2

# Columns of State.bar
WAY: Final = 0  # -1: not placed
SETUP_START: Final = 1
START: Final = 2
END: Final = 3
REACH: Final = 4  # latest end on its machine up to and with this operation

# Columns of State.steps
EARLY: Final = 0  # how many stand at the beginning of the room of their pool
LATE: Final = 1  # how many stand at its end


class Plant(NamedTuple):
    """What does not change while a plan is made; int64 throughout."""

    op: Ints  # (N, 12)
    way: Ints  # (A, 9) alternatives, each with the calendar of its machine and crew together
    arc: Ints  # (E, 6) sorted by AFTER
    following: Ints  # (E,) rows of arc sorted by BEFORE
    machine: Ints  # (M, 6)
    matrix: Ints  # (S, 2) first cell, number of families
    setup: Ints  # cells of all matrices [s]
    span: Ints  # (I, 3) working intervals
    calendar: Ints  # (C + 1,) first span
    group_of: Ints  # (N,)
    group: Ints  # (G + 1,) first member
    member: Ints  # (N,) operations by group, in topological order inside
    clock: Ints  # (2,) now, horizon


class State(NamedTuple):
    """A plan in the making. Level is what is left of a pool from a moment on."""

    bar: Ints  # (N, 5)
    line: Ints  # operations of each machine in time order, from LINE_FROM
    length: Ints  # (M,) operations on each line
    pool: Ints  # (R + 1,) first moment
    steps: Ints  # (R, 2) moments in use, before and behind the gap among them
    moment: Ints  # (P,)
    level: Ints  # (P,)
    not_before: Ints  # (N,) earliest start that the caller asks for
    not_done_before: Ints  # (N,) earliest end that a maximum wait asks for
    only_way: Ints  # (N,) the alternative to take, -1 any
