"""Another way on from a live plan: only what can no longer stand gives way, into gaps."""

import numpy as np

from ..arrays import Ints
from ..change import loaded
from ..kernels.group import PLACED
from ..kernels.holds import broken, fixed_in_conflict
from ..kernels.place import take_back
from ..kernels.plant import NONE, WAY, State
from ..kernels.push import settle
from ..kernels.retime import NO_WISH, retime
from ..packing import Packed, packed
from ..placing import refuse_late_for_fixed
from ..schedule import Schedule
from ..unschedulable import Unschedulable
from .situation import Mask, Situation

_MOST_ROUNDS = 20


def into_gaps(situation: Situation) -> Schedule | None:
    """Put what can no longer stand, and then what must follow it, into the first gaps.

    Moving right, a crew that is missing for a day makes all of its work of the following weeks
    late by a day. Here few operations leave their turn, and go far: to any machine that can do
    them, where nobody is in the way. Only those that find no gap in time push others aside, which
    then look for gaps in turn.

    Returns
    -------
    A plan that holds, or None if this way leads to none, or nothing has to give way.
    """
    differs = _moved_right(situation)
    if not differs.any():
        return None
    plan = _Plan(situation, differs)
    for _ in range(_MOST_ROUNDS):
        wrong = plan.wrong()
        if situation.problem.fixed[wrong].any():
            return None
        if len(wrong):
            urgent = plan.leave(wrong)
        else:
            urgent = plan.too_late_for_fixed()
            if urgent < 0:
                return plan.pack.schedule(plan.state)
        if urgent >= 0 and not plan.may_push(urgent):
            return None
    return None


class _Plan:
    """The old plan while what cannot stand leaves its place."""

    def __init__(self, situation: Situation, doubtful: Mask) -> None:
        self.problem, self.planned = situation.problem, situation.planned
        self.pack = packed(self.problem, self.planned.maintenance_start)
        self.state = _still_standing(situation, self.pack, doubtful)
        self.key = self.planned.start.astype(np.float64)
        self._excused = fixed_in_conflict(self.pack.plant, self.state)
        self._pushing = np.zeros(len(self.problem), bool)

    def wrong(self) -> Ints:
        """What is not placed, or does not hold."""
        return np.flatnonzero(broken(self.pack.plant, self.state, self._excused))

    def leave(self, wrong: Ints) -> int:
        """Place what is wrong, and what is tied to it, elsewhere; answers whom no gap is left for.

        Once some may push, they alone are placed: they make others wrong.
        """
        plant, state, group_of = self.pack.plant, self.state, self.pack.plant.group_of
        leaving = np.isin(group_of, group_of[wrong]) & ~self.problem.fixed
        pushing = np.flatnonzero(leaving & self._pushing)
        if len(pushing):
            settle(plant, state, self.key, pushing, len(pushing))  # who is pushed stays lifted
            return -1
        self._lift(leaving)
        state.only_way[leaving] = -1
        status, operation, _ = retime(plant, state, self.key, leaving.astype(np.int64), NO_WISH)
        state.only_way[leaving] = self.planned.alternative[leaving]
        placed = leaving & (state.bar[:, WAY] >= 0)
        state.only_way[placed] = state.bar[placed, WAY]
        return -1 if status == PLACED else operation

    def too_late_for_fixed(self) -> int:
        """An operation that ends too late for one that is fixed, or -1."""
        try:
            refuse_late_for_fixed(self.pack, self.state)
        except Unschedulable as failure:
            return failure.operation
        return -1

    def may_push(self, operation: int) -> bool:
        """Let a group push others, and take it out; False if it might before."""
        group_of = self.pack.plant.group_of
        tied = (group_of == group_of[operation]) & ~self.problem.fixed
        might = bool(self._pushing[operation])
        self._pushing |= tied
        self._lift(tied)
        self.state.only_way[tied] = self.planned.alternative[tied]
        return not might

    def _lift(self, operations: Mask) -> None:
        for operation in np.flatnonzero(operations & (self.state.bar[:, WAY] >= 0)).tolist():
            take_back(self.pack.plant, self.state, operation)


def _moved_right(situation: Situation) -> Mask:
    """Whom moving right has not left as they were."""
    a, b = situation.planned, situation.first
    differs = (a.alternative != b.alternative) | (a.setup_start != b.setup_start)
    return np.asarray(differs | (a.start != b.start) | (a.end != b.end), dtype=bool)


def _still_standing(situation: Situation, pack: Packed, doubtful: Mask) -> State:
    """The old plan without what no longer fits on its machine, in its shift or with its crew.

    What moving right has left alone holds together; the others are asked one by one.
    """
    planned, nobody = situation.planned, np.zeros(0, np.int64)
    state = loaded(pack, planned, without=nobody, doubtful=doubtful.astype(np.int64))
    state.only_way[:] = planned.alternative
    state.not_before[:] = np.maximum(planned.start, situation.problem.now)
    state.not_done_before[:] = NONE
    return state
