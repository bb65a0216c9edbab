"""Carry a change on: every node that it reaches is timed again, in the order of the old starts.

Only what comes after a changed node on its machine or in its routing is reached; nobody waits in
line for a crew, so all others keep what they have reserved and the plan stays feasible.
"""

from .fit import ONE, earliest, short_of_tools, short_working
from .heap import pop, push
from .hours import calendar_of, setup_begin
from .njit import njit
from .node import bind_of, bounds, clear_from, cost_of, note, note_all, set_times, setup_of
from .profile import GIVE, TAKE, reserve
from .tables import (
    AFTER,
    ARC_FROM,
    ARC_TO,
    BEFORE,
    BEGIN,
    BIND,
    CREW,
    END,
    END_LAG,
    FAILED,
    FAR,
    FIXED,
    FLAG,
    FREE,
    HEAD,
    HEADS,
    HEAPED,
    HELD,
    KIND,
    LAG,
    MACHINE,
    MATE,
    NEED,
    NEXT,
    OUT_FROM,
    OUT_TO,
    PLACED,
    PREV,
    PUSHED,
    READY,
    RELAXED,
    RELEASE,
    SETTER,
    SETUP,
    START,
    STEPS,
    WAIT,
    WAITED,
    WAY,
    Plan,
    Plant,
    get,
)
from .totals import of_the_whole


@njit
def _relax(plan: Plan, node: int) -> None:
    """Forget, once in a move, that members must end late for the sake of a maximum wait."""
    bar, member = plan.bar, node
    while True:
        if bar[member, WAITED] > 0 and not bar[member, FLAG] & (RELAXED | HELD):
            note(plan, member)
            bar[member, WAITED] = 0
        member = get(bar, member, MATE)
        if member == node:
            return


@njit
def _hold_waits(plant: Plant, plan: Plan, node: int) -> None:
    """Make predecessors end later that a node, by a maximum wait, comes too late for."""
    bar, arc, member = plan.bar, plant.arc, node
    while True:
        for row in range(plant.op[member, ARC_FROM], plant.op[member, ARC_TO]):
            wait, before = get(arc, row, WAIT), get(arc, row, BEFORE)
            if wait < 0 or bar[node, START] <= bar[before, END] + wait:
                continue
            if plant.op[member, FIXED] and plant.op[before, FIXED]:
                continue
            if plant.op[before, FIXED] or not bar[get(bar, before, HEAD), FLAG] & PLACED:
                plan.heap[FAILED] |= plant.op[before, FIXED] > 0
                continue
            note(plan, before)
            flag = get(bar, before, FLAG)
            if flag & HELD and not flag & RELAXED:
                flag |= PUSHED
            bar[before, WAITED] = bar[node, START] - wait
            bar[before, FLAG] = (flag & ~HELD) | RELAXED
            push(plan, before)
        member = get(bar, member, MATE)
        if member == node:
            return


@njit
def spread(plant: Plant, plan: Plan, operation: int, old_start: int, old_end: int) -> None:
    """List the successors of an operation whose bounds its new times change."""
    bar, out = plan.bar, plant.arc
    start, end = get(bar, operation, START), get(bar, operation, END)
    for row in range(plant.op[operation, OUT_FROM], plant.op[operation, OUT_TO]):
        after = get(bar, get(out, row, AFTER), HEAD)
        lag = get(out, row, LAG)
        concerns = out[row, WAIT] >= 0 or plant.op[after, FIXED] > 0  # its bounds are not kept
        if out[row, KIND] == 0:
            old, new = old_end + lag, end + lag
        else:
            old, new = old_start + lag, start + lag
            until, before = end + get(out, row, END_LAG), old_end + get(out, row, END_LAG)
            concerns |= until > bar[after, NEED] or before >= bar[after, NEED]
        if concerns or new > bar[after, READY] or old >= bar[after, READY]:
            push(plan, after)


@njit
def _spread_all(plant: Plant, plan: Plan, node: int, old_start: int, old_end: int) -> None:
    member = node
    while True:
        spread(plant, plan, member, old_start, old_end)
        member = get(plan.bar, member, MATE)
        if member == node:
            break
    following = get(plan.bar, node, NEXT)
    if following >= 0:
        clear, free = get(plan.bar, node, END), get(plan.bar, following, FREE)
        if clear > free or old_end >= free or plant.op[following, FIXED]:
            push(plan, following)


