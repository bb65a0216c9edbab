"""Tabu search of a shorter plan.

Moves inside blocks as in N7 (Zhang, Li, Guan & Rao 2007, Computers & Operations Research 34:3229)
and to other machines (Mastrolilli & Gambardella 2000). A move inside a block is tabu while it
would reverse a pair of operations again, a move elsewhere while it would bring one back.
"""

from ...kernels.chance import Chance, below
from ...kernels.filling import fill
from .block import can_follow, can_lead, estimate
from .critical import critical_path
from .elsewhere import span, through, without
from .line import makespan
from .memory import (
    BEST,
    BOUND,
    IMPROVED_AT,
    ITERATION,
    LENGTH,
    MOVED,
    MOVES,
    TABU,
    TIES,
    TO_PLACE,
    TO_WAY,
    VALUE,
    WORK,
    WORST,
    Memory,
    forbid,
    tabu_inside,
)
from .move import move
from .njit import njit
from .tables import (
    DURATION,
    FAMILY,
    HEAD,
    JOB_HEAD,
    JOB_TAIL,
    MACHINE,
    SLOT,
    SLOT_FROM,
    TAIL,
    WAY,
    WAY_FROM,
    WAY_TO,
    Longs,
    Plan,
    Shop,
)


@njit
def begin(plan: Plan, memory: Memory, length: int) -> None:
    """Start anew from a plan."""
    state = memory.state
    fill(memory.pair, 0)
    fill(memory.way, 0)
    state[ITERATION] = 1
    state[IMPROVED_AT] = 1
    state[LENGTH] = length
    _keep(plan, memory)


@njit
def search(
    shop: Shop, plan: Plan, memory: Memory, chance: Chance, patience: int, work: int
) -> bool:
    """Search on until so much work is done, or for too long nothing better was found.

    Parameters
    ----------
    patience
        Iterations without a better plan than the best since `begin`.
    work
        Limit of ``state[WORK]``.

    Returns
    -------
    Whether the search has ended, rather than used up its work.
    """
    state = memory.state
    while state[WORK] < work:
        if state[BEST] <= state[BOUND] or state[ITERATION] - state[IMPROVED_AT] > patience:
            return True
        count = critical_path(shop, plan, chance, state[LENGTH])
        _look_around(shop, plan, memory, chance, count)
        state[ITERATION] += 1
        if state[TIES] == 0:
            return True  # one job is the whole path: nothing is shorter
        _go(shop, plan, memory, chance, count)
    return False


@njit
def _keep(plan: Plan, memory: Memory) -> None:
    memory.state[BEST] = memory.state[LENGTH]
    for v in range(len(plan.order)):  # one by one: a slice would need Numba's memory manager
        memory.best_order[v] = plan.order[v]
        memory.best_way[v] = plan.op[v, WAY]


@njit
def _look_around(shop: Shop, plan: Plan, memory: Memory, chance: Chance, count: int) -> None:
    """Estimate all moves of a critical path, keep the best."""
    state, op = memory.state, plan.op
    state[VALUE], state[TIES] = WORST, 0
    i = 0
    while i < count:
        j = i
        while j + 1 < count and op[plan.path[j + 1], SLOT] == op[plan.path[j], SLOT] + 1:
            j += 1
        if j > i and op[plan.path[i], FAMILY] >= 0:
            _anywhere(shop, plan, memory, chance, i, j)
        elif j > i:
            _inside(shop, plan, memory, chance, i, j)
        i = j + 1
    if len(shop.way) > len(plan.order):
        _elsewhere(shop, plan, memory, chance, count)


@njit
def _inside(shop: Shop, plan: Plan, memory: Memory, chance: Chance, i: int, j: int) -> None:
    """Estimate the moves of a block: to its ends from inside, and from its ends to inside."""
    fixed, before, after, line, cells = shop.op, shop.before, shop.after, shop.line, shop.setup
    op, slot = plan.op, plan.slot
    state, pair, scratch = memory.state, memory.pair, memory.scratch
    u, v = plan.path[i], plan.path[j]
    first, last = op[u, SLOT], op[v, SLOT]
    machine = shop.way[op[u, WAY], MACHINE]
    at_start = op[u, HEAD] == 0  # what is first does not matter there
    at_end = op[v, TAIL] == 0
    is_pair = 1 if last == first + 1 and not at_end else 0  # one exchange, not two moves
    for place in range(first, last + 1):
        w = slot[place]
        for turn in range(4):
            moved, to = place, place
            if turn == 0:
                if not at_end and place < last and can_follow(fixed, after, op, w, v):
                    to = last
            elif turn == 1:
                if place > first + is_pair and not at_start and can_lead(fixed, before, op, w, u):
                    to = first
            elif turn == 2:
                is_new = first + 1 < place < last or (place == last and at_end)
                if is_new and not at_start and can_follow(fixed, after, op, u, w):
                    moved = first
            else:
                is_new = first < place < last - 1 or (place == first and at_start)
                if is_new and not at_end and can_lead(fixed, before, op, v, w):
                    moved = last
            if moved == to:
                continue
            length = estimate(line, cells, op, slot, machine, moved, to, scratch, state[VALUE])
            until = tabu_inside(slot, pair, moved, to)
            state[WORK] += 1 + abs(moved - to)
            x = slot[moved]
            _offer(state, chance, length, until, x, op[x, WAY], to)


