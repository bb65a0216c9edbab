"""The planner asks for a plan once a shift, when it is needed, and publishes what is found."""

import json
from datetime import UTC, datetime

import pytest

from obeya_demo_plant.doors import Doors, Refused
from obeya_demo_plant.planner import Planner
from obeya_demo_plant.state import State
from obeya_demo_plant.tests.hall import HOUR_S, a_floor, an_order

SIX = int(datetime(2026, 11, 23, 6, tzinfo=UTC).timestamp())


class Office:
    """A product with one worker: it remembers what it was asked for."""

    def __init__(self):
        self.posted, self.status, self.drafts, self.refuse = [], "running", [], None

    def send(self, method, path, body, headers):
        name = path.split("/")[5]
        if method == "POST":
            self.posted.append((name, json.loads(body)["rows"], headers.get("Idempotency-Key")))
            if self.refuse:
                return self.refuse, json.dumps({"title": "No."})
            return 200, json.dumps({"result": {"id": 71, "name": "run"}})
        if name == "plan-runs":
            assert path.endswith("/plan-runs/71/")
            return 200, json.dumps({"status": self.status})
        return 200, json.dumps({"items": self.drafts, "next": None})


@pytest.fixture
def office():
    return Office()


def a_planner(office, *, planned=SIX, now=SIX):
    floor = a_floor([an_order("MO-1/10", planned=planned)], machines={"PRESS-1": "PRESS"})
    floor.state.now = now
    return Planner(Doors("KES", office.send), floor.state, floor, print)


def test_a_floor_on_time_needs_no_new_plan_and_one_four_hours_behind_does(office):
    assert not a_planner(office, now=SIX + 4 * HOUR_S).look()
    assert office.posted == []

    assert a_planner(office, now=SIX + 4 * HOUR_S + 1).look()
    [(verb, rows, _key)] = office.posted
    assert (verb, rows) == ("plan-requests", [{"goal": "smallest_change"}])


def test_he_asks_once_a_shift_and_not_while_one_is_sought(office):
    planner = a_planner(office, now=SIX + 5 * HOUR_S)
    assert planner.look()
    assert not planner.look()

    office.status = "failed"
    assert not planner.follow()
    assert not planner.look()
    planner.state.now = SIX + 8 * HOUR_S
    assert planner.look()

    keys = [key for _verb, _rows, key in office.posted]
    assert len(set(keys)) == len(keys) == 2


def test_what_was_found_is_published_as_it_was_seen(office):
    planner = a_planner(office, now=SIX + 5 * HOUR_S)
    planner.look()
    assert planner.follow()

    office.status, office.drafts = "succeeded", [{"draft": 9, "revision": 0}]
    assert planner.follow()  # seen and remembered
    assert len(office.posted) == 1
    assert not planner.follow()

    verb, rows, key = office.posted[-1]
    assert (verb, rows) == ("plan-publications", [{"draft": 9, "revision": 0}])
    assert key == f"publish-{planner.state.seed}-{planner.state.began}-9"
    assert not planner.follow()
    assert len(office.posted) == 2


def test_after_a_crash_the_same_draft_is_published_and_never_the_next_one(office):
    planner = a_planner(office, now=SIX + 5 * HOUR_S)
    planner.look()
    office.status, office.drafts = "succeeded", [{"draft": 9, "revision": 0}]
    planner.follow()

    office.drafts, office.refuse = [{"draft": 10, "revision": 0}], 409  # 9 has arrived already
    again = Planner(planner.doors, State.of(planner.state.as_dict()), planner.floor, print)
    assert not again.follow()

    assert office.posted[-1][1] == [{"draft": 9, "revision": 0}]
    assert (again.state.run, again.state.draft) == (0, [])


def test_a_draft_in_which_somebody_moves_operations_is_left_alone(office):
    office.drafts = [{"draft": 9, "revision": 3}]

    assert not a_planner(office, now=SIX + 5 * HOUR_S).look()

    assert office.posted == []


def test_orders_that_came_since_are_a_reason_too(office):
    planner = a_planner(office)
    planner.state.has_news = True

    assert planner.look()


def test_a_refusal_waits_for_the_next_shift_and_a_closed_door_is_told(office):
    planner = a_planner(office, now=SIX + 5 * HOUR_S)
    office.refuse = 409

    assert not planner.look()
    assert not planner.look()
    assert len(office.posted) == 1
    planner.state.now = SIX + 8 * HOUR_S
    office.refuse = 403
    with pytest.raises(Refused, match="403"):
        planner.look()
