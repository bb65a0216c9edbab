"""`obeya bench plant`: a rule that finds no plan costs no row while another finds one."""

import pytest

from obeya.engines.scheduling import (
    Alternative,
    Problem,
    ProblemBuilder,
    Rule,
    Unschedulable,
    dispatch,
)
from obeya.modules.scheduling.benches.one_plant import nearest, seconds_to_construct

HOUR = 3600


def press(hours: int) -> Problem:
    """Two lots of an hour. The one worth more needs a setup of an hour first, and so does the
    other after it: four hours; the other way round three."""
    plan = ProblemBuilder(now=0, horizon=hours * HOUR)
    matrix = plan.setup_matrix([[0, HOUR], [HOUR, 0]])
    calendar = plan.calendar([(0, hours * HOUR)])
    machine = plan.machine(calendar=calendar, setup_matrix=matrix, family=0)
    for family, due, weight in ((1, 2 * HOUR, 9), (0, HOUR, 1)):
        order = plan.order(due=due, weight=weight)
        plan.operation([Alternative(machine, HOUR)], order=order, family=family)
    return plan.build()


def test_a_plant_that_only_one_rule_cannot_plan_is_constructed_by_the_next():
    problem = press(3)

    with pytest.raises(Unschedulable, match="does not end before the horizon"):
        dispatch(problem, rule=Rule.ATC)
    assert seconds_to_construct(problem) > 0


def test_a_plant_that_no_rule_can_plan_is_passed_over_for_the_next():
    fits = press(4)

    problem, figures, load = nearest([(0.8, press(2)), (0.7, fits)])

    assert (problem, load) == (fits, 0.7)
    assert figures.late_orders == 1


def test_if_no_plant_can_be_planned_it_is_said_why():
    with pytest.raises(Unschedulable, match="operation 0: does not end before the horizon"):
        nearest([(0.8, press(2)), (0.7, press(2))])
