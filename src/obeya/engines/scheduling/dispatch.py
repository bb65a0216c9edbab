"""A schedule at once: every machine takes the most urgent work that waits for it."""

from enum import IntEnum

import numpy as np

from .arrays import Ints
from .kernels import group as outcomes
from .kernels import rules
from .kernels.dispatch import dispatch as dispatch_kernel
from .kernels.plant import END, START, State
from .kernels.retime import place_fixed, retime, with_predecessors
from .maintenance_plan import plan_maintenance
from .packing import Packed, packed
from .problem import OVERLAP, Problem
from .schedule import Schedule
from .unschedulable import FIXED, HORIZON, MAXIMUM_WAIT, NO_CALENDAR, Unschedulable
from .urgency import fastest, tails_and_dues


class Rule(IntEnum):
    """In which order a machine takes the work that waits for it."""

    EDD = rules.EDD
    """Earliest due order first."""
    SLACK = rules.SLACK
    """Least time to spare first."""
    CRITICAL_RATIO = rules.CRITICAL_RATIO
    """Least time left for each hour of work that is left."""
    ATC = rules.ATC
    """Apparent tardiness cost: worth per hour, discounted by the slack."""
    ATCS = rules.ATCS
    """The same, discounted by the setup too."""
    MOST_WORK = rules.MOST_WORK
    """Most work remaining first."""
    SETUP_RUNS = rules.SETUP_RUNS
    """Stay in the setup family while urgent work of it waits, then the earliest due."""


def dispatch(
    problem: Problem,
    *,
    rule: Rule = Rule.ATC,
    look_ahead: float = 3.0,
    setup_weight: float = 1.0,
    noise: float = 0.0,
    seed: int = 0,
) -> Schedule:
    """Construct one schedule that holds every constraint.

    Fixed operations are placed first, then what must be done in time for them, then all others by
    an event simulation of the shop. Operations tied by a maximum wait are placed together.

    Parameters
    ----------
    rule
        See `Rule`; formulas and sources stand in ``kernels/rules.py``.
    look_ahead
        ATC and ATCS: k, in mean processing times; small values count only what is nearly late.
    setup_weight
        ATCS: what a mean setup weighs; 0 ignores setups.
    noise, seed
        Shifts each due time by a normal deviate of ``noise`` mean processing times, so that
        different seeds give different schedules of similar worth.

    Raises
    ------
    Unschedulable
        If some operation cannot be placed; it names the operation and why.
    """
    pack = packed(problem, plan_maintenance(problem))
    state = started_state(pack)
    priority = _priority(
        pack,
        rule=rule,
        look_ahead=look_ahead,
        setup_weight=setup_weight,
        noise=noise,
        seed=seed,
    )
    _place_what_fixed_ones_wait_for(pack, state, priority)
    refuse_failure(pack, dispatch_kernel(pack.plant, state, priority))
    refuse_late_for_fixed(pack, state)
    return pack.schedule(state)


def started_state(pack: Packed) -> State:
    """A plan in which only frozen and started operations stand."""
    state = pack.empty_state()
    place_fixed(pack.plant, state)
    return state


def refuse_failure(pack: Packed, outcome: tuple[int, int, int]) -> None:
    """Raise `Unschedulable` if a kernel could not place an operation."""
    status, operation, blocker = outcome
    if status == outcomes.PLACED:
        return
    if status == outcomes.WAITS_TOO_LONG:
        raise Unschedulable.of(pack.problem, MAXIMUM_WAIT, operation, blocker)
    state = pack.empty_state()
    fits_alone = outcomes.best_slot(pack.plant, state, operation)[0] >= 0
    reason = HORIZON if fits_alone else NO_CALENDAR
    raise Unschedulable.of(pack.problem, reason, operation, -1)


def refuse_late_for_fixed(pack: Packed, state: State) -> None:
    """Raise `Unschedulable` if a free operation ends too late for a fixed successor."""
    problem = pack.problem
    arcs, fixed = problem.precedence, problem.fixed
    start, end = state.bar[:, START], state.bar[:, END]
    for row in np.flatnonzero(fixed[arcs.after] & ~fixed[arcs.before]):
        before, after = int(arcs.before[row]), int(arcs.after[row])
        if arcs.kind[row] == OVERLAP:
            late = (
                start[after] < start[before] + arcs.lag[row]
                or end[after] < end[before] + arcs.end_lag[row]
            )
        else:
            late = start[after] < end[before] + arcs.lag[row]
        if late:
            raise Unschedulable.of(problem, FIXED, before, after)


def _place_what_fixed_ones_wait_for(pack: Packed, state: State, priority: rules.Priority) -> None:
    """Predecessors of fixed operations, and what must soon follow one, go before all others."""
    problem = pack.problem
    arcs, fixed = problem.precedence, problem.fixed
    wanted: Ints = np.zeros(len(problem), dtype=np.int64)
    wanted[arcs.before[fixed[arcs.after]]] = 1
    wanted[arcs.after[fixed[arcs.before] & (arcs.maximum_wait >= 0)]] = 1
    with_predecessors(pack.plant, pack.topological, wanted)
    key = (priority.urgency[:, rules.DUE] - priority.urgency[:, rules.TAIL]).astype(np.float64)
    refuse_failure(pack, retime(pack.plant, state, key, wanted))


def _priority(
    pack: Packed, *, rule: Rule, look_ahead: float, setup_weight: float, noise: float, seed: int
) -> rules.Priority:
    problem, own = pack.problem, fastest(pack)
    mean = float(own.mean()) if len(own) else 1.0
    due = problem.orders.due.copy()
    if noise > 0:
        draws = np.random.default_rng(seed)
        due += (draws.standard_normal(len(due)) * noise * mean).astype(np.int64)
    urgency = np.zeros((len(problem), 4), np.int64)
    urgency[:, [rules.TAIL, rules.DUE]] = tails_and_dues(pack, due)
    urgency[:, rules.OWN] = own
    weight = np.concatenate([problem.orders.weight, [0]])
    urgency[:, rules.WEIGHT] = weight[problem.operations.order]
    setups = problem.setups.seconds
    mean_setup = float(setups.mean()) if len(setups) else 0.0
    scale = np.array([max(look_ahead * mean, 1.0), max(mean_setup, 1.0) / max(setup_weight, 1e-9)])
    return rules.Priority(int(rule), urgency, scale)
