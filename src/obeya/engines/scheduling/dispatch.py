"""A schedule at once: every machine takes the most urgent work that waits for it."""

from enum import IntEnum

import numpy as np

from .directions import backward, bidirectional, bottleneck_first, carried_out
from .kernels import rules
from .kernels.dispatch import dispatch as dispatch_kernel
from .kernels.retime import NO_WISH, retime
from .maintenance_plan import plan_maintenance
from .packing import Packed, packed
from .placing import before_fixed, refuse_failure, refuse_late_for_fixed, started_state
from .problem import Problem
from .schedule import Schedule
from .urgency import fastest, tails_and_dues


class Rule(IntEnum):
    """In which order a machine takes the work that waits for it, or from where the plan is made."""

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
    BACKWARD = 7
    """From the due times back, as late as possible; what had to start in the past goes forward."""
    BIDIRECTIONAL = 8
    """The bottleneck first; backward from there what leads to it, forward what follows."""
    BOTTLENECK_FIRST = 9
    """The work of the busiest machines first, then that of the next, and so on."""

    @property
    def label(self) -> str:
        """What a planner calls it."""
        return self.name.lower().replace("_", " ")


_TARGETS = {
    Rule.BACKWARD: backward,
    Rule.BIDIRECTIONAL: bidirectional,
    Rule.BOTTLENECK_FIRST: bottleneck_first,
}


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

    Fixed operations are placed first, then what must be done in time for them, then all others: by
    an event simulation of the shop, or for the last three rules by the passes of ``directions.py``.
    Operations tied by a maximum wait are placed together.

    Parameters
    ----------
    rule
        See `Rule`; formulas and sources stand in ``kernels/rules.py`` and ``directions.py``.
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
    priority = _priority(
        pack,
        rule=rule,
        look_ahead=look_ahead,
        setup_weight=setup_weight,
        noise=noise,
        seed=seed,
    )
    if rule in _TARGETS:
        return pack.schedule(carried_out(pack, _TARGETS[rule](pack, priority.urgency)))
    state = started_state(pack)
    key = (priority.urgency[:, rules.DUE] - priority.urgency[:, rules.TAIL]).astype(np.float64)
    refuse_failure(pack, retime(pack.plant, state, key, before_fixed(pack), NO_WISH))
    refuse_failure(pack, dispatch_kernel(pack.plant, state, priority))
    refuse_late_for_fixed(pack, state)
    return pack.schedule(state)


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
