"""What a customer makes of the shipping notices that it fetches."""

import base64
import json

import pytest

from obeya_demo_plant import edifact
from obeya_demo_plant.announcing import Notices
from obeya_demo_plant.doors import Doors, Refused
from obeya_demo_plant.state import Book, Caller, OnRoad, State

DESADV = (
    "UNA:+.? '\r\nUNB+UNOC:3+KES+AUREL+261123:1400+00000000000007'\r\n"
    "UNH+1+DESADV:D:96A:UN'\r\nBGM+351+DN-1+9'\r\nDTM+137:202611231400:203'\r\n"
    "NAD+BY+AUREL::92'\r\nNAD+SE+KES::92'\r\nCPS+1'\r\n"
    "LIN+1++BT-210:IN'\r\nPIA+1+BT-210:SA'\r\nQTY+12:80:PCE'\r\nQTY+3:4380:PCE'\r\n"
    "LIN+2++A?+B??C?'?::IN'\r\nQTY+12:12.5:PCE'\r\nQTY+3:12.5:PCE'\r\n"
    "UNT+14+1'\r\nUNZ+1+00000000000007'\r\n"
)


def a_customer(*loads, answer):
    caller = Caller(Book(1.0, 30), road=[OnRoad(part, pieces, "DN-1", 0) for part, pieces in loads])
    state = State(seed=1, began=0, now=0, callers={"AUREL": caller})
    asked: list[str] = []
    said: list[str] = []

    def send(method, path, body, headers):
        asked.append(path)
        status, text = answer()
        return status, json.dumps(
            {"content_base64": base64.b64encode(text.encode()).decode(), "title": text}
        )

    return Notices(Doors("KES", send), state, said.append), caller, asked, said


def test_a_desadv_tells_of_each_part_what_comes_and_what_has_been_shipped():
    assert edifact.read_desadv(DESADV.encode("latin-1")) == {
        "BT-210": (80.0, 4_380.0),
        "A+B?C':": (12.5, 12.5),
    }


def test_what_is_on_the_road_is_announced_once_and_asked_no_more():
    notices, caller, asked, said = a_customer(
        ("BT-210", 80.0), ("A+B?C':", 12.5), answer=lambda: (200, DESADV)
    )

    notices.fetch()
    notices.fetch()

    assert asked == ["/api/v1/s/KES/shipping-notices/?document=DN-1"]
    assert (caller.announced, [load.is_announced for load in caller.road]) == (2, [True, True])
    assert said == []


def test_a_truck_that_brings_something_else_than_its_notice_is_told():
    notices, caller, _, said = a_customer(("BT-210", 90.0), answer=lambda: (200, DESADV))

    notices.fetch()

    assert caller.announced == 0
    assert said == ["AUREL: DN-1 announces 80 of BT-210, the truck brings 90"]


def test_what_is_not_recorded_yet_is_asked_again():
    answers = [(404, "No delivery DN-1 is recorded."), (200, DESADV)]
    notices, caller, asked, said = a_customer(("BT-210", 80.0), answer=lambda: answers.pop(0))

    notices.fetch()
    assert (caller.announced, said) == (0, [])
    notices.fetch()

    assert (caller.announced, len(asked)) == (1, 2)


def test_another_refusal_is_told_and_whoever_may_not_ask_stops():
    notices, caller, _, said = a_customer(("BT-210", 80.0), answer=lambda: (422, "Too long."))
    notices.fetch()
    assert said == ["AUREL asks for the notice of DN-1: 422: Too long."]
    assert caller.announced == 0

    notices, *_ = a_customer(("BT-210", 80.0), answer=lambda: (403, "No."))
    with pytest.raises(Refused, match="403"):
        notices.fetch()
