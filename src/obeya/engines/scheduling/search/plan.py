"""A plan in the hands of the search: read from a schedule, changed by moves, given back."""

import numpy as np

from ..arrays import Ints
from ..kernels.chance import chance_of
from ..schedule import Schedule
from .kernels import tables as t
from .kernels.choose import Guide
from .kernels.shift_left import shift_left
from .kernels.slack import weigh_slack
from .kernels.tables import Plan, Table
from .kernels.waits import hold_what_pays, justify
from .kernels.whole import (
    give_back,
    in_sequence,
    load,
    take_again,
    time_all,
)
from .layout import Layout

_TIMED_ANEW = 3_000  # operations: of more some always get worse when all are timed again
_ROUNDING = 1e-9  # of a cost that is summed up anew
_ROUNDS = 4  # of letting work wait: each may make room for the next

Kept = tuple[Table, Table]  # rows of the operations, and ends of the lines


def empty_plan(layout: Layout, seed: int, stream: int = 0) -> Plan:
    """Room for a plan, with the capacity of all pools and luck of its own."""
    n, machines = len(layout.problem), len(layout.problem.machines)
    return Plan(
        bar=np.zeros((n, t.COLUMNS), np.int32),
        left=layout.capacity.copy(),
        line=np.full((machines, 2), t.NOWHERE, np.int32),
        first_start=np.zeros(len(layout.problem.orders), np.int32),
        log=np.zeros((n + t.LINES_LOGGED, t.COLUMNS + 1), np.int32),
        cost=np.zeros(2 * n + 2),
        heap=np.zeros(t.FIRST + n + 1, np.int64),
        chance=chance_of(seed, stream),
    )


def empty_guide(layout: Layout) -> Guide:
    """Room for what guides the moves; every machine may be touched."""
    n, orders = len(layout.problem), len(layout.last)
    return Guide(
        slack=np.zeros(n, np.int32),
        pressure=np.zeros(n),
        late=np.zeros(orders, np.int32),
        sum=np.zeros(orders),
        allowed=np.ones(len(layout.problem.machines), np.int32),
        found=np.zeros(1, np.int32),
        user=np.zeros(3 * n, np.int32),
        user_from=np.zeros(len(layout.capacity) + 1, np.int32),
    )


def read_in(layout: Layout, plan: Plan, schedule: Schedule) -> None:
    """Put a schedule into an empty plan."""
    bar = plan.bar
    bar[:, t.WAY] = schedule.alternative
    for column, moments in (
        (t.BEGIN, schedule.setup_start),
        (t.START, schedule.start),
        (t.END, schedule.end),
    ):
        bar[:, column] = np.clip(moments - layout.origin, -t.FAR, t.FAR)
    load(layout.plant, plan, _by_machine(layout, schedule))
    if layout.prices.waits:
        hold_what_pays(layout.plant, plan)


def given_back(layout: Layout, kept: Kept) -> Schedule:
    """The schedule of a plan that was kept."""
    bar, now = kept[0].astype(np.int64), layout.origin
    return Schedule.of(
        layout.problem,
        alternative=bar[:, t.WAY],
        setup_start=bar[:, t.BEGIN] + now,
        start=bar[:, t.START] + now,
        end=bar[:, t.END] + now,
        maintenance_start=layout.maintenance_start,
    )


def kept(plan: Plan) -> Kept:
    """A copy of a plan, small enough to keep often."""
    return plan.bar.copy(), plan.line.copy()


def go_back(layout: Layout, plan: Plan, before: Kept) -> None:
    """Go back to a plan that was kept."""
    give_back(layout.plant, plan)
    plan.bar[:], plan.line[:] = before
    take_again(layout.plant, plan)


