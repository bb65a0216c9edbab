"""Crews of more people than the search counts one by one."""

import pytest

from obeya.engines.scheduling import Alternative, Budget, ProblemBuilder, check
from obeya.engines.scheduling.search import solve

HOUR = 3600


@pytest.mark.parametrize(("there", "heads"), [(100_000, 40_000), (70_000, 23_000), (5, 40_000)])
def test_a_crew_of_more_than_16_bits_count_is_never_overdrawn(there, heads):
    """Of six operations on machines of their own two or three can be done at once."""
    plan = ProblemBuilder(now=0, horizon=100 * HOUR)
    always = plan.calendar([(0, 100 * HOUR)])
    crew = plan.crew([(0, 100 * HOUR, there)])
    few = plan.crew([(0, 100 * HOUR, 9)])
    for row in range(6):
        machine = plan.machine(calendar=always)
        ways = [Alternative(machine, run=HOUR, crew=crew, heads=heads)]
        if heads > there:
            ways = [Alternative(machine, run=HOUR, crew=few, heads=3), *ways]
        plan.operation(ways, order=plan.order(due=HOUR * (row % 2)))
    problem = plan.build()

    answer = solve(problem, budget=Budget(20_000), seed=1)

    assert check(problem, answer) == []
    assert max(answer.end) == 6 * HOUR // min(3, there // heads or 3)
