"""A campaign, a run of one setup family on a machine, changes places with what stands beside it."""

from math import log

import numpy as np

from ...kernels.chance import uniform
from .choose import Guide, room_in_routing
from .heap import push
from .move import begin_move, link, unlink
from .njit import njit
from .node import family_of, machine_of, note_all, setup_between
from .profile import GIVE, reserve
from .tables import (
    BEGIN,
    END,
    FAR,
    FIXED,
    FLOWING,
    HEAD,
    MATE,
    MATRIX_FROM,
    NEXT,
    NOWHERE,
    OLD,
    PREV,
    READY,
    SETUP_RATE,
    START,
    Plan,
    Plant,
    get,
)

_LONGEST = 16  # nodes of a campaign
_REACH = 24  # nodes that it may pass


@njit
def best_exchange(
    plant: Plant, plan: Plan, guide: Guide, operation: int, heat: float
) -> tuple[int, int, int]:
    """What the campaign of an operation best changes places with, blurred by the temperature.

    It passes whole campaigns to either side, so it may come to stand beside one of its family.

    Returns
    -------
    First (or NOWHERE) and last node of what moves right, and the node that it then stands behind.
    """
    node, machine = get(plan.bar, operation, HEAD), machine_of(plant, plan, operation)
    if plant.op[node, FIXED] or get(plant.machine, machine, MATRIX_FROM) < 0:
        return NOWHERE, NOWHERE, NOWHERE
    first = _end_of_campaign(plant, plan, machine, node, PREV)
    last = _end_of_campaign(plant, plan, machine, first, NEXT)
    best, best_first, best_last, best_behind = np.inf, NOWHERE, NOWHERE, NOWHERE
    low, high = _room(plant, plan, first, last)
    for side in (PREV, NEXT):
        far = get(plan.bar, last if side == NEXT else first, side)
        low_of_passed, high_of_passed = -FAR, FAR
        for _ in range(_REACH):
            if far < 0 or plant.op[far, FIXED]:
                break
            low_of_far, high_of_far = _room(plant, plan, far, far)
            low_of_passed = max(low_of_passed, low_of_far)
            high_of_passed = min(high_of_passed, high_of_far)
            if side == NEXT:
                moves_from, moves_to, behind = first, last, far
                may_pass = _may_pass(plan, first, far, high, low_of_passed)
            else:
                moves_from, moves_to, behind = far, get(plan.bar, first, PREV), last
                may_pass = _may_pass(plan, far, last, high_of_passed, low)
            if not may_pass:
                break
            following, family = get(plan.bar, far, side), family_of(plant, plan, machine, far)
            if following < 0 or family_of(plant, plan, machine, following) != family:
                cost = _worth_of_exchange(plant, plan, guide, machine, moves_from, moves_to, behind)
                cost -= heat * log(uniform(plan.chance) + 1e-12)
                if cost < best:
                    best, best_first, best_last, best_behind = cost, moves_from, moves_to, behind
            far = following
    return best_first, best_last, best_behind


@njit
def _may_pass(plan: Plan, first: int, behind: int, high: int, low: int) -> bool:
    """Whether nodes from one on may pass those up to another without closing a circle.

    Starts never fall along routing and lines. So the routing leads from none of the former to any
    of the latter if the latter start before the successors (``high``) of the former, or the former
    after the predecessors (``low``) of the latter.
    """
    return plan.bar[behind, START] < high or plan.bar[first, START] > low


@njit
def _end_of_campaign(plant: Plant, plan: Plan, machine: int, node: int, side: int) -> int:
    """The last free node of the same family to one side (`PREV` or `NEXT`) of a free node."""
    family = family_of(plant, plan, machine, node)
    for _ in range(_LONGEST - 1):
        beside = get(plan.bar, node, side)
        if beside < 0 or plant.op[beside, FIXED]:
            break
        if family_of(plant, plan, machine, beside) != family:
            break
        node = beside
    return node


@njit
def _room(plant: Plant, plan: Plan, first: int, last: int) -> tuple[int, int]:
    """`room_in_routing` that all have who stand from one node to another."""
    low, high, node = -FAR, FAR, first
    while True:
        member = node
        while True:
            low_of_member, high_of_member = room_in_routing(plant, plan, member)
            low, high = max(low, low_of_member), min(high, high_of_member)
            member = get(plan.bar, member, MATE)
            if member == node:
                break
        if node == last:
            return low, high
        node = get(plan.bar, node, NEXT)


@njit
def _longer_setup(
    plant: Plant, plan: Plan, machine: int, first: int, last: int, behind: int
) -> int:
    """By how much an exchange makes the setups longer [s]."""
    bar = plan.bar
    right, passed = get(bar, behind, NEXT), family_of(plant, plan, machine, get(bar, last, NEXT))
    before = family_of(plant, plan, machine, get(bar, first, PREV))
    of_first = family_of(plant, plan, machine, first)
    of_last = family_of(plant, plan, machine, last)
    of_behind = family_of(plant, plan, machine, behind)
    longer = setup_between(plant, machine, before, passed)
    longer += setup_between(plant, machine, of_behind, of_first)
    longer -= setup_between(plant, machine, before, of_first)
    longer -= setup_between(plant, machine, of_last, passed)
    if right >= 0:
        after = family_of(plant, plan, machine, right)
        longer += setup_between(plant, machine, of_last, after)
        longer -= setup_between(plant, machine, of_behind, after)
    return longer


@njit
def _worth_of_exchange(
    plant: Plant, plan: Plan, guide: Guide, machine: int, first: int, last: int, behind: int
) -> float:
    """Estimate of what an exchange costs: setups, what comes later, and what comes sooner."""
    bar, passed = plan.bar, get(plan.bar, last, NEXT)
    longer = _longer_setup(plant, plan, machine, first, last, behind)
    cost = longer * plant.money[1 + machine, SETUP_RATE]
    slip = max(0, get(bar, behind, END) - get(bar, last, END) + longer)
    cost += slip * plant.money[0, FLOWING]
    cost += guide.pressure[first] * max(0, slip - guide.slack[first])
    sooner = get(bar, passed, BEGIN) - get(bar, first, BEGIN)
    gain = min(sooner, get(bar, passed, START) - get(bar, passed, READY))
    cost -= gain * plant.money[0, FLOWING]
    if guide.slack[passed] <= 0:
        cost -= gain * guide.pressure[passed]
    return cost


@njit
def exchange(plant: Plant, plan: Plan, first: int, last: int, behind: int) -> float:
    """Put the free nodes from one to another behind a later one of their line, to be timed.

    Returns
    -------
    Change of cost so far, to be carried on.
    """
    begin_move(plan)
    bar, change = plan.bar, 0.0
    passed, right = get(bar, last, NEXT), get(bar, behind, NEXT)
    node, turn = first, get(bar, behind, START)
    while True:
        note_all(plan, node)
        reserve(plant, plan, node, GIVE)
        change -= plan.cost[node]
        plan.cost[node] = 0.0
        turn += 1
        bar[node, OLD] = turn
        push(plan, node)
        if node == last:
            break
        node = get(bar, node, NEXT)
    unlink(plant, plan, first, last)
    link(plant, plan, first, last, behind)
    push(plan, passed)
    if right >= 0:
        push(plan, right)
    return change