@njit
def _anywhere(shop: Shop, plan: Plan, memory: Memory, chance: Chance, i: int, j: int) -> None:
    """Estimate all moves inside a block with setups: there each neighbour counts."""
    op, slot, path = plan.op, plan.slot, plan.path
    machine = shop.way[op[path[i], WAY], MACHINE]
    first, last = op[path[i], SLOT], op[path[j], SLOT]
    for moved in range(first, last + 1):
        x = slot[moved]
        for to in range(first, last + 1):
            if to == moved or to == moved - 1:  # the exchange of two is tried from the left
                continue
            if to > moved and not can_follow(shop.op, shop.after, op, x, slot[to]):
                continue
            if to < moved and not can_lead(shop.op, shop.before, op, x, slot[to]):
                continue
            length = estimate(
                shop.line,
                shop.setup,
                op,
                slot,
                machine,
                moved,
                to,
                memory.scratch,
                memory.state[VALUE],
            )
            until = tabu_inside(slot, memory.pair, moved, to)
            memory.state[WORK] += 1 + abs(moved - to)
            _offer(memory.state, chance, length, until, x, op[x, WAY], to)


@njit
def _elsewhere(shop: Shop, plan: Plan, memory: Memory, chance: Chance, count: int) -> None:
    """Estimate the moves of the operations of the path to other machines."""
    fixed, ways, line, cells = shop.op, shop.way, shop.line, shop.setup
    op, slot = plan.op, plan.slot
    state, tabu = memory.state, memory.way
    for i in range(count):
        v = plan.path[i]
        if fixed[v, WAY_TO] - fixed[v, WAY_FROM] == 1:
            continue
        here = ways[op[v, WAY], MACHINE]
        least = without(line, cells, op, slot, here, v)
        if least > state[VALUE]:
            continue
        for way in range(fixed[v, WAY_FROM], fixed[v, WAY_TO]):
            machine = ways[way, MACHINE]
            alone = op[v, JOB_HEAD] + ways[way, DURATION] + op[v, JOB_TAIL]
            if machine == here or alone > state[VALUE]:
                continue
            begin = line[machine, SLOT_FROM]
            first, last = span(op, slot, begin, begin + plan.length[machine], v)
            state[WORK] += 3 + last - first
            for place in range(first, last + 1):
                length = max(least, through(line, cells, op, slot, ways, v, way, place))
                _offer(state, chance, length, tabu[way], v, way, place)


@njit
def _offer(
    state: Longs, chance: Chance, length: int, until: int, v: int, way: int, place: int
) -> None:
    """Take a move if it is better than the one at hand, of equal ones any."""
    state[MOVES] += 1
    value = length
    if until > state[ITERATION] and length >= state[BEST]:
        value = TABU
    if value > state[VALUE]:
        return
    if value < state[VALUE]:
        state[VALUE], state[TIES] = value, 0
    state[TIES] += 1
    if state[TIES] == 1 or below(chance, state[TIES]) == 0:
        state[MOVED], state[TO_WAY], state[TO_PLACE] = v, way, place


@njit
def _go(shop: Shop, plan: Plan, memory: Memory, chance: Chance, count: int) -> None:
    """Make the move at hand and forbid the way back."""
    state = memory.state
    v, way, place = state[MOVED], state[TO_WAY], state[TO_PLACE]
    here, old = plan.op[v, SLOT], plan.op[v, WAY]
    stays = shop.way[way, MACHINE] == shop.way[old, MACHINE]
    visited = move(shop, plan, v, way, place)
    if visited < 0:
        memory.way[way] = state[ITERATION] + 4 + below(chance, 8)
        return
    state[WORK] += visited + count
    now = state[ITERATION]
    if stays:
        forbid(plan, memory, v, here, now + 10 + below(chance, 6))
    else:
        ways = shop.op[v, WAY_TO] - shop.op[v, WAY_FROM]
        memory.way[old] = now + 2 + ways + below(chance, 8)  # the more ways, the longer
    state[LENGTH] = makespan(shop, plan)
    if state[LENGTH] < state[BEST]:
        state[IMPROVED_AT] = now
        _keep(plan, memory)