@njit
def time_node(plant: Plant, plan: Plan, node: int) -> float:
    """Time a node anew where it stands; answers the change of cost.

    On failure ``FAILED`` is counted, and the move is to be undone.
    """
    bar = plan.bar
    if plant.op[node, FIXED]:
        return _time_fixed(plant, plan, node)
    _relax(plan, node)
    ready, need, bind = bounds(plant, plan, node)
    before = get(bar, node, PREV)
    free, setup = clear_from(plant, plan, before), setup_of(plant, plan, node)
    bind = bind_of(free, setup, ready, bind)
    is_placed = bar[node, FLAG] & PLACED
    is_bound = bar[node, FREE] <= free <= bar[node, BEGIN] and bar[node, NEED] <= need
    is_bound &= bar[node, READY] <= ready <= bar[node, START] and need <= bar[node, END]
    if is_placed and is_bound and setup == bar[node, SETUP]:
        same = bar[node, FREE] == free and bar[node, READY] == ready
        if not same or bar[node, NEED] != need or bar[node, BIND] != bind:
            note(plan, node)
            bar[node, FREE], bar[node, READY], bar[node, NEED] = free, ready, need
            bar[node, BIND] = bind
        _hold_waits(plant, plan, node)
        return 0.0
    note_all(plan, node)
    old_start, old_end = get(bar, node, START), get(bar, node, END)
    if is_placed:
        reserve(plant, plan, node, GIVE)
    begin, start, end = earliest(plant, plan, node, setup, free, ready, need)
    if start >= FAR:
        plan.heap[FAILED] = 1
        return 0.0
    set_times(plan, node, begin, start, end)
    bar[node, FREE], bar[node, READY], bar[node, NEED] = free, ready, need
    bar[node, SETUP], bar[node, BIND] = setup, bind
    reserve(plant, plan, node, TAKE)
    cost = cost_of(plant, plan, node)
    change = cost - plan.cost[node]
    plan.cost[node] = cost
    if not is_placed or start != old_start or end != old_end:
        _spread_all(plant, plan, node, old_start, old_end)
    _hold_waits(plant, plan, node)
    return change


@njit
def _time_fixed(plant: Plant, plan: Plan, node: int) -> float:
    """Check that a frozen node can stay, and set it up after its new neighbour."""
    bar = plan.bar
    before = get(bar, node, PREV)
    ready, need, _ = bounds(plant, plan, node)
    free, setup = clear_from(plant, plan, before), setup_of(plant, plan, node)
    excused = before < 0 or plant.op[before, FIXED] > 0
    too_soon = ready > bar[node, START] or need > bar[node, END]
    if too_soon and not _only_by_facts(plant, plan, node):
        plan.heap[FAILED] = 1
        return 0.0
    _hold_waits(plant, plan, node)
    if plant.op[node, FIXED] == 2:
        plan.heap[FAILED] |= not excused
        return 0.0
    way, start = get(bar, node, WAY), get(bar, node, START)
    begin, old = start, get(bar, node, BEGIN)
    if setup > 0:
        begin = setup_begin(plant, calendar_of(plant, way), start, setup)
    if excused:
        begin = min(start, max(begin, free))
    if begin < free and not excused:
        plan.heap[FAILED] = 1
        return 0.0
    if begin == old and setup == bar[node, SETUP]:
        return 0.0
    if begin < old and not _can_begin(plant, plan, node, way, begin, old):
        plan.heap[FAILED] = 1
        return 0.0
    note_all(plan, node)
    reserve(plant, plan, node, GIVE)
    member = node
    while True:
        bar[member, BEGIN] = begin
        member = get(bar, member, MATE)
        if member == node:
            break
    bar[node, SETUP] = setup
    reserve(plant, plan, node, TAKE)
    cost = cost_of(plant, plan, node)
    change = cost - plan.cost[node]
    plan.cost[node] = cost
    return change


@njit
def _only_by_facts(plant: Plant, plan: Plan, node: int) -> bool:
    """Whether a node that comes too early does so for fixed predecessors only."""
    bar, arc, member = plan.bar, plant.arc, node
    while True:
        for row in range(plant.op[member, ARC_FROM], plant.op[member, ARC_TO]):
            before = get(arc, row, BEFORE)
            if plant.op[member, FIXED] and plant.op[before, FIXED]:
                continue
            if arc[row, KIND] == 0:
                too_late = bar[before, END] + arc[row, LAG] > bar[node, START]
            else:
                too_late = bar[before, START] + arc[row, LAG] > bar[node, START]
                too_late |= bar[before, END] + arc[row, END_LAG] > bar[member, END]
            if too_late:
                return False
        if bar[member, WAITED] > bar[member, END]:
            return False
        if not plant.op[member, FIXED] and plant.op[member, RELEASE] > bar[node, START]:
            return False
        member = get(bar, member, MATE)
        if member == node:
            return True


@njit
def _can_begin(plant: Plant, plan: Plan, node: int, way: int, begin: int, old: int) -> bool:
    """Whether crew, setter and tools are there for the longer setup of a frozen node."""
    crew = get(plant.way, way, CREW)
    if crew >= 0:
        heads = get(plant.way, way, HEADS)
        if short_working(plant, plan, crew, way, begin, old, heads) >= 0:
            return False
    setter = get(plant.machine, get(plant.way, way, MACHINE), SETTER)
    if setter >= 0 and short_working(plant, plan, setter, way, begin, old, ONE) >= 0:
        return False
    return short_of_tools(plant, plan, node, begin, old) < 0


@njit
def carry_on(plant: Plant, plan: Plan, change: float, limit: float, most_steps: int) -> float:
    """Time all that is listed; gives up when the cost passes a limit or after so many steps.

    Returns
    -------
    Change of cost; ``FAILED`` counts if it is given up or cannot be.
    """
    steps = 0
    while plan.heap[HEAPED] > 0:
        change += time_node(plant, plan, pop(plan))
        steps += 1
        if plan.heap[FAILED] or change > limit or steps > most_steps:
            plan.heap[FAILED] = 1
            break
    plan.heap[STEPS] += steps
    if plan.heap[FAILED] == 0:
        change += of_the_whole(plant, plan)
    return change
