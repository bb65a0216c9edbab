"""A problem that grows beside its plan: more machines, setups and people."""

import pytest

from obeya.engines.scheduling import Alternative, ProblemBuilder, check, dispatch
from obeya.engines.scheduling.reaction import NewOperation, NewOrder, Wider, promise

HOUR = 3600


@pytest.fixture
def saw():
    """A saw that is set up for oak at 0 and cuts two hours of it; somebody does that."""
    plan = ProblemBuilder(now=0, horizon=240 * HOUR)
    machine = plan.machine(
        calendar=plan.calendar([(0, 240 * HOUR)]), setup_matrix=plan.setup_matrix([[0]]), family=0
    )
    crew = plan.crew([(0, 240 * HOUR, 1)], label="Saw")
    plan.operation([Alternative(machine, 2 * HOUR, crew=crew, family=0)])
    problem = plan.build()
    return problem, dispatch(problem)


def ask(problem, schedule, *ways):
    return promise(problem, schedule, NewOrder((NewOperation(ways),), due=0)).completion


def test_a_new_family_costs_its_setup_and_the_known_ones_what_they_did(saw):
    wider = Wider(saw[0])
    wider.families(0, [[0, HOUR], [3 * HOUR, 0]])
    problem = wider.build()

    assert [problem.setup_seconds(0, *pair) for pair in ((0, 0), (0, 1), (1, 0))] == [
        0,
        HOUR,
        3 * HOUR,
    ]
    assert ask(problem, saw[1], Alternative(0, HOUR, family=1)) == 4 * HOUR
    assert check(problem, saw[1]) == []


def test_setups_between_known_families_cannot_change(saw):
    wider = Wider(saw[0])

    with pytest.raises(ValueError, match="stay as they are"):
        wider.families(0, [[HOUR, 0], [0, 0]])


def test_a_twin_is_free_while_the_other_is_busy_and_may_have_hours_of_its_own(saw):
    wider = Wider(saw[0])
    late = wider.calendar([(5 * HOUR, 9 * HOUR)])
    twin, evening = wider.twin(0, "SAW-2"), wider.twin(0, "SAW-3", calendar=late)
    problem = wider.build()

    assert [problem.name("machines", row) for row in (twin, evening)] == [
        "machine 1 (SAW-2)",
        "machine 2 (SAW-3)",
    ]
    assert ask(problem, saw[1], Alternative(0, HOUR)) == 3 * HOUR
    assert ask(problem, saw[1], Alternative(twin, HOUR)) == HOUR
    assert ask(problem, saw[1], Alternative(evening, HOUR)) == 6 * HOUR


def test_new_people_are_there_when_they_are_and_the_others_stay_busy(saw):
    wider = Wider(saw[0])
    outside = wider.machine("OUTSIDE", calendar=0)
    people = wider.crew([(HOUR, 9 * HOUR, 1)], "Lacquer")
    problem = wider.build()

    assert problem.name("pools", people) == "pool 1 (Lacquer)"
    assert ask(problem, saw[1], Alternative(outside, HOUR, crew=0)) == 3 * HOUR
    assert ask(problem, saw[1], Alternative(outside, HOUR, crew=people)) == 2 * HOUR
