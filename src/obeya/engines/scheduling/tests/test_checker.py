"""Each constraint with a schedule that obeys it and one that breaks it."""

from obeya.engines.scheduling import Alternative, Problem, ProblemBuilder, Schedule, check
from obeya.engines.scheduling import conflicts_among_fixed as among_fixed

HOUR = 3600
DAY_SHIFT = [(6 * HOUR, 10 * HOUR), (11 * HOUR, 14 * HOUR), (30 * HOUR, 38 * HOUR)]
ALWAYS = [(0, 48 * HOUR)]


def a_plan() -> ProblemBuilder:
    return ProblemBuilder(now=0, horizon=48 * HOUR)


def planned(problem: Problem, *bars: tuple[float, float, float], **columns: object) -> Schedule:
    """Bars as (setup start, start, end) in hours, each on its operation's first alternative."""
    seconds = [[round(hours * HOUR) for hours in bar] for bar in bars]
    return Schedule.of(
        problem,
        **{
            "alternative": problem.operations.first_alternative[:-1],
            "setup_start": [bar[0] for bar in seconds],
            "start": [bar[1] for bar in seconds],
            "end": [bar[2] for bar in seconds],
            **columns,  # type: ignore[arg-type]
        },
    )


def broken(problem: Problem, schedule: Schedule) -> set[str]:
    return {violation.rule for violation in check(problem, schedule)}


def test_work_stops_in_the_break_and_resumes_after_it():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(DAY_SHIFT))
    plan.operation([Alternative(saw, 3 * HOUR)])
    problem = plan.build()

    assert broken(problem, planned(problem, (8, 8, 12))) == set()
    assert broken(problem, planned(problem, (8, 8, 11))) == {"working_time"}  # worked 2 h of 3
    assert broken(problem, planned(problem, (10, 10, 14))) == {"working_time"}  # starts in break
    assert broken(problem, planned(problem, (11, 11, 30))) == {"working_time"}  # ends at dawn


def test_what_cannot_resume_fits_in_one_interval():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(DAY_SHIFT))
    plan.operation([Alternative(saw, 3 * HOUR)], resumable=False)
    problem = plan.build()

    assert broken(problem, planned(problem, (6.5, 6.5, 9.5))) == set()
    assert broken(problem, planned(problem, (8, 8, 12))) == {"not_resumable"}


def test_an_operation_runs_on_its_own_alternatives():
    plan = a_plan()
    always = plan.calendar(ALWAYS)
    saw, mill = plan.machine(calendar=always), plan.machine(calendar=always)
    plan.operation([Alternative(saw, HOUR)])
    plan.operation([Alternative(mill, HOUR)])
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 0, 1), (0, 0, 1))) == set()
    swapped = planned(problem, (0, 0, 1), (2, 2, 3), alternative=[1, 1])
    assert broken(problem, swapped) == {"eligible_machine"}


def test_a_machine_does_one_operation_at_a_time():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    for _ in range(2):
        plan.operation([Alternative(saw, 2 * HOUR)])
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 0, 2), (2, 2, 4))) == set()
    assert broken(problem, planned(problem, (0, 0, 2), (1, 1, 3))) == {"one_at_a_time"}


def test_a_setup_goes_from_the_family_before_and_first_from_the_machine_s_own():
    plan = a_plan()
    matrix = plan.setup_matrix([[0, HOUR], [2 * HOUR, 0]])
    press = plan.machine(calendar=plan.calendar(ALWAYS), setup_matrix=matrix, family=1)
    plan.operation([Alternative(press, HOUR)], family=0)
    plan.operation([Alternative(press, HOUR)], family=1)
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 2, 3), (3, 4, 5))) == set()
    assert broken(problem, planned(problem, (0, 1, 2), (3, 4, 5))) == {"setup"}
    assert broken(problem, planned(problem, (0, 2, 3), (3, 3, 4))) == {"setup"}


def test_a_successor_keeps_the_lag_and_the_longest_wait():
    plan = a_plan()
    always = plan.calendar(ALWAYS)
    oven, saw = plan.machine(calendar=always), plan.machine(calendar=always)
    bake = plan.operation([Alternative(oven, HOUR)])
    cut = plan.operation([Alternative(saw, HOUR)])
    plan.follows(cut, bake, lag=HOUR, maximum_wait=3 * HOUR)
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 0, 1), (4, 4, 5))) == set()
    assert broken(problem, planned(problem, (0, 0, 1), (1.5, 1.5, 2.5))) == {"precedence"}
    assert broken(problem, planned(problem, (0, 0, 1), (5, 5, 6))) == {"maximum_wait"}


def test_a_transfer_batch_keeps_behind_the_start_and_the_end():
    plan = a_plan()
    always = plan.calendar(ALWAYS)
    turn, mill = plan.machine(calendar=always), plan.machine(calendar=always)
    first = plan.operation([Alternative(turn, 4 * HOUR)])
    second = plan.operation([Alternative(mill, 2 * HOUR)])
    plan.overlaps(second, first, lag=HOUR, end_lag=HOUR)
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 0, 4), (3, 3, 5))) == set()
    assert broken(problem, planned(problem, (0, 0, 4), (2, 2, 4))) == {"overlap"}
    assert broken(problem, planned(problem, (2, 2, 6), (2.5, 2.5, 4.5))) == {"overlap"}


def test_nothing_runs_before_its_release_or_now_or_beyond_the_horizon():
    plan = ProblemBuilder(now=HOUR, horizon=10 * HOUR)
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(saw, HOUR)], release=4 * HOUR)
    problem = plan.build()

    assert broken(problem, planned(problem, (4, 4, 5))) == set()
    assert broken(problem, planned(problem, (3, 3, 4))) == {"release"}
    assert broken(problem, planned(problem, (0, 4, 5))) == {"now"}
    assert broken(problem, planned(problem, (9.5, 9.5, 10.5))) == {"horizon"}


