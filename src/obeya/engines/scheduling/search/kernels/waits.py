"""Waiting on purpose: for a due date, for cheaper hours, for whatever comes next.

Left alone, everything starts as early as it can. A node that is *held* (`HELD`) may not end before
`WAITED`, so it starts that much later, whatever moves around it. The wait is a part of the plan:
kept with it, undone with a move, given up when its operation goes elsewhere.
"""

import numpy as np

from ...arrays import Ints
from ...kernels.chance import below, uniform
from .choose import Guide
from .fit import earliest
from .heap import push
from .hours import calendar_of, end_of_work, first_span, last_span, span_at
from .move import begin_move, keep, undo
from .njit import njit
from .node import clear_from, cost_of, machine_of, note_all, set_times
from .profile import GIVE, TAKE, reserve
from .settle import carry_on
from .tables import (
    AFTER,
    BEGIN,
    DUE,
    END,
    END_LAG,
    FAILED,
    FAR,
    FIXED,
    FLAG,
    FREE,
    HEAD,
    HELD,
    KIND,
    LAG,
    MATE,
    MOMENT,
    MOVED,
    MOVED_A_SHIFT,
    NEED,
    NEXT,
    NOWHERE,
    ORDER,
    ORDER_FROM,
    ORDER_TO,
    OUT_FROM,
    OUT_TO,
    PREV,
    PROGRESS,
    READY,
    REFERENCE_START,
    RELAXED,
    RUN,
    SETUP,
    START,
    STEPS,
    TARIFF,
    TARIFF_TO,
    WAITED,
    WAY,
    Plan,
    Plant,
    get,
    wide,
)
from .tariff import tariff_at

_GIVEN_UP = 0.3  # of the tries at what waits give the wait up
_KINDS = 5
_TRIES = 6  # prices of the tariff that one node looks at
_MOST_STEPS = 250  # of one try
_ENOUGH = 1e-9


@njit
def wish(plant: Plant, plan: Plan, operation: int, way: int, after: int) -> int:
    """A moment at which an operation might rather end, drawn by chance; NOWHERE if none comes.

    Parameters
    ----------
    after
        When it could begin without a wait [s].
    """
    chance, kind = plan.chance, below(plan.chance, _KINDS)
    if kind == 0 and plant.op[operation, ORDER_FROM] < plant.op[operation, ORDER_TO]:
        return _by_due(plant, operation, way)
    if kind in (1, 2) and plant.money[0, TARIFF] > 0:
        row = tariff_at(plant, after) + 1
        while row + 1 < plant.fact[TARIFF_TO] and uniform(chance) < 0.5:
            row += 1
        return _by_price(plant, plan, operation, way, row, kind == 1)
    if kind == 3 and (plant.money[0, MOVED] > 0 or plant.money[0, MOVED_A_SHIFT] > 0):
        return _by_reference(plant, operation, way)
    return before_what_follows(plant, plan, operation)


@njit
def _by_due(plant: Plant, operation: int, way: int) -> int:
    """The last working moment before the orders that an operation completes are due."""
    due = FAR
    for row in range(plant.op[operation, ORDER_FROM], plant.op[operation, ORDER_TO]):
        due = min(due, int(plant.money[row, DUE]))
    return last_worked(plant, way, due)


@njit
def _by_price(plant: Plant, plan: Plan, operation: int, way: int, row: int, begins: bool) -> int:
    """Begin, or end, where a price of the tariff begins."""
    if row >= plant.fact[TARIFF_TO]:
        return NOWHERE
    moment = int(plant.money[row, MOMENT])
    if not begins:
        return last_worked(plant, way, moment)
    work = get(plant.way, way, RUN) + get(plan.bar, get(plan.bar, operation, HEAD), SETUP)
    end = end_of_work(plant, calendar_of(plant, way), moment, work)
    return end if end < FAR else NOWHERE


@njit
def _by_reference(plant: Plant, operation: int, way: int) -> int:
    """Start when the reference plan starts."""
    start = get(plant.op, operation, REFERENCE_START)
    end = end_of_work(plant, calendar_of(plant, way), start, get(plant.way, way, RUN))
    return end if end < FAR else NOWHERE


@njit
def last_worked(plant: Plant, way: int, moment: int) -> int:
    """The moment, or if nobody works then, the last one before it at which somebody did."""
    calendar = calendar_of(plant, way)
    if moment <= 0 or moment >= FAR:
        return NOWHERE
    i = span_at(plant, calendar, moment - 1)
    if i < last_span(plant, calendar) and plant.span[i, 0] < moment:
        return moment
    if i == first_span(plant, calendar):
        return NOWHERE
    return get(plant.span, i - 1, 1)


@njit
def before_what_follows(plant: Plant, plan: Plan, operation: int) -> int:
    """Until when its node can end without pushing anything; by the due date if nothing follows."""
    bar, node, limit = plan.bar, get(plan.bar, operation, HEAD), FAR
    following = get(bar, node, NEXT)
    if following >= 0:
        limit = get(bar, following, BEGIN)
    run = get(bar, node, END) - get(bar, node, START)
    member = node
    while True:
        for row in range(plant.op[member, OUT_FROM], plant.op[member, OUT_TO]):
            after = get(plant.arc, row, AFTER)
            until = get(bar, after, START) - get(plant.arc, row, LAG)
            if plant.arc[row, KIND] == 0:
                limit = min(limit, until)
            else:
                limit = min(limit, until + run, get(bar, after, END) - plant.arc[row, END_LAG])
        member = get(bar, member, MATE)
        if member == node:
            break
    if limit >= FAR:
        return _by_due(plant, operation, get(bar, node, WAY))
    return last_worked(plant, get(bar, node, WAY), limit)


