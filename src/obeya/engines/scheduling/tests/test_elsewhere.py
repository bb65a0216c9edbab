"""Why this machine, and not another one."""

from obeya.engines.scheduling import (
    Alternative,
    Binding,
    Cause,
    ProblemBuilder,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.elsewhere import Elsewhere, why_this_machine

HOUR = 3600


def test_each_other_machine_says_how_much_later_and_why():
    plan = ProblemBuilder(now=0, horizon=240 * HOUR)
    fast, slow, night = (
        plan.machine(calendar=plan.calendar([(begin, 240 * HOUR)])) for begin in (0, 0, 20 * HOUR)
    )
    held = plan.operation(
        [Alternative(fast, 2 * HOUR), Alternative(slow, 3 * HOUR), Alternative(night, 2 * HOUR)]
    )
    plan.operation([Alternative(slow, 5 * HOUR)], fixed_alternative=0, fixed_start=0)
    problem = plan.build()
    schedule = dispatch(problem)

    assert why_this_machine(problem, schedule, held) == (
        Elsewhere(1, slow, 5 * HOUR, 8 * HOUR, 6 * HOUR, HOUR, Binding(Cause.MACHINE_QUEUE, 1)),
        Elsewhere(2, night, 20 * HOUR, 22 * HOUR, 20 * HOUR, 0, Binding(Cause.OFF_SHIFT, -1)),
    )
    assert why_this_machine(problem, schedule, 1) == ()


def test_what_would_end_sooner_elsewhere_is_rare_after_dispatch():
    sooner = asked = 0
    for seed in range(10):
        problem = random_problem(seed, operations=40)
        schedule = dispatch(problem)
        for operation in range(len(problem)):
            for other in why_this_machine(problem, schedule, operation):
                asked += 1
                assert other.later is not None
                assert other.later == other.end - schedule.end[operation]
                sooner += other.later < 0
    assert asked > 200
    assert sooner < 0.2 * asked
