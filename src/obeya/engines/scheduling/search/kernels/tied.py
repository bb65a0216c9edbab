"""Operations tied by maximum waits change turns together: one alone would wait too long."""

import numpy as np

from ...kernels.chance import below, uniform
from .choose import Guide
from .heap import push
from .move import begin_move, link, unlink
from .njit import njit
from .node import machine_of, note_all
from .profile import GIVE, reserve
from .tables import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    FAR,
    FIXED,
    FLAG,
    HEAD,
    HELD,
    MATE,
    NEXT,
    NOWHERE,
    OLD,
    OUT_FROM,
    OUT_TO,
    PLACED,
    PREV,
    START,
    TIED_FROM,
    TIED_TO,
    WAITED,
    Plan,
    Plant,
    get,
    wide,
)
from .turns import holder, waits_for_pool

_SHARE = 0.2  # of the moves of what is tied
_MOST_PASSED = 3  # nodes that the first to pass any passes
_TURN_SHARE = 0.5  # of what waits for a crew or tool passes whoever has it


@njit
def draws_ties(plant: Plant, plan: Plan, operation: int) -> bool:
    """Draw whether all that is tied to an operation moves with it; if nothing is, draw nothing."""
    if plant.op[operation, TIED_FROM] == plant.op[operation, TIED_TO]:
        return False
    return uniform(plan.chance) < _SHARE


@njit
def begin_shift(
    plant: Plant, plan: Plan, guide: Guide, operation: int, later: bool
) -> tuple[bool, float]:
    """Begin a move of all that is tied to an operation to earlier or later turns.

    Each keeps its machine and moves by the same time, such that one of them passes a node, and all
    of them those that are tied to it: one that did not would hold up its own.

    Returns
    -------
    Whether there is such a move, and the change of cost before it is carried on.
    """
    first, behind = get(plant.op, operation, TIED_FROM), get(plant.op, operation, TIED_TO)
    leading = wide(plant.fact[first + below(plan.chance, behind - first)])
    passed, has_pool = _drawn(plant, plan, guide, leading, later)
    if passed == NOWHERE or plant.op[passed, TIED_FROM] == first:
        return False, 0.0
    shift = _past(plan, leading, passed, later)
    for row in range(first, behind):
        shift = _past_all(plant, plan, wide(plant.fact[row]), passed, later, shift)
    if not _may_shift(plant, plan, guide, first, behind, shift):
        return False, 0.0
    begin_move(plan)
    if has_pool:
        _let_pass(plant, plan, first, behind, passed, shift)
    change = 0.0
    for k in range(behind - first):  # whom others would stand in the way of goes last
        row = behind - 1 - k if later else first + k
        change += _shift(plant, plan, wide(plant.fact[row]), shift)
    return True, change


@njit
def _drawn(plant: Plant, plan: Plan, guide: Guide, leading: int, later: bool) -> tuple[int, bool]:
    """A node that an operation may pass, or NOWHERE; and whether it has what that waits for.

    It is one of the next three on its machine, or who has the crew, setter or tool.
    """
    bar, side = plan.bar, NEXT if later else PREV
    node, other = get(bar, leading, HEAD), NOWHERE
    if not later and waits_for_pool(plan, node) and uniform(plan.chance) < _TURN_SHARE:
        return holder(plant, plan, guide, node), True
    beside = get(bar, node, side)
    for _ in range(1 + below(plan.chance, _MOST_PASSED)):
        if beside < 0:
            break
        other, beside = beside, get(bar, beside, side)
    return other, False


@njit
def _past(plan: Plan, operation: int, passed: int, later: bool) -> int:
    """By how much an operation starts later if it just passes another one [s]."""
    away = get(plan.bar, passed, START) - get(plan.bar, operation, START)
    return away + 1 if later else away - 1


@njit
def _past_all(plant: Plant, plan: Plan, member: int, passed: int, later: bool, shift: int) -> int:
    """A shift that takes a member past all on its machine that are tied to one that is passed."""
    machine = machine_of(plant, plan, member)
    for row in range(plant.op[passed, TIED_FROM], plant.op[passed, TIED_TO]):
        other = wide(plant.fact[row])
        if machine_of(plant, plan, other) == machine and other != member:
            needed = _past(plan, member, other, later)
            shift = max(shift, needed) if later else min(shift, needed)
    return shift


