"""The earliest date that disturbs nobody, against every start there is."""

import itertools

import numpy as np
import pytest

from obeya.engines.scheduling import (
    Alternative,
    Cause,
    ProblemBuilder,
    Schedule,
    Unschedulable,
    check,
    dispatch,
    random_problem,
)
from obeya.engines.scheduling.reaction import (
    After,
    NewOperation,
    NewOrder,
    RushOrder,
    disruptions_of,
    promise,
)

HOUR = 3600


def one(machine, hours, **more):
    return NewOrder((NewOperation((Alternative(machine, hours * HOUR),), **more),), due=0)


@pytest.fixture
def saw_with_a_gap():
    """A saw that is free from 2 to 4 and from 6 on."""
    plan = ProblemBuilder(now=0, horizon=240 * HOUR)
    saw = plan.machine(calendar=plan.calendar([(0, 240 * HOUR)]))
    for start in (0, 4 * HOUR):
        plan.operation([Alternative(saw, 2 * HOUR)], fixed_alternative=0, fixed_start=start)
    problem = plan.build()
    return problem, dispatch(problem)


def test_what_fits_into_a_gap_is_promised_there(saw_with_a_gap):
    assert promise(*saw_with_a_gap, one(0, 2)).completion == 4 * HOUR
    assert promise(*saw_with_a_gap, one(0, 3)).completion == 9 * HOUR


