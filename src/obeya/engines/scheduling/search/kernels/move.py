"""A move: take an operation out, put it elsewhere, carry the change on, keep it or undo it."""

import numpy as np

from .fit import short_of_tools
from .heap import pop, push
from .njit import njit
from .node import cost_of, machine_of, note, note_all
from .profile import GIVE, TAKE, reserve
from .settle import spread
from .tables import (
    BEGIN,
    BIND,
    COLUMNS,
    END,
    FAILED,
    FIXED,
    FLAG,
    FREE,
    HEAD,
    HEAPED,
    HELD,
    LINES,
    LOGGED,
    LOGS,
    MAKESPAN,
    MATE,
    NEED,
    NEXT,
    NOWHERE,
    OLD,
    ORDER,
    PLACED,
    PREV,
    PROGRESS,
    PUSHED,
    READY,
    RELAXED,
    SETUP,
    SHIFTED,
    START,
    WAITED,
    WAY,
    Plan,
    Plant,
    get,
)
from .totals import first_start, makespan


@njit
def begin_move(plan: Plan) -> None:
    """Open an empty log."""
    plan.heap[LOGS] = plan.heap[HEAPED] = plan.heap[FAILED] = plan.heap[LINES] = 0


@njit
def _note_line(plan: Plan, machine: int) -> None:
    row = len(plan.bar) + plan.heap[LINES]
    plan.log[row, 0], plan.log[row, 1] = machine, plan.line[machine, 0]
    plan.log[row, 2] = plan.line[machine, 1]
    plan.heap[LINES] += 1


@njit
def _connect(plan: Plan, machine: int, left: int, right: int, after: int, before: int) -> None:
    """Write who stands ``after`` the left node and ``before`` the right one (NOWHERE: an end)."""
    bar = plan.bar
    _note_line(plan, machine)
    if left >= 0:
        note(plan, left)
        bar[left, NEXT] = after
    else:
        plan.line[machine, 0] = after
    if right >= 0:
        note(plan, right)
        bar[right, PREV] = before
    else:
        plan.line[machine, 1] = before


@njit
def unlink(plant: Plant, plan: Plan, first: int, last: int) -> None:
    """Take the nodes from one to another off the line of their machine."""
    left, right = get(plan.bar, first, PREV), get(plan.bar, last, NEXT)
    _connect(plan, machine_of(plant, plan, first), left, right, right, left)


@njit
def link(plant: Plant, plan: Plan, first: int, last: int, left: int) -> None:
    """Put linked nodes on the line of their machine, behind another (NOWHERE: first)."""
    bar, machine = plan.bar, machine_of(plant, plan, first)
    right = get(bar, left, NEXT) if left >= 0 else get(plan.line, machine, 0)
    _connect(plan, machine, left, right, first, last)
    bar[first, PREV], bar[last, NEXT] = left, right


@njit
def lift(plant: Plant, plan: Plan, operation: int) -> float:
    """Take a free operation out of its place; answers the change of cost."""
    bar = plan.bar
    node = get(bar, operation, HEAD)
    note_all(plan, node)
    reserve(plant, plan, node, GIVE)
    if bar[operation, MATE] == operation:
        right = get(bar, operation, NEXT)
        unlink(plant, plan, operation, operation)
        if right >= 0:
            push(plan, right)
        change = -plan.cost[operation]
        plan.cost[operation] = 0.0
        return change
    change = -plan.cost[node]
    plan.cost[node] = 0.0
    rest = _leave_batch(plant, plan, operation, node)
    reserve(plant, plan, rest, TAKE)
    plan.cost[rest] = cost_of(plant, plan, rest)
    push(plan, rest)
    return change + plan.cost[rest]


@njit
def _leave_batch(plant: Plant, plan: Plan, operation: int, node: int) -> int:
    """Take a member out of its ring; answers the leader of the others."""
    bar = plan.bar
    before = operation
    while bar[before, MATE] != operation:
        before = get(bar, before, MATE)
    rest = get(bar, operation, MATE)
    bar[before, MATE] = rest
    if operation != node:
        rest = node
    else:
        for column in (FREE, READY, NEED, SETUP, PREV, NEXT, BIND):
            bar[rest, column] = bar[node, column]
        if bar[node, FLAG] & HELD:  # the batch waits on under its other leader
            bar[rest, WAITED] = bar[node, WAITED]
            bar[rest, FLAG] = get(bar, rest, FLAG) | HELD | RELAXED
        left, right = get(bar, rest, PREV), get(bar, rest, NEXT)
        _connect(plan, machine_of(plant, plan, rest), left, right, rest, rest)
        member = rest
        while True:
            bar[member, HEAD] = rest
            member = get(bar, member, MATE)
            if member == rest:
                break
    bar[operation, MATE] = bar[operation, HEAD] = operation
    bar[operation, FLAG] = (bar[operation, FLAG] & ~PLACED) | SHIFTED
    return rest


