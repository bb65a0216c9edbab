"""Which machines are short, worked out by hand."""

import numpy as np

from obeya.engines.scheduling import Alternative
from obeya.engines.scheduling.machine_groups import busiest
from obeya.engines.scheduling.maintenance_plan import plan_maintenance
from obeya.engines.scheduling.packing import packed
from obeya.engines.scheduling.tests.month import DAY, HOUR, always, days


def groups(plan, most):
    """The operations of each of the busiest groups."""
    problem = plan.build()
    pack = packed(problem, plan_maintenance(problem))
    return [np.flatnonzero(here).tolist() for here in busiest(pack, most)]


def test_an_oven_is_as_busy_as_its_batches_not_as_its_lots(plan):
    saw, oven = plan.machine(calendar=always(plan)), plan.machine(calendar=always(plan), places=4)
    plan.operation([Alternative(saw, 5 * HOUR)], order=plan.order(due=9 * HOUR))
    for _ in range(4):
        order = plan.order(due=9 * HOUR)
        plan.operation([Alternative(oven, 4 * HOUR)], recipe=0, order=order)

    assert groups(plan, most=8) == [[0], [1, 2, 3, 4]]


def test_of_two_groups_with_as_much_to_do_the_one_with_fewer_shifts_is_busier(plan):
    round_the_clock = plan.machine(calendar=always(plan))
    by_day = plan.machine(calendar=days(plan))
    for machine in (round_the_clock, by_day):
        order = plan.order(due=9 * DAY)
        plan.operation([Alternative(machine, 5 * HOUR)], order=order)

    assert groups(plan, most=1) == [[1]]


def test_where_all_is_overdue_the_drum_is_what_the_horizon_leaves_least_time_for(plan):
    """At night no machine offers an hour before the last due time: then four mills of 15 hours each
    would pass for one that needs 60, and the grinder's 40 hours for less.
    """
    shifts = days(plan)
    mills = [plan.machine(calendar=shifts) for _ in range(4)]
    grinder = plan.machine(calendar=shifts)
    late = plan.order(due=0)
    for _ in range(12):
        plan.operation([Alternative(mill, 5 * HOUR) for mill in mills], order=late)
    for _ in range(8):
        plan.operation([Alternative(grinder, 5 * HOUR)], order=late)

    assert groups(plan, most=1) == [list(range(12, 20))]
