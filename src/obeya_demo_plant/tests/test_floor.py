"""What people and machines do with a plan, without a product: only what they would tap in."""

from datetime import UTC, datetime, timedelta

from obeya_demo_plant.hours import Hours
from obeya_demo_plant.state import State
from obeya_demo_plant.tests.hall import HOUR_S, a_floor, an_order, said

DAY_S = 24 * HOUR_S
TWO_DAYS = Hours([(6 * HOUR_S, 14 * HOUR_S), (30 * HOUR_S, 38 * HOUR_S)])
MONDAY = int(datetime(2026, 11, 23, 6, tzinfo=UTC).timestamp())


def verbs(floor):
    return [each["verb"] for each in floor.state.outbox]


def test_a_lot_is_started_counted_and_completed_piece_by_piece():
    floor = a_floor([an_order("MO-1/10", quantity=500)], machines={"PRESS-1": "WASH"})

    floor.advance(DAY_S)

    rows = said(floor, "job-reports")
    assert sum(row["good"] + row["scrap"] for row in rows) == 500
    assert verbs(floor)[0] == "job-starts"
    assert verbs(floor)[-1] == "job-completions"
    assert floor.state.jobs["MO-1/10"].status == "completed"


def test_a_step_waits_for_the_one_before_and_gets_its_good_pieces():
    orders = [
        an_order("MO-1/10", "PRESS-1", quantity=2_000, planned=10),
        an_order("MO-1/20", "WELD-1", quantity=2_000, planned=0),
    ]
    floor = a_floor(orders, machines={"PRESS-1": "PRESS", "WELD-1": "WELD"})

    floor.advance(5 * DAY_S)

    [begun] = [row["at"] for row in said(floor, "job-starts") if row["job"] == "MO-1/20"][:1]
    [pressed] = [r["at"] for r in said(floor, "job-completions") if r["job"] == "MO-1/10"]
    assert begun >= pressed
    press, weld = (floor.state.jobs[f"MO-1/{number}"] for number in (10, 20))
    assert press.good < 2_000  # some were spoiled
    assert weld.pieces == weld.made == press.good


def test_people_go_home_and_go_on_where_they_stopped():
    floor = a_floor(
        [an_order("MO-1/10", quantity=4_000)], machines={"PRESS-1": "WASH"}, hours=TWO_DAYS
    )

    floor.advance(2 * DAY_S)

    day = timedelta(hours=14), timedelta(hours=30)
    ended, begun = ((datetime.fromtimestamp(0, UTC) + each).isoformat() for each in day)
    assert {"job": "MO-1/10", "at": ended} in said(floor, "job-interruptions")
    assert {"job": "MO-1/10", "at": begun} in said(floor, "job-starts")
    first, *_ = said(floor, "job-reports")
    assert 0 < first["good"] < 4_000


def test_a_breakdown_is_noticed_told_repaired_and_the_job_goes_on():
    floor = a_floor([an_order("MO-1/10", quantity=40_000)], machines={"WELD-1": "WELD"} | {})
    floor.adopt([an_order("MO-1/10", "WELD-1", quantity=40_000)])

    floor.advance(3 * DAY_S)

    told = [each for each in verbs(floor) if each != "job-reports"]
    place = told.index("downtimes")
    assert told[place : place + 3] == ["downtimes", "downtime-ends", "job-starts"]
    [down, *_], [up, *_] = said(floor, "downtimes"), said(floor, "downtime-ends")
    assert down["at"] < up["at"]
    assert down["reason"] in {"SENSOR", "SPINDLE", "HYDRAULIC", "FIXTURE", "LOADER"}


def test_nobody_begins_more_than_a_shift_before_the_plan():
    floor = a_floor([an_order("MO-1/10", planned=20 * HOUR_S)], machines={"PRESS-1": "WASH"})

    floor.advance(DAY_S)

    assert said(floor, "job-starts")[0]["at"] == "1970-01-01T12:00:00+00:00"


def test_a_batch_takes_the_lots_that_are_planned_together():
    lots = {"fixed_s": 6.0 * HOUR_S, "run_s": 0.0, "family": "CASE-08"}
    orders = [an_order(f"MO-{n}/10", "FURNACE-1", planned=60 * n, **lots) for n in (1, 2, 3)]
    floor = a_floor(orders, machines={"FURNACE-1": "HEAT"}, places=2)

    floor.advance(8 * HOUR_S)

    first = floor.state.outbox[0]
    assert [row["job"] for row in first["rows"]] == ["MO-1/10", "MO-2/10"]
    done = next(each for each in floor.state.outbox if each["verb"] == "job-completions")
    assert [row["job"] for row in done["rows"]] == ["MO-1/10", "MO-2/10"]


def test_the_coaters_truck_comes_on_tuesday_and_brings_the_lot_back_days_later():
    orders = [an_order("MO-1/10", "", planned=MONDAY)]
    floor = a_floor(orders, machines={}, began=MONDAY)

    floor.advance(MONDAY + 12 * DAY_S)

    [left], [came] = said(floor, "job-starts"), said(floor, "job-completions")
    assert left["at"] == "2026-11-24T09:00:00+00:00"
    days = datetime.fromisoformat(came["at"]) - datetime.fromisoformat(left["at"])
    assert timedelta(days=2.5) < days < timedelta(days=10)