def test_the_reason_leads_from_now_to_the_date(saw_with_a_gap):
    answer = promise(*saw_with_a_gap, one(0, 3, release=HOUR))

    assert [(s.cause, s.seconds // HOUR, s.blocker) for s in answer.because()] == [
        (Cause.MATERIAL, 1, -1),
        (Cause.MACHINE_QUEUE, 5, 1),
        (Cause.WORK, 3, -1),
    ]


def test_what_does_not_fit_before_the_horizon_is_not_promised(saw_with_a_gap):
    with pytest.raises(Unschedulable):
        promise(*saw_with_a_gap, one(0, 240))


def side_by_side(operations):
    """Operations of an hour on one saw, in any order: n of them have n! orders."""
    way = (Alternative(0, HOUR),)
    return NewOrder(tuple(NewOperation(way) for _ in range(operations)), due=0)


@pytest.mark.parametrize(
    ("operations", "most_plans", "is_exact", "completion"),
    [(5, 119, False, 4), (5, 120, True, 3), (6, 720, True, 3), (10, 1_000, False, 10)],
)
def test_all_orders_are_tried_only_where_they_are_not_too_many(
    saw_with_a_gap, operations, most_plans, is_exact, completion
):
    answer = promise(*saw_with_a_gap, side_by_side(operations), most_plans=most_plans)

    # Two hours fit into the gap from 2 to 4, the others from 6 on. When the last of the list is
    # done the order is: in some order it goes first. 119 plans stop before that, with the first of
    # the list ahead of it; 1,000 plans of ten operations with the first five.
    assert (answer.is_exact, answer.completion) == (is_exact, completion * HOUR)


def ended(working, start, run):
    """When ``run`` hours that start at a working hour are worked off; None if never."""
    hour = start
    while run:
        if hour >= len(working):
            return None
        run -= working[hour]
        hour += 1
    return hour


def first_that_holds(answer, before, working):
    """The least completion of all ways and starts by the hour that the checker accepts."""
    problem, new = answer.problem, answer.operations
    ways, found = problem.alternatives, []
    options = []
    for row in new:
        mine = []
        for way in problem.alternatives_of(row):
            hours = working[int(ways.machine[way])]
            for start in (hour for hour, works in enumerate(hours) if works):
                end = ended(hours, start, int(ways.run[way]) // HOUR)
                if end is not None:
                    mine.append((way, start, end))
        options.append(mine)
    for bars in sorted(itertools.product(*options), key=lambda bars: bars[-1][2]):
        n = len(problem) - len(new)
        columns = [
            np.append(column[:n], [bar[k] * (HOUR if k else 1) for bar in bars])
            for k, column in enumerate((before.alternative, before.start, before.end))
        ]
        schedule = Schedule.of(
            problem,
            alternative=columns[0],
            setup_start=_set_up(problem, *columns),
            start=columns[1],
            end=columns[2],
        )
        if not check(problem, schedule):
            found.append(bars[-1][2])
            break
    return found


def _set_up(problem, alternative, start, end):
    """As late as possible, on machines that never rest."""
    setup_start = start.copy()
    machine = problem.alternatives.machine[alternative]
    family = problem.alternatives.family[alternative]
    for m in range(len(problem.machines)):
        before = int(problem.machines.initial_family[m])
        for row in sorted(np.flatnonzero(machine == m), key=lambda i: (start[i], end[i])):
            setup_start[row] -= problem.setup_seconds(m, before, int(family[row]))
            before = int(family[row])
    return setup_start


def tiny(seed, *, setups):
    """Two machines, a shared head, and an order of two operations; all by the hour."""
    chance = np.random.default_rng(seed)
    plan = ProblemBuilder(now=0, horizon=16 * HOUR)
    working = []
    matrix = plan.setup_matrix([[0, HOUR], [2 * HOUR, 0]]) if setups else -1
    crew = -1 if setups else plan.crew([(0, 16 * HOUR, 1)])
    for _ in range(2):
        rest = int(chance.integers(2, 9))
        works = [1] * 16 if setups else [int(not rest <= h < rest + 3) for h in range(16)]
        spans = [(h * HOUR, (h + 1) * HOUR) for h in range(16) if works[h]]
        plan.machine(calendar=plan.calendar(spans), setup_matrix=matrix, family=0 if setups else -1)
        working.append(works)

    def ways(least):
        machines = chance.permutation(2)[: int(chance.integers(least, 3))]
        return [
            Alternative(
                int(m),
                int(chance.integers(1, 4)) * HOUR,
                crew=crew if chance.random() < 0.5 else -1,
                family=int(chance.integers(2)) if setups else -1,
            )
            for m in machines
        ]

    for _ in range(3):
        plan.operation(ways(1), release=int(chance.integers(0, 6)) * HOUR)
    lag = int(chance.integers(0, 2)) * HOUR
    wait = lag + int(chance.integers(0, 2)) * HOUR if chance.random() < 0.3 else -1
    link = (After(0, lag=lag, maximum_wait=wait),) if chance.random() < 0.8 else ()
    order = NewOrder(
        (
            NewOperation(tuple(ways(1)), release=int(chance.integers(0, 3)) * HOUR),
            NewOperation(tuple(ways(2)), link),
        ),
        due=0,
    )
    problem = plan.build()
    return problem, dispatch(problem), order, working


@pytest.mark.parametrize("setups", [False, True])
def test_the_date_is_that_of_trying_every_start(setups):
    compared = 0
    for seed in range(40):
        problem, schedule, order, working = tiny(seed, setups=setups)
        try:
            answer = promise(problem, schedule, order)
        except Unschedulable:
            continue
        assert answer.is_exact
        assert first_that_holds(answer, schedule, working) == [answer.completion // HOUR], seed
        compared += 1
    assert compared > 25


def test_a_promise_moves_nobody_and_holds():
    for seed in range(40):
        problem = random_problem(seed, operations=30)
        schedule = dispatch(problem)
        [rush] = disruptions_of(problem, schedule, 5 * seed + 3)
        assert isinstance(rush, RushOrder)

        answer = promise(problem, schedule, rush.order)

        assert check(answer.problem, answer.schedule) == [], seed
        n = len(problem)
        for name in ("machine", "start", "end"):
            old, new = getattr(schedule, name), getattr(answer.schedule, name)
            assert np.array_equal(old, new[:n]), (seed, name)
        segments = answer.because()
        assert sum(s.seconds for s in segments) == answer.completion - problem.now