@njit
def _may_shift(plant: Plant, plan: Plan, guide: Guide, first: int, behind: int, shift: int) -> bool:
    """Whether all tied ones are free, alone, and can start so much later without a circle.

    There is none if each then starts after its predecessors and before its successors that stay.
    """
    for row in range(first, behind):
        member = wide(plant.fact[row])
        if plant.op[member, FIXED] or plan.bar[member, MATE] != member:
            return False
        if not guide.allowed[machine_of(plant, plan, member)]:
            return False
        low, high = _room(plant, plan, member)
        if not low < plan.bar[member, START] + shift < high:
            return False
    return True


@njit
def _room(plant: Plant, plan: Plan, member: int) -> tuple[int, int]:
    """Latest start of its predecessors, and earliest of its successors, that are not tied to it."""
    low, high, ties = -FAR, FAR, plant.op[member, TIED_FROM]
    for row in range(plant.op[member, ARC_FROM], plant.op[member, ARC_TO]):
        before = get(plant.arc, row, BEFORE)
        if plant.op[before, TIED_FROM] != ties:
            low = max(low, get(plan.bar, before, START))
    for row in range(plant.op[member, OUT_FROM], plant.op[member, OUT_TO]):
        after = get(plant.arc, row, AFTER)
        if plant.op[after, TIED_FROM] != ties:
            high = min(high, get(plan.bar, after, START))
    return low, high


@njit
def _shift(plant: Plant, plan: Plan, member: int, shift: int) -> float:
    """Put a member where it belongs on its machine if it starts so much later."""
    bar, ties = plan.bar, plant.op[member, TIED_FROM]
    turn = get(bar, member, START) + shift
    left, right = get(bar, member, PREV), get(bar, member, NEXT)
    change = -plan.cost[member]
    note_all(plan, member)
    reserve(plant, plan, member, GIVE)
    plan.cost[member] = 0.0
    unlink(plant, plan, member, member)
    _push_other(plant, plan, right, ties)
    while left >= 0 and _then(plant, plan, left, ties, shift) >= turn:
        left = get(bar, left, PREV)
    if shift > 0:
        while right >= 0 and _then(plant, plan, right, ties, shift) < turn:
            left, right = right, get(bar, right, NEXT)
    bar[member, OLD], bar[member, WAITED] = turn, 0
    bar[member, FLAG] &= np.int32(~HELD)
    link(plant, plan, member, member, left)
    push(plan, member)
    _push_other(plant, plan, get(bar, member, NEXT), ties)
    return change


@njit
def _push_other(plant: Plant, plan: Plan, node: int, ties: int) -> None:
    """List a node, but none that is tied: it would keep the turn that it had."""
    if node >= 0 and plant.op[node, TIED_FROM] != ties:
        push(plan, node)


@njit
def _then(plant: Plant, plan: Plan, node: int, ties: int, shift: int) -> int:
    """When a node starts once all that is tied has moved; not yet timed anew [s]."""
    start = get(plan.bar, node, START)
    return start + shift if plant.op[node, TIED_FROM] == ties else start


@njit
def _let_pass(plant: Plant, plan: Plan, first: int, behind: int, passed: int, shift: int) -> None:
    """Let all that is tied to a node that has a crew or tool take it after those that pass."""
    bar, last = plan.bar, -FAR
    for row in range(first, behind):
        last = max(last, get(bar, wide(plant.fact[row]), START) + shift)
    from_row, to_row = get(plant.op, passed, TIED_FROM), get(plant.op, passed, TIED_TO)
    if from_row == to_row:
        _give_up(plant, plan, passed, last + 1)
        return
    soonest = FAR
    for row in range(from_row, to_row):
        soonest = min(soonest, get(bar, wide(plant.fact[row]), START))
    for row in range(from_row, to_row):
        member = wide(plant.fact[row])
        _give_up(plant, plan, member, last + 1 + get(bar, member, START) - soonest)


@njit
def _give_up(plant: Plant, plan: Plan, operation: int, turn: int) -> None:
    """Time a free node anew in a later turn; until then it has neither crew nor tool."""
    node = get(plan.bar, operation, HEAD)
    if plan.bar[node, FLAG] & PLACED and not plant.op[node, FIXED]:
        note_all(plan, node)
        reserve(plant, plan, node, GIVE)
        plan.bar[node, OLD] = turn
        push(plan, node)