def tidied(layout: Layout, plan: Plan) -> None:
    """Take back what crews and tools have left, unless the plan gets no better by it."""
    if len(plan.bar) > _TIMED_ANEW:
        shifted_left(layout, plan)
        return
    before, cost = kept(plan), plan.cost[-1]
    order = _by_start(layout, plan)
    give_back(layout.plant, plan)
    if not time_all(layout.plant, plan, order) or plan.cost[-1] > cost:
        go_back(layout, plan, before)


def shifted_left(layout: Layout, plan: Plan) -> int:
    """Begin what waits for a crew or tool when it is there, unless the plan gets worse by it.

    Returns
    -------
    How many operations begin sooner; a batch is one.
    """
    before, cost = kept(plan), plan.cost[-1]
    sooner = shift_left(layout.plant, plan, _by_start(layout, plan))
    if plan.cost[-1] <= cost + _ROUNDING * abs(cost):
        return int(sooner)
    go_back(layout, plan, before)
    return 0


def timed_anew(layout: Layout, plan: Plan) -> bool:
    """Time the lines of a plan that has nothing reserved; False if they do not go together.

    Then what the rows say may not hold, though all of it is reserved if the lines have no circle.
    """
    order = np.zeros(len(plan.bar), np.int64)
    nodes = in_sequence(layout.plant, plan, order)
    if nodes < (plan.bar[:, t.HEAD] == np.arange(len(plan.bar))).sum():
        take_again(layout.plant, plan)
        return False
    return time_all(layout.plant, plan, order[:nodes])


def fitted_together(layout: Layout, plan: Plan, lines: Kept) -> bool:
    """Time the lines of a merged plan; False if they do not go together, and all is as before."""
    before = kept(plan)
    give_back(layout.plant, plan)
    plan.bar[:], plan.line[:] = lines
    if timed_anew(layout, plan):
        return True
    go_back(layout, plan, before)
    return False


def guided(layout: Layout, plan: Plan, guide: Guide) -> None:
    """Bring slack and pressure up to date."""
    plant = layout.plant
    weigh_slack(plant, plan, _by_start(layout, plan), guide.slack, guide.pressure)
    way = plan.bar[:, t.WAY]
    setter = plant.machine[plant.way[way, t.MACHINE], t.SETTER]
    setter = np.where(plan.bar[:, t.SETUP] > 0, setter, -1)
    pool = np.concatenate([plant.way[way, t.CREW], plant.way[way, t.TOOL], setter])
    by_start = np.argsort(plan.bar[:, t.START], kind="stable")
    user = np.tile(by_start, 3)
    pool = pool.reshape(3, -1)[:, by_start].reshape(-1)
    rows = np.argsort(pool, kind="stable")
    guide.user_from[:] = np.searchsorted(pool[rows], np.arange(len(guide.user_from)))
    guide.user[:] = user[rows]


def justified(layout: Layout, plan: Plan, most_steps: int) -> float:
    """Let work wait where that pays at once; answers the change of cost."""
    total, before = 0.0, int(plan.heap[t.STEPS])
    for _ in range(_ROUNDS):
        left = most_steps - (int(plan.heap[t.STEPS]) - before)
        change = justify(layout.plant, plan, _by_start(layout, plan), left)
        total += change
        if change > -1e-9:
            break
    return total


def _by_start(layout: Layout, plan: Plan) -> Ints:
    """Nodes by start, of equal ones first what comes first in the routing."""
    nodes = np.flatnonzero(plan.bar[:, t.HEAD] == np.arange(len(plan.bar)))
    return nodes[np.lexsort((layout.rank[nodes], plan.bar[nodes, t.START]))].astype(np.int64)


def _by_machine(layout: Layout, schedule: Schedule) -> Ints:
    """Operations by machine and time; of one batch a fixed one first."""
    free = ~layout.problem.fixed
    batch = layout.problem.machines.places[schedule.machine] > 0
    ends = np.where(batch, 0, schedule.end)
    return np.lexsort((free, schedule.setup_start, ends, schedule.start, schedule.machine)).astype(
        np.int64
    )
