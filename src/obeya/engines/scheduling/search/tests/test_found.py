"""What is better by the tiers, where figures differ by rounding."""

from types import SimpleNamespace
from typing import Any

import pytest

from obeya.engines.scheduling import Alternative, ProblemBuilder, Schedule
from obeya.engines.scheduling.objective import Energy, Objective, Overtime, tier
from obeya.engines.scheduling.search import compared
from obeya.engines.scheduling.search.found import Found

HOUR = 3600


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ((0.1 + 0.2, 5.0), (0.3, 7.0), -1),
        ((0.3, 7.0), (0.1 + 0.2, 5.0), 1),
        ((0.1 + 0.2,), (0.3,), 0),
        ((1e9 + 0.5, 2.0), (1e9, 1.0), 1),
        ((1.0 + 1e-6, 0.0), (1.0, 9.0), 1),
        ((1.0 - 1e-6, 9.0), (1.0, 0.0), -1),
    ],
)
def test_what_differs_by_rounding_leaves_it_to_the_next_tier(one, other, outcome):
    assert compared(one, other) == outcome


def test_a_plan_as_good_but_for_rounding_is_found_by_its_second_tier():
    """An hour on one of four machines; the last two would add up a rounding in the first tier."""
    power, extra = (0.3, 0.1 + 0.2, 0.3 + 1.8e-9, 0.3 + 0.9e-9), (9.0, 5.0, 1.0, 4.0)
    plan = ProblemBuilder(now=0, horizon=10 * HOUR)
    always = plan.calendar([(0, 10 * HOUR)])
    ways = [Alternative(plan.machine(calendar=always), HOUR) for _ in power]
    plan.operation(ways, order=plan.order(due=2 * HOUR))
    problem = plan.build()
    ranked = Objective(
        (tier(energy=1.0), tier(overtime=1.0)),
        energy=Energy(power, ((0, 1.0),)),
        overtime=Overtime(((0, 10 * HOUR),), extra),
    )
    plans = [
        Schedule.of(problem, alternative=[way], setup_start=[0], start=[0], end=[HOUR])
        for way in range(4)
    ]
    told, called = [], []

    def look_at(*news: int) -> None:
        team: Any = SimpleNamespace(
            news=lambda: (plans[row] for row in news),
            agree=lambda: called.append("agree"),
            go_back=lambda: called.append("go back"),
        )
        found.look(team)

    found = Found(problem, ranked, plans[0], lambda value, _: told.append(value[1]))
    look_at(1)
    look_at(3)
    look_at(2)

    assert told == pytest.approx([5.0, 4.0])
    assert called == ["agree", "agree", "go back"]
    assert found.best is plans[3]
