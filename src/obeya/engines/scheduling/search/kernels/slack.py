"""How far each node may slip, and what it costs when it slips further."""

from ...arrays import Ints
from .njit import njit
from .tables import (
    AFTER,
    BEGIN,
    DUE,
    END,
    FAR,
    FLOW,
    HEAD,
    KIND,
    LAG,
    LATE_COST,
    MATE,
    NEXT,
    ORDER_FROM,
    ORDER_TO,
    OUT_FROM,
    OUT_TO,
    START,
    TARDY,
    TYPICAL,
    Floats,
    Plan,
    Plant,
    Table,
    get,
)

_SHIFT_S = 8 * 3600


@njit
def weigh_slack(plant: Plant, plan: Plan, order: Ints, slack: Table, pressure: Floats) -> None:
    """How far each node may slip before an order suffers, and what a second more costs then.

    Parameters
    ----------
    order
        As in `time_all`.
    slack, pressure : shape (N,)
        Written for all members of each node [s], [cost/s].
    """
    bar = plan.bar
    for position in range(len(order) - 1, -1, -1):
        node = order[position]
        room, weight = FAR, 0.0
        member = node
        while True:
            end = get(bar, member, END)
            for row in range(plant.op[member, ORDER_FROM], plant.op[member, ORDER_TO]):
                left = max(0, int(plant.money[row, DUE]) - end)
                cost = plant.money[row, TARDY] + plant.money[row, FLOW]
                cost += plant.money[row, LATE_COST] / _SHIFT_S
                if left < room:
                    room, weight = left, cost
            for row in range(plant.op[member, OUT_FROM], plant.op[member, OUT_TO]):
                after = get(bar, get(plant.arc, row, AFTER), HEAD)
                base = end if plant.arc[row, KIND] == 0 else get(bar, member, START)
                gap = max(0, get(bar, after, START) - base - plant.arc[row, LAG])
                if gap + slack[after] < room:
                    room, weight = gap + slack[after], pressure[after]
                elif gap + slack[after] == room:
                    weight = max(weight, pressure[after])
            member = get(bar, member, MATE)
            if member == node:
                break
        after = get(bar, node, NEXT)
        if after >= 0:
            gap = max(0, get(bar, after, BEGIN) - get(bar, node, END))
            if gap + slack[after] < room:
                room, weight = gap + slack[after], pressure[after]
            elif gap + slack[after] == room and room < FAR:
                weight = min(weight + pressure[after], 20.0 * plant.money[0, TYPICAL])
        member = node
        while True:
            slack[member], pressure[member] = room, weight
            member = get(bar, member, MATE)
            if member == node:
                break
