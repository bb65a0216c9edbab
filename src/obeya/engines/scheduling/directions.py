"""Plans that are not made from now on: from the due times back, or from the bottleneck outwards.

All have two passes. The first places operations where they ought to be, and leaves out what had to
start in the past. The second goes forward in the order of those starts and holds every constraint:
an operation stays where the first pass had it if that is still free, and else goes to the right.

Backward, and forward where that reaches the past: Schoensleben, Integral Logistics Management,
section 13.3.3; Asprova's online help ("Dispatching") mixes both directions in one plan. Outwards
from the bottleneck: the drum of Goldratt & Cox 1984, The Goal, as in Schragenheim & Ronen 1990,
Production and Inventory Management Journal 31(3):18-22. One group of machines after the other, the
busiest first: the shifting bottleneck of Adams, Balas & Zawack 1988, Management Science
34(3):391-401, without planning the groups before once more.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .arrays import Ints
from .kernels.backward import earliest_and_latest, place_backward
from .kernels.heap import Keys
from .kernels.plant import NEVER, NONE, START, WAY, State
from .kernels.retime import NO_WISH, retime, with_predecessors
from .kernels.rules import DUE, OWN, TAIL
from .machine_groups import busiest
from .packing import Packed
from .placing import before_fixed, refuse_failure, refuse_late_for_fixed, started_state
from .unschedulable import Unschedulable

_MOST_GROUPS = 8  # of machines are planned before all others


@dataclass(frozen=True)
class Targets:
    """Where the first pass wants operations to be.

    Attributes
    ----------
    key : shape (N,)
        The least is placed first.
    not_before : shape (N,)
        Earliest start [s].
    wish : shape (N,)
        The alternative to take if it is free then; -1 any.
    """

    key: Keys
    not_before: Ints
    wish: Ints

    def at_once(self, rows: NDArray[np.bool_]) -> "Targets":
        """Let some operations start as soon as they can."""
        return replace(
            self,
            not_before=np.where(rows, NONE, self.not_before),
            wish=np.where(rows, -1, self.wish),
        )


def backward(pack: Packed, urgency: Ints) -> Targets:
    """From the due times back, as late as possible; what has no due time goes as soon as it can."""
    state = started_state(pack)
    due = np.where(urgency[:, DUE] < pack.problem.horizon, urgency[:, DUE], NEVER)
    everything = np.ones(len(due), np.int64)
    goal = place_backward(pack.plant, state, urgency[:, OWN].copy(), due, everything)
    return _where_it_stands(state, np.where(goal < NEVER, goal, _latest(urgency)))


def bidirectional(pack: Packed, urgency: Ints) -> Targets:
    """First the work of the busiest group of machines, as soon as it can arrive there.

    What leads there follows backward from it, as late as possible; all else goes forward.
    """
    plant, state = pack.plant, started_state(pack)
    drum = np.zeros(len(pack.problem), np.int64)
    for here in busiest(pack, 1):
        drum[here] = 1
    key = _place_group(pack, state, urgency, drum)
    upstream = drum.copy()
    with_predecessors(plant, pack.topological, upstream)
    never = np.full(len(drum), NEVER, np.int64)
    goal = place_backward(plant, state, urgency[:, OWN].copy(), never, upstream)
    return _where_it_stands(state, np.where(goal < NEVER, goal, key))


def bottleneck_first(pack: Packed, urgency: Ints) -> Targets:
    """One group of machines after the other, the busiest first, around those before; then forward.

    The work of a group goes by the latest start that its order leaves it.
    """
    state = started_state(pack)
    for here in busiest(pack, _MOST_GROUPS):
        _place_group(pack, state, urgency, here.astype(np.int64))
    key = np.where(state.bar[:, WAY] >= 0, state.bar[:, START], _latest(urgency))
    everything = np.ones(len(key), bool)
    return _where_it_stands(state, key).at_once(everything)


def carried_out(pack: Packed, targets: Targets) -> State:
    """Go forward through the targets and hold every constraint.

    If that finds no plan, what comes before a fixed operation goes as soon as it can, and if that
    finds none either, so does all.

    Raises
    ------
    Unschedulable
        If some operation cannot be placed: why the first try failed.
    """
    fixed_waits = before_fixed(pack)
    nobody, everybody = np.zeros(len(fixed_waits), bool), np.ones(len(fixed_waits), bool)
    failures = []
    for hasten in (nobody, fixed_waits > 0, everybody):
        try:
            return _carry_out(pack, targets.at_once(hasten), fixed_waits)
        except Unschedulable as failure:
            failures.append(failure)
    raise failures[0]


def _carry_out(pack: Packed, targets: Targets, fixed_waits: Ints) -> State:
    state = started_state(pack)
    state.not_before[:] = targets.not_before
    for wanted in (fixed_waits, np.ones_like(fixed_waits)):
        outcome = retime(pack.plant, state, targets.key, wanted, targets.wish)
        refuse_failure(pack, outcome)
    refuse_late_for_fixed(pack, state)
    return state


def _place_group(pack: Packed, state: State, urgency: Ints, wanted: Ints) -> Ints:
    """Place some operations as if others had machines enough; answers the latest start of all.

    What finds no room is left out: the second pass says so if it finds none either.
    """
    due, own = urgency[:, DUE].copy(), urgency[:, OWN].copy()
    starts = earliest_and_latest(pack.plant, state, pack.topological, own, due)
    state.not_before[:] = starts[:, 0]
    retime(pack.plant, state, starts[:, 1].astype(np.float64), wanted, NO_WISH)
    state.not_before[:] = NONE
    return starts[:, 1].copy()


def _where_it_stands(state: State, key: Ints) -> Targets:
    """What stands wants to stay; the rest goes as soon as it can."""
    way = state.bar[:, WAY]
    not_before = np.where(way >= 0, state.bar[:, START], NONE)
    return Targets(key.astype(np.float64), not_before, way.copy())


def _latest(urgency: Ints) -> Ints:
    """Latest start that the rest of the order leaves. shape (N,)"""
    return np.asarray(urgency[:, DUE] - urgency[:, TAIL])