@njit
def put(plant: Plant, plan: Plan, operation: int, way: int, left: int, turn: int) -> None:
    """Put a lifted operation on a machine, behind a node, to be timed in its turn."""
    bar = plan.bar
    bar[operation, WAY], bar[operation, OLD], bar[operation, WAITED] = way, turn, 0
    bar[operation, FLAG] &= np.int32(~HELD)
    link(plant, plan, operation, operation, left)
    right = get(bar, operation, NEXT)
    push(plan, operation)
    if right >= 0:
        push(plan, right)


@njit
def join(plant: Plant, plan: Plan, operation: int, way: int, node: int) -> float:
    """Put a lifted operation into a batch; answers the change of cost."""
    bar = plan.bar
    note_all(plan, node)
    reserve(plant, plan, node, GIVE)
    old_start, old_end = get(bar, operation, START), get(bar, operation, END)
    bar[operation, WAY], bar[operation, HEAD] = way, node
    bar[operation, MATE], bar[node, MATE] = bar[node, MATE], operation
    for column in (BEGIN, START, END):
        bar[operation, column] = bar[node, column]
    bar[operation, PREV] = bar[operation, NEXT] = NOWHERE
    bar[operation, WAITED] = 0
    bar[operation, FLAG] = (get(bar, operation, FLAG) & ~HELD) | SHIFTED
    if short_of_tools(plant, plan, node, get(bar, node, BEGIN), get(bar, node, END)) < 0:
        reserve(plant, plan, node, TAKE)
    elif plant.op[node, FIXED]:
        plan.heap[FAILED] = 1
    cost = cost_of(plant, plan, node)
    change = cost - plan.cost[node]
    plan.cost[node] = cost
    spread(plant, plan, operation, old_start, old_end)
    push(plan, node)
    return change


@njit
def relocate(
    plant: Plant, plan: Plan, operation: int, way: int, left: int, batch: int, turn: int
) -> float:
    """Move an operation; the caller carries the change on, and keeps it or undoes it.

    Parameters
    ----------
    left, batch
        The node to stand behind, or else (not NOWHERE) the batch to join.
    turn
        Start that it may have had there: orders it among the nodes to be timed [s].

    Returns
    -------
    Change of cost so far; ``FAILED`` counts if it cannot be.
    """
    begin_move(plan)
    if left == operation:  # its batch goes on under another leader
        left = get(plan.bar, operation, MATE)
    change = lift(plant, plan, operation)
    if batch >= 0:
        change += join(plant, plan, operation, way, get(plan.bar, batch, HEAD))
    else:
        left = get(plan.bar, left, HEAD) if left >= 0 else left
        put(plant, plan, operation, way, left, turn)
    return change


@njit
def keep(plant: Plant, plan: Plan) -> None:
    """Accept what the move has done."""
    for row in range(plan.heap[LOGS]):
        operation = get(plan.log, row, COLUMNS)
        if plan.bar[operation, FLAG] & PUSHED:  # it goes on waiting for what it waited for
            plan.bar[operation, WAITED] = plan.log[row, WAITED]
            plan.bar[operation, FLAG] |= np.int32(HELD)
        plan.bar[operation, FLAG] &= np.int32(~(LOGGED | RELAXED | SHIFTED | PUSHED))
        if plant.money[0, PROGRESS] > 0 and plant.op[operation, ORDER] >= 0:
            order = get(plant.op, operation, ORDER)
            plan.first_start[order] = first_start(plant, plan, order)
    if plant.money[0, MAKESPAN] > 0:
        plan.cost[2 * len(plan.bar)] = makespan(plant, plan)
    plan.heap[LOGS] = 0


@njit
def undo(plant: Plant, plan: Plan) -> None:
    """Put everything back as it was before the move."""
    bar, log, logs = plan.bar, plan.log, plan.heap[LOGS]
    while plan.heap[HEAPED] > 0:
        pop(plan)
    for row in range(logs):
        operation = get(log, row, COLUMNS)
        flag = get(bar, operation, FLAG)
        if bar[operation, HEAD] == operation and flag & SHIFTED and flag & PLACED:
            reserve(plant, plan, operation, GIVE)
            bar[operation, FLAG] |= SHIFTED
    for row in range(logs):
        operation = get(log, row, COLUMNS)
        shifted = get(bar, operation, FLAG) & SHIFTED
        for column in range(COLUMNS):
            bar[operation, column] = log[row, column]
        bar[operation, FLAG] |= shifted
        plan.cost[operation] = plan.cost[len(plan.bar) + row]
    for row in range(logs):
        operation = get(log, row, COLUMNS)
        if bar[operation, HEAD] == operation and bar[operation, FLAG] & SHIFTED:
            reserve(plant, plan, operation, TAKE)
        is_held = get(bar, operation, FLAG) & HELD
        bar[operation, FLAG] = is_held | (PLACED if bar[operation, HEAD] == operation else 0)
    for row in range(len(bar) + plan.heap[LINES] - 1, len(bar) - 1, -1):
        machine = get(log, row, 0)
        plan.line[machine, 0], plan.line[machine, 1] = log[row, 1], log[row, 2]
    plan.heap[LOGS] = plan.heap[LINES] = 0
