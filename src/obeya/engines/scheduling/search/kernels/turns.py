"""Two operations that share a crew, a setter or a tool change turns, each where it stands."""

from ...kernels.chance import below
from .choose import Guide
from .heap import push
from .move import begin_move
from .njit import njit
from .node import note_all
from .profile import GIVE, reserve
from .tables import (
    BEGIN,
    CREW,
    END,
    FIXED,
    FREE,
    HEAD,
    MACHINE,
    NOWHERE,
    OLD,
    READY,
    SETTER,
    SETUP,
    START,
    TOOL,
    WAY,
    Plan,
    Plant,
    get,
    wide,
)

_LOOK_BACK = 8  # of those that use the pool before it


@njit
def waits_for_pool(plan: Plan, node: int) -> bool:
    """Whether a node could begin sooner if crew, setter or tool were there."""
    bar = plan.bar
    return bar[node, BEGIN] > bar[node, FREE] and bar[node, START] > bar[node, READY]


@njit
def holder(plant: Plant, plan: Plan, guide: Guide, node: int) -> int:
    """A node that may hold what another one waits for, or NOWHERE."""
    bar, chance = plan.bar, plan.chance
    way = get(bar, node, WAY)
    pool, seen = NOWHERE, 0
    for kind in range(3):
        if kind == 0:
            used = get(plant.way, way, CREW)
        elif kind == 1:
            used = get(plant.way, way, TOOL)
        else:
            used = get(plant.machine, get(plant.way, way, MACHINE), SETTER)
            used = used if bar[node, SETUP] > 0 else NOWHERE
        if used >= 0:
            seen += 1
            pool = used if below(chance, seen) == 0 else pool
    if pool < 0:
        return NOWHERE
    low, high, start = guide.user_from[pool], guide.user_from[pool + 1], bar[node, START]
    first = low
    while low < high:
        middle = (low + high) >> 1
        if bar[guide.user[middle], START] < start:
            low = middle + 1
        else:
            high = middle
    i = low - 1 - below(chance, _LOOK_BACK)
    if i < first:
        return NOWHERE
    other = get(bar, wide(guide.user[i]), HEAD)
    before = bar[other, START] <= start and bar[other, END] > bar[node, READY]
    if other == node or plant.op[other, FIXED] or not before:
        return NOWHERE
    return other


@njit
def change_turns(plant: Plant, plan: Plan, first: int, second: int) -> None:
    """List one node to be timed before another that was before it; the caller carries it on."""
    bar = plan.bar
    begin_move(plan)
    note_all(plan, first)
    note_all(plan, second)
    turn = get(bar, second, START)
    reserve(plant, plan, first, GIVE)
    reserve(plant, plan, second, GIVE)
    bar[first, OLD], bar[second, OLD] = turn - 1, turn
    push(plan, first)
    push(plan, second)
