"""The check of a whole schedule."""

from ..problem import Problem
from ..schedule import Schedule
from . import machine_rules, order_rules, plan_rules, pool_rules
from .facts import could_be_elsewhere, has_play
from .reading import Reading
from .violation import Violation

RULES = (
    machine_rules.working_time,
    machine_rules.one_at_a_time,
    machine_rules.setup,
    machine_rules.batch,
    machine_rules.maintenance,
    order_rules.precedence,
    order_rules.overlap,
    order_rules.maximum_wait,
    order_rules.release,
    pool_rules.crew,
    pool_rules.setter,
    pool_rules.tool,
    plan_rules.fixed,
    plan_rules.now_and_horizon,
)


def check(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Verify a schedule against every constraint of its problem.

    Written in plain Python from the definitions; it shares no code with any solver. What the floor
    and the planner have fixed are facts, so a violation counts only if a decision had a part in
    it: a free operation, a fixed one that is not where, or not as long as, it is fixed to be, or a
    maintenance job that could be elsewhere. `conflicts_among_fixed` reports the rest.

    Returns
    -------
    Empty if every constraint holds.
    """
    return [violation for violation, was_decided in _violations(problem, schedule) if was_decided]


def conflicts_among_fixed(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Constraints that only what is fixed breaks: to be shown, not refused."""
    return [v for v, was_decided in _violations(problem, schedule) if not was_decided]


def eligible_machine(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Every operation runs on one of its alternatives, and on the machine of that one."""
    found = []
    for i, chosen in enumerate(schedule.alternative.tolist()):
        if chosen not in problem.alternatives_of(i):
            text = f"{problem.name('operations', i)} cannot be done by alternative {chosen}."
            found.append(Violation("eligible_machine", (i,), text))
        elif schedule.machine[i] != problem.alternatives.machine[chosen]:
            text = f"{problem.name('operations', i)} is on another machine than its alternative."
            found.append(Violation("eligible_machine", (i,), text))
    return found


def _violations(problem: Problem, schedule: Schedule) -> list[tuple[Violation, bool]]:
    """What is broken, and whether a decision had a part in it."""
    if len(schedule) != len(problem) or len(schedule.maintenance_start) != len(problem.maintenance):
        return [(Violation("complete", (), "The schedule has other rows than the problem."), True)]
    not_eligible = [(violation, True) for violation in eligible_machine(problem, schedule)]
    if any(not 0 <= row < len(problem.alternatives) for row in schedule.alternative.tolist()):
        return not_eligible  # the other rules need an alternative to read
    reading = Reading(problem, schedule)
    found = [violation for rule in RULES for violation in rule(reading)]
    return not_eligible + [(violation, _was_decided(reading, violation)) for violation in found]


def _was_decided(r: Reading, violation: Violation) -> bool:
    operations, jobs = violation.operations, violation.maintenance
    if violation.rule == "fixed" or not all(r.fixed[i] for i in operations):
        return True
    if operations:
        return any(could_be_elsewhere(r, job) for job in jobs)
    return not jobs or any(has_play(r, job) for job in jobs)