def test_it_can_be_put_down_and_taken_up_at_any_moment():
    def orders():
        return [
            an_order(f"MO-{n}/{step}", machine, planned=n, quantity=700)
            for n in range(1, 9)
            for step, machine in ((10, "PRESS-1"), (20, "WELD-1"))
        ]

    machines = {"PRESS-1": "PRESS", "WELD-1": "WELD"}
    whole = a_floor(orders(), machines=machines)
    whole.advance(DAY_S)

    parts = a_floor(orders(), machines=machines)
    for hour in range(1, 25):
        parts.advance(hour * HOUR_S)
        kept = State.of(parts.state.as_dict())
        parts = type(parts)(kept, parts.sight, parts.truth)

    assert parts.state.outbox == whole.state.outbox
    assert len(whole.state.outbox) > 20


def test_a_job_that_somebody_else_finished_is_let_go_and_the_next_one_is_begun():
    orders = [an_order("MO-1/10", quantity=9_000), an_order("MO-2/10", planned=1)]
    floor = a_floor(orders, machines={"PRESS-1": "WASH"})
    floor.advance(HOUR_S)

    floor.adopt([an_order("MO-1/10", quantity=9_000, status="completed"), orders[1]])
    floor.advance(2 * HOUR_S)

    assert said(floor, "job-starts")[-1]["job"] == "MO-2/10"
    assert floor.state.machines["PRESS-1"].jobs == ["MO-2/10"]


def test_a_job_that_runs_already_at_the_first_look_is_gone_on_with():
    running = an_order("MO-1/10", quantity=600, status="running", made=400, good=390)
    floor = a_floor([running], machines={"PRESS-1": "WASH"})

    floor.advance(DAY_S)

    assert said(floor, "job-starts") == []
    assert sum(row["good"] + row["scrap"] for row in said(floor, "job-reports")) == 200
    assert len(said(floor, "job-completions")) == 1


def test_a_lot_that_is_planned_on_another_machine_meanwhile_is_set_up_there_anew():
    lot = {"quantity": 4_000, "planned": 0}
    machines = {"PRESS-1": "PRESS", "PRESS-2": "PRESS"}
    floor = a_floor([an_order("MO-1/10", "PRESS-1", **lot)], machines=machines, hours=TWO_DAYS)
    floor.advance(20 * HOUR_S)
    assert floor.state.jobs["MO-1/10"].is_set_up

    floor.adopt([an_order("MO-1/10", "PRESS-2", status="interrupted", **lot)])
    floor.advance(30 * HOUR_S)

    assert floor.state.machines["PRESS-1"].jobs == []
    there = floor.state.machines["PRESS-2"]
    assert (there.jobs, there.phase) == (["MO-1/10"], "setup")
    assert there.left_s > 0


def test_a_batch_that_is_in_the_furnace_at_the_first_look_comes_out_together():
    lots = {"fixed_s": 6.0 * HOUR_S, "run_s": 0.0, "family": "CASE-08", "status": "running"}
    orders = [an_order(f"MO-{n}/10", "FURNACE-1", **lots) for n in (1, 2)]
    floor = a_floor(orders, machines={"FURNACE-1": "HEAT"}, places=2)

    floor.advance(DAY_S)

    assert said(floor, "job-starts") == []
    [done] = [each for each in floor.state.outbox if each["verb"] == "job-completions"]
    assert [row["job"] for row in done["rows"]] == ["MO-1/10", "MO-2/10"]


def test_a_job_that_runs_at_the_first_look_makes_no_more_than_came_to_it():
    orders = [
        an_order("MO-1/10", "PRESS-1", quantity=100, status="completed", good=90),
        an_order("MO-1/20", "WELD-1", quantity=100, status="running"),
    ]
    floor = a_floor(orders, machines={"PRESS-1": "PRESS", "WELD-1": "WELD"})

    floor.advance(5 * DAY_S)

    assert sum(row["good"] + row["scrap"] for row in said(floor, "job-reports")) == 90


def test_what_is_at_the_coater_at_the_first_look_comes_back_within_days():
    floor = a_floor([an_order("MO-1/10", "", status="running")], machines={}, began=MONDAY)

    floor.advance(MONDAY + 6 * DAY_S)

    assert said(floor, "job-starts") == []
    [came] = said(floor, "job-completions")
    assert came["job"] == "MO-1/10"
    assert datetime.fromisoformat(came["at"]).timestamp() < MONDAY + 5 * DAY_S


def test_orders_that_were_done_before_the_first_look_are_not_remembered():
    done = [an_order(f"MO-1/{step}", status="completed", good=90) for step in (10, 20)]
    half = [an_order("MO-2/10", status="completed", good=90), an_order("MO-2/20", "WELD-1")]
    floor = a_floor([*done, *half], machines={"PRESS-1": "PRESS", "WELD-1": "WELD"})

    assert list(floor.state.jobs) == ["MO-2/10", "MO-2/20"]
    assert floor.state.jobs["MO-2/20"].pieces == 90