def test_a_fixed_operation_does_not_move_and_a_started_one_does_what_remains():
    plan = ProblemBuilder(now=10 * HOUR, horizon=48 * HOUR)
    always = plan.calendar(ALWAYS)
    saw, mill = plan.machine(calendar=always), plan.machine(calendar=always)
    plan.operation([Alternative(saw, HOUR)], fixed_alternative=0, fixed_start=12 * HOUR)
    plan.operation(
        [Alternative(mill, 9 * HOUR)],
        fixed_alternative=0,
        fixed_start=5 * HOUR,
        remaining=2 * HOUR,
    )
    problem = plan.build()

    assert broken(problem, planned(problem, (12, 12, 13), (5, 5, 12))) == set()
    assert broken(problem, planned(problem, (13, 13, 14), (5, 5, 12))) == {"fixed"}


def test_a_crew_is_never_larger_than_the_people_present():
    plan = a_plan()
    welders = plan.crew([(0, 8 * HOUR, 3), (8 * HOUR, 48 * HOUR, 2)])
    for _ in range(2):
        bay = plan.machine(calendar=plan.calendar(ALWAYS))
        plan.operation([Alternative(bay, 2 * HOUR, crew=welders, heads=2)])
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 0, 2), (7, 7, 9))) == set()
    assert broken(problem, planned(problem, (6, 6, 8), (7, 7, 9))) == {"crew"}


def test_work_stops_while_the_crew_is_away():
    plan = a_plan()
    welders = plan.crew([(0, 8 * HOUR, 2), (10 * HOUR, 48 * HOUR, 2)])
    bay = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(bay, 2 * HOUR, crew=welders, heads=2)])
    problem = plan.build()

    assert broken(problem, planned(problem, (7, 7, 11))) == set()
    assert broken(problem, planned(problem, (7, 7, 9))) == {"working_time"}


def test_setups_take_a_setter_each():
    plan = a_plan()
    matrix = plan.setup_matrix([[0, HOUR], [HOUR, 0]])
    setters = plan.setters([(0, 48 * HOUR, 1)])
    for _ in range(2):
        press = plan.machine(
            calendar=plan.calendar(ALWAYS), setup_matrix=matrix, family=0, setter=setters
        )
        plan.operation([Alternative(press, HOUR)], family=1)
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 1, 2), (1, 2, 3))) == set()
    assert broken(problem, planned(problem, (0, 1, 2), (0.5, 1.5, 2.5))) == {"setter"}


def test_a_tool_is_in_one_place_at_a_time_also_at_night():
    plan = a_plan()
    mould = plan.tool(1)
    day = plan.machine(calendar=plan.calendar(DAY_SHIFT))
    night = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(day, 2 * HOUR, tool=mould)])
    plan.operation([Alternative(night, HOUR, tool=mould)])
    problem = plan.build()

    assert broken(problem, planned(problem, (13, 13, 31), (31, 31, 32))) == set()
    assert broken(problem, planned(problem, (13, 13, 31), (20, 20, 21))) == {"tool"}


def test_a_batch_is_of_one_recipe_fits_in_and_ends_together():
    plan = a_plan()
    oven = plan.machine(calendar=plan.calendar(ALWAYS), places=3)
    for recipe, size in ((0, 1), (0, 2), (0, 1), (1, 1)):
        plan.operation([Alternative(oven, HOUR)], recipe=recipe, size=size)
    problem = plan.build()

    assert broken(problem, planned(problem, (0, 0, 1), (0, 0, 1), (1, 1, 2), (2, 2, 3))) == set()
    full = planned(problem, (0, 0, 1), (0, 0, 1), (0, 0, 1), (2, 2, 3))
    assert broken(problem, full) == {"batch"}
    mixed = planned(problem, (0, 0, 1), (1, 1, 2), (2, 2, 3), (2, 2, 3))
    assert broken(problem, mixed) == {"batch"}


def test_maintenance_keeps_its_window_and_its_machine():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(saw, 2 * HOUR)])
    plan.maintenance(saw, duration=HOUR, earliest=4 * HOUR, latest=8 * HOUR)
    problem = plan.build()

    assert broken(problem, planned(problem, (2, 2, 4), maintenance_start=[4 * HOUR])) == set()
    # Resumable work stops for it.
    assert broken(problem, planned(problem, (3, 3, 6), maintenance_start=[4 * HOUR])) == set()
    assert broken(problem, planned(problem, (0, 0, 2), maintenance_start=[2 * HOUR])) == {
        "maintenance"
    }
    assert "maintenance" in broken(
        problem, planned(problem, (3, 3, 5), maintenance_start=[4 * HOUR])
    )


def test_what_the_floor_has_fixed_is_shown_as_a_conflict_not_refused():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    for start in (2, 3):
        plan.operation([Alternative(saw, 2 * HOUR)], fixed_alternative=0, fixed_start=start * HOUR)
    problem = plan.build()
    schedule = planned(problem, (2, 2, 4), (3, 3, 5))

    assert check(problem, schedule) == []
    [conflict] = among_fixed(problem, schedule)
    assert (conflict.rule, conflict.operations) == ("one_at_a_time", (0, 1))


def test_a_schedule_of_another_problem_is_refused():
    plan = a_plan()
    saw = plan.machine(calendar=plan.calendar(ALWAYS))
    plan.operation([Alternative(saw, HOUR)])
    empty = a_plan().build()

    assert broken(empty, planned(plan.build(), (0, 0, 1))) == {"complete"}
