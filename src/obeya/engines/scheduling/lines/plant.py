"""A line as a plant problem, and its plan as a schedule, so that the plant's checker sees it.

That jobs do not pass each other is no rule of a plant; `checking` looks at it.
"""

from functools import singledispatch

import numpy as np

from ..arrays import Ints
from ..problem import Alternative, Problem, ProblemBuilder
from ..schedule import Schedule
from .flow_line import FlowLine
from .hybrid_line import HybridLine
from .plans import HybridPlan, LinePlan


@singledispatch
def as_problem(line: FlowLine | HybridLine) -> Problem:
    """Write a line as a plant that never closes: operation job x stages + stage, one order each."""
    raise TypeError(f"Expected a line, not {line!r}.")


@as_problem.register
def _(line: FlowLine) -> Problem:
    setups = line.setups_from
    plan = ProblemBuilder(now=0, horizon=line.horizon)
    calendar = plan.calendar([(0, plan.horizon + 1)])
    for stage in range(line.stages):
        if setups is None:
            plan.machine(calendar=calendar)
            continue
        square = np.hstack([setups[stage], np.zeros((line.jobs + 1, 1), dtype=np.int64)])
        matrix = plan.setup_matrix(square.tolist())
        plan.machine(calendar=calendar, setup_matrix=matrix, family=line.jobs)
    due = line.due_or_zero.tolist()
    for job, durations in enumerate(line.durations.tolist()):
        order = plan.order(due=due[job], weight=int(line.weight_or_one[job]))
        ways = [[Alternative(stage, run=run)] for stage, run in enumerate(durations)]
        _route(plan, ways, order=order, family=job, maximum_wait=0 if line.no_wait else -1)
    return plan.build()


@as_problem.register
def _(line: HybridLine) -> Problem:
    plan = ProblemBuilder(now=0, horizon=line.horizon)
    calendar = plan.calendar([(0, plan.horizon + 1)])
    stages = [[plan.machine(calendar=calendar) for _ in range(n)] for n in line.machines.tolist()]
    for durations in line.durations.tolist():
        ways = [
            [Alternative(machine, run=run) for machine in machines]
            for machines, run in zip(stages, durations, strict=True)
        ]
        _route(plan, ways, order=plan.order(due=0))
    return plan.build()


@singledispatch
def as_schedule(plan: LinePlan | HybridPlan, problem: Problem) -> Schedule:
    """Write a plan of a line as a schedule of its problem."""
    raise TypeError(f"Expected a plan of a line, not {plan!r}.")


@as_schedule.register
def _(plan: LinePlan, problem: Problem) -> Schedule:
    setup = np.zeros_like(plan.start)
    for stage in range(plan.start.shape[1]):
        before = int(problem.machines.initial_family[stage])
        for job in plan.order.tolist():
            setup[job, stage] = problem.setup_seconds(stage, before, job)
            before = job
    return _schedule(problem, plan.start, setup, np.zeros_like(plan.start))


@as_schedule.register
def _(plan: HybridPlan, problem: Problem) -> Schedule:
    first_way = problem.operations.first_alternative[:-1].reshape(plan.start.shape)
    first_machine = problem.alternatives.machine[first_way]
    return _schedule(problem, plan.start, np.zeros_like(plan.start), plan.machine - first_machine)


def _route(
    plan: ProblemBuilder,
    ways: list[list[Alternative]],
    *,
    order: int,
    family: int = -1,
    maximum_wait: int = -1,
) -> None:
    """Add the operations of one job, each after the one before."""
    before = -1
    for alternatives in ways:
        operation = plan.operation(alternatives, order=order, family=family)
        if before >= 0:
            plan.follows(operation, before, maximum_wait=maximum_wait)
        before = operation


def _schedule(problem: Problem, start: Ints, setup: Ints, choice: Ints) -> Schedule:
    way = problem.operations.first_alternative[:-1] + choice.ravel()
    begin = start.ravel()
    return Schedule.of(
        problem,
        alternative=way,
        setup_start=begin - setup.ravel(),
        start=begin,
        end=begin + problem.alternatives.run[way],
    )