@njit
def begin_wait(plant: Plant, plan: Plan, guide: Guide) -> bool:
    """Begin a move that lets any node wait, wait otherwise, or wait no longer."""
    bar, operation = plan.bar, below(plan.chance, len(plan.bar))
    node, until = get(bar, operation, HEAD), 0
    if plant.op[node, FIXED] or not guide.allowed[machine_of(plant, plan, node)]:
        return False
    if not bar[node, FLAG] & HELD or uniform(plan.chance) >= _GIVEN_UP:
        after = max(get(bar, node, FREE), get(bar, node, READY) - get(bar, node, SETUP))
        until = wish(plant, plan, operation, get(bar, node, WAY), after)
    if until < 0 or until == bar[node, WAITED]:
        return False
    hold(plan, node, until)
    return True


@njit
def hold(plan: Plan, node: int, until: int) -> None:
    """Let a node end at some moment or later (0: whenever it can); the caller carries it on."""
    bar, member = plan.bar, node
    begin_move(plan)
    note_all(plan, node)
    while True:
        bar[member, WAITED] = 0
        bar[member, FLAG] &= np.int32(~HELD)
        member = get(bar, member, MATE)
        if member == node:
            break
    ask_for(plan, node, until)
    plan.bar[node, FLAG] |= np.int32(RELAXED)
    push(plan, node)


@njit
def ask_for(plan: Plan, node: int, until: int) -> None:
    """Write down what a node waits for, if for anything."""
    if until > 0:
        plan.bar[node, WAITED] = until
        plan.bar[node, FLAG] = get(plan.bar, node, FLAG) | HELD


@njit
def wait_there(plant: Plant, plan: Plan, operation: int, after: int) -> None:
    """Let an operation wait that has just been put elsewhere, where it could begin ``after``."""
    bar = plan.bar
    if bar[operation, HEAD] == operation and bar[operation, MATE] == operation:
        before = clear_from(plant, plan, get(bar, operation, PREV))
        way = get(bar, operation, WAY)
        ask_for(plan, operation, wish(plant, plan, operation, way, max(after, before)))
        bar[operation, FLAG] |= np.int32(RELAXED)


@njit
def hold_what_pays(plant: Plant, plan: Plan) -> None:
    """Hold each node that stands later than it could, where that costs less."""
    bar = plan.bar
    for node in range(len(bar)):
        if bar[node, HEAD] != node or plant.op[node, FIXED]:
            continue
        begin, start, end = get(bar, node, BEGIN), get(bar, node, START), get(bar, node, END)
        cost = cost_of(plant, plan, node)
        reserve(plant, plan, node, GIVE)
        setup, need = get(bar, node, SETUP), get(bar, node, NEED)
        free, ready = get(bar, node, FREE), get(bar, node, READY)
        sooner = earliest(plant, plan, node, setup, free, ready, need)
        pays = False
        if sooner[2] < end:
            set_times(plan, node, sooner[0], sooner[1], sooner[2])
            sooner_cost = cost_of(plant, plan, node)
            order = get(plant.op, node, ORDER)
            if order >= 0 and plan.first_start[order] == start:
                sooner_cost += (start - sooner[1]) * plant.money[0, PROGRESS]
            pays = sooner_cost > cost + _ENOUGH
            set_times(plan, node, begin, start, end)
        reserve(plant, plan, node, TAKE)
        if pays:
            ask_for(plan, node, end)
            bar[node, NEED] = max(need, end)


@njit
def justify(plant: Plant, plan: Plan, order: Ints, most: int) -> float:
    """Let each node wait for whatever pays at once, the last ones first.

    Parameters
    ----------
    order
        Nodes by start.
    most
        Steps, after which no other node is looked at.

    Returns
    -------
    Change of cost.
    """
    total, before = 0.0, wide(plan.heap[STEPS])
    for position in range(len(order) - 1, -1, -1):
        node = order[position]
        if plant.op[node, FIXED]:
            continue
        if plan.heap[STEPS] - before > most:
            break
        for kind in range(4 + 2 * _TRIES):
            until = _to_try(plant, plan, node, kind)
            if until < 0 or until == plan.bar[node, WAITED]:
                continue
            hold(plan, node, until)
            change = carry_on(plant, plan, 0.0, np.inf, _MOST_STEPS)
            if plan.heap[FAILED] == 0 and change < -_ENOUGH:
                plan.cost[2 * len(plan.bar) + 1] += change
                total += change
                keep(plant, plan)
            else:
                undo(plant, plan)
    return total


@njit
def _to_try(plant: Plant, plan: Plan, node: int, kind: int) -> int:
    """What a node may wait for, by kinds; NOWHERE where there is no such thing."""
    way = get(plan.bar, node, WAY)
    if kind == 0:
        return wide(0) if plan.bar[node, FLAG] & HELD else NOWHERE
    if kind == 1:
        return before_what_follows(plant, plan, node)
    if kind == 2:
        return _by_due(plant, node, way)
    if kind == 3:
        priced = plant.money[0, MOVED] > 0 or plant.money[0, MOVED_A_SHIFT] > 0
        return _by_reference(plant, node, way) if priced else NOWHERE
    if plant.money[0, TARIFF] <= 0:
        return NOWHERE
    free, ready = get(plan.bar, node, FREE), get(plan.bar, node, READY)
    row = tariff_at(plant, max(free, ready - get(plan.bar, node, SETUP))) + 1 + (kind - 4) // 2
    return _by_price(plant, plan, node, way, row, kind % 2 == 0)
