"""The constructor finds a plan of every plant that the fuzz tries: none is refused for nothing."""

import pytest

from obeya.engines.scheduling import Rule, Unschedulable, check, dispatch
from obeya.engines.scheduling.objective import ON_TIME_FIRST
from obeya.engines.scheduling.search.solve import first_schedule

from .plant_cases import plant_of

# Nothing forgives here: the fuzz, and tests of the search, pass over what is refused.
PLANTS = 120


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_alone_finds_a_plan_of_each_plant(rule):
    refused = []

    for seed in range(PLANTS // 3):
        _, problem = plant_of(seed)
        try:
            dispatch(problem, rule=rule)
        except Unschedulable as failure:
            refused.append((seed, failure.reason))

    assert refused == []


def test_a_plan_is_found_of_each_of_a_hundred_and_twenty_plants():
    found = 0

    for seed in range(PLANTS):
        _, problem = plant_of(seed)
        found += check(problem, first_schedule(problem, ON_TIME_FIRST)) == []

    assert found == PLANTS == 120
