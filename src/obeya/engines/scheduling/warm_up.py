"""What plans a plant is compiled at set-up, so that no planner waits for it."""

from contextlib import suppress
from functools import cache

from .budget import Budget
from .change import Change
from .collecting import seldom_collecting
from .dispatch import Rule, dispatch
from .kernels.group import NO_ROOM
from .objective import ON_TIME_FIRST, Objective, tier
from .packing import packed
from .placing import refuse_failure
from .problem import Alternative, Problem, ProblemBuilder
from .random_problem import random_problem
from .reaction import disruptions_of, promise, react
from .reaction.disruption import RushOrder
from .schedule import Schedule
from .search import solve, tardiness_bound
from .search.island import Island
from .search.layout import Layout
from .search.plan import shifted_left
from .search.prices import Prices
from .unschedulable import Unschedulable


@seldom_collecting()
def compile_plant_kernels() -> None:
    """Compile what plans a plant, or load it from disk: all that web and worker need."""
    compile_search_kernels()
    compile_change_kernels()


@seldom_collecting()
def compile_search_kernels() -> None:
    """Compile what makes a plan and searches for a better one."""
    problem, schedule = _planned()
    for rule in (Rule.BACKWARD, Rule.BIDIRECTIONAL):
        dispatch(problem, rule=rule)
    solve(problem, start=schedule, budget=Budget(200), workers=2)
    just_in_time = Objective((tier(earliness=1.0),))
    calm = _maintained()
    solve(calm, start=dispatch(calm), objective=just_in_time, budget=Budget(5_000))
    pack = packed(problem, schedule.maintenance_start)
    large = Island(Layout(pack, Prices(problem, ON_TIME_FIRST)), schedule, seed=1, stream=0)
    shifted_left(large.layout, large.plan)  # only plans of thousands of operations are tidied so
    tardiness_bound(problem)
    with suppress(Unschedulable):
        refuse_failure(pack, (NO_ROOM, 0, -1))


@seldom_collecting()
def compile_change_kernels() -> None:
    """Compile what changes a plan by hand, after a disruption, or for a promise."""
    problem, schedule = _planned()
    change = Change(packed(problem, schedule.maintenance_start), schedule)
    operation = int(schedule.start.argmax())
    change.drop(operation, int(schedule.machine[operation]), int(schedule.start[operation]))
    change.settled()
    change.anew()
    [rush] = disruptions_of(problem, schedule, 3)
    react(problem, schedule, [rush], now=problem.now + 3600, budget=Budget(0))
    if isinstance(rush, RushOrder):
        promise(problem, schedule, rush.order, most_plans=2)


@cache
def _planned() -> tuple[Problem, Schedule]:
    """A small plant with a plan: made once, as both halves of a start need it."""
    problem = random_problem(seed=1, operations=12)
    return problem, dispatch(problem)


def _maintained() -> Problem:
    """A machine whose maintenance can move and whose work can wait."""
    plan = ProblemBuilder(now=0, horizon=360_000)
    machine = plan.machine(calendar=plan.calendar([(0, 360_000)]))
    plan.maintenance(machine, duration=3_600, earliest=0, latest=180_000)
    for due in (36_000, 72_000):
        plan.operation([Alternative(machine, run=7_200)], order=plan.order(due=due))
    return plan.build()
