"""What every first plan begins with, and what it must not end with."""

import numpy as np

from .arrays import Ints
from .kernels import group as outcomes
from .kernels.plant import END, START, State
from .kernels.retime import place_fixed, with_predecessors
from .packing import Packed
from .problem import OVERLAP
from .unschedulable import FIXED, HORIZON, MAXIMUM_WAIT, NO_CALENDAR, Unschedulable


def started_state(pack: Packed) -> State:
    """A plan in which only frozen and started operations stand."""
    state = pack.empty_state()
    place_fixed(pack.plant, state)
    return state


def before_fixed(pack: Packed) -> Ints:
    """Marks predecessors of fixed operations, and what must soon follow one. shape (N,)"""
    problem = pack.problem
    arcs, fixed = problem.precedence, problem.fixed
    wanted: Ints = np.zeros(len(problem), dtype=np.int64)
    wanted[arcs.before[fixed[arcs.after]]] = 1
    wanted[arcs.after[fixed[arcs.before] & (arcs.maximum_wait >= 0)]] = 1
    with_predecessors(pack.plant, pack.topological, wanted)
    return wanted


def refuse_failure(pack: Packed, outcome: tuple[int, int, int]) -> None:
    """Raise `Unschedulable` if a kernel could not place an operation."""
    status, operation, blocker = outcome
    if status == outcomes.PLACED:
        return
    if status == outcomes.WAITS_TOO_LONG:
        raise Unschedulable.of(pack.problem, MAXIMUM_WAIT, operation, blocker)
    state = pack.empty_state()
    fits_alone = outcomes.best_slot(pack.plant, state, operation)[0] >= 0
    reason = HORIZON if fits_alone else NO_CALENDAR
    raise Unschedulable.of(pack.problem, reason, operation, -1)


def refuse_late_for_fixed(pack: Packed, state: State) -> None:
    """Raise `Unschedulable` if a free operation ends too late for a fixed successor."""
    problem = pack.problem
    arcs, fixed = problem.precedence, problem.fixed
    start, end = state.bar[:, START], state.bar[:, END]
    for row in np.flatnonzero(fixed[arcs.after] & ~fixed[arcs.before]):
        before, after = int(arcs.before[row]), int(arcs.after[row])
        if arcs.kind[row] == OVERLAP:
            late = (
                start[after] < start[before] + arcs.lag[row]
                or end[after] < end[before] + arcs.end_lag[row]
            )
        else:
            late = start[after] < end[before] + arcs.lag[row]
        if late:
            raise Unschedulable.of(problem, FIXED, before, after)
