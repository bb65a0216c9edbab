"""What the planner does with call-offs when the product says no, or when they are gone."""

import json
from datetime import UTC, datetime

import pytest

from obeya_demo_plant.chance import Chance
from obeya_demo_plant.desk import Desk
from obeya_demo_plant.doors import Doors, Refused
from obeya_demo_plant.state import State
from obeya_demo_plant.telling import Telling

HOUR_S = 3600
SIX = int(datetime(2026, 11, 23, 6, tzinfo=UTC).timestamp())
DOCUMENT = "AUREL-00001"


class Office:
    """A product with call-offs that hurt nobody; it remembers what it was asked to accept."""

    def __init__(self, *documents):
        self.rows = [
            {"release": number, "document": document, "accepted": None}
            for number, document in enumerate(documents, start=7)
        ]
        self.posted, self.refuse, self.left = [], 0, set()

    def send(self, method, path, body, headers):
        name = path.split("/")[5]
        if method == "POST":
            assert name == "call-off-acceptances"
            [row] = json.loads(body)["rows"]
            self.posted.append((row["release"], headers["Idempotency-Key"]))
            if self.refuse or row["release"] in self.left:
                return self.refuse or 404, json.dumps({"title": "No, and why."})
            return 200, json.dumps({"result": {"id": row["release"], "name": "call-off"}})
        if name == "call-off-differences":
            release = int(path.partition("release=")[2])
            if release in self.left:
                return 404, json.dumps({"title": "There is no such call-off."})
            return 200, json.dumps({"document": "A", "differences": []})
        return 200, json.dumps({"items": self.rows, "next": None})


def a_desk(office, *reviews):
    state = State(seed=1, began=SIX, now=SIX, reviews=dict.fromkeys(reviews, 0))
    said: list[str] = []
    desk = Desk(Doors("KES", office.send), state, Chance(1), Telling(state), said.append)
    return desk, said


def test_a_call_off_that_is_refused_for_now_is_accepted_at_the_next_look_under_the_same_key():
    office = Office(DOCUMENT)
    desk, said = a_desk(office, DOCUMENT)
    office.refuse = 409

    assert not desk.look()
    assert desk.state.reviews == {DOCUMENT: SIX}
    assert said == [f"call-off {DOCUMENT}: 409: No, and why."]
    assert not desk.state.has_news

    office.refuse, desk.state.now = 0, SIX + HOUR_S
    assert desk.look()

    assert office.posted == [(7, f"accepted-1-{SIX}-{DOCUMENT}")] * 2
    assert (desk.state.reviews, desk.state.has_news, desk.state.refused) == ({}, True, 1)


def test_what_is_refused_for_a_day_is_left_to_somebody_else():
    office = Office(DOCUMENT)
    desk, _ = a_desk(office, DOCUMENT)
    office.refuse = 409

    for hour in range(30):
        desk.state.now = SIX + hour * HOUR_S
        assert not desk.look()

    assert len(office.posted) == 25  # at six, and hour by hour up to six of the next day
    assert desk.state.reviews == {}


@pytest.mark.parametrize("status", [404, 422])
def test_what_is_refused_for_good_is_not_asked_again(status):
    office = Office(DOCUMENT)
    desk, _ = a_desk(office, DOCUMENT)
    office.refuse = status

    assert not desk.look()
    assert not desk.look()

    assert len(office.posted) == 1
    assert desk.state.reviews == {}


def test_who_may_not_accept_is_told_so_and_has_decided_nothing():
    office = Office(DOCUMENT)
    desk, _ = a_desk(office, DOCUMENT)
    office.refuse = 403

    with pytest.raises(Refused, match="403"):
        desk.look()

    assert desk.state.refused == 0


def test_a_call_off_that_somebody_has_left_is_looked_at_no_more():
    office = Office("AUREL-00002")
    desk, _ = a_desk(office, DOCUMENT, "AUREL-00002")

    assert desk.look()

    assert office.posted == [(7, f"accepted-1-{SIX}-AUREL-00002")]
    assert desk.state.reviews == {}


def test_a_call_off_that_is_left_while_he_looks_stops_nobody():
    office = Office(DOCUMENT, "AUREL-00002")
    office.left = {7}
    desk, said = a_desk(office, DOCUMENT, "AUREL-00002")

    assert desk.look()

    assert [release for release, _ in office.posted] == [7, 8]
    assert said == [f"call-off {DOCUMENT}: 404: No, and why."]
    assert desk.state.reviews == {}


def test_a_call_off_that_is_not_sent_yet_is_waited_for():
    office = Office()
    desk, _ = a_desk(office, DOCUMENT)
    desk.telling.called_off(f"{DOCUMENT}.edi", b"UNB+")

    assert not desk.look()

    assert desk.state.reviews == {DOCUMENT: 0}
