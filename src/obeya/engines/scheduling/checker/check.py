"""The check of a whole schedule."""

from ..problem import Problem
from ..schedule import Schedule
from . import machine_rules, order_rules, plan_rules, pool_rules
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
    it: a free operation, a moved fixed one, or a maintenance job. `conflicts_among_fixed` reports
    the rest.

    Returns
    -------
    Empty if every constraint holds.
    """
    return [v for v in _violations(problem, schedule) if _was_decided(problem, v)]


def conflicts_among_fixed(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Constraints that only frozen and started operations break: to be shown, not refused."""
    return [v for v in _violations(problem, schedule) if not _was_decided(problem, v)]


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


def _violations(problem: Problem, schedule: Schedule) -> list[Violation]:
    if len(schedule) != len(problem) or len(schedule.maintenance_start) != len(problem.maintenance):
        return [Violation("complete", (), "The schedule has other rows than the problem.")]
    not_eligible = eligible_machine(problem, schedule)
    if any(not 0 <= row < len(problem.alternatives) for row in schedule.alternative.tolist()):
        return not_eligible  # the other rules need an alternative to read
    reading = Reading(problem, schedule)
    return not_eligible + [violation for rule in RULES for violation in rule(reading)]


def _was_decided(problem: Problem, violation: Violation) -> bool:
    if not violation.operations or violation.rule in {"fixed", "eligible_machine"}:
        return True
    return not all(problem.fixed[i] for i in violation.operations)
