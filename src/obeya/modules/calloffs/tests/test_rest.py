"""Another program takes a call-off in, looks at what it changes, and accepts it."""

import base64
import json
from decimal import Decimal

import pytest

from obeya.modules.calloffs import queries
from obeya.modules.calloffs.actions import record_deliveries
from obeya.modules.calloffs.models import CallOffRelease
from obeya.modules.calloffs.rows import DeliveryRow
from obeya.modules.calloffs.tests import sending as s

pytestmark = pytest.mark.django_db
FIRST = s.delfor(s.part("4711-A", 500, 400, 900, received=0))
LESS = s.delfor(s.part("4711-A", 450, 400, 900, received=0), document="CO-2", issued="20261124")


def post(browser, plant, verb, *rows):
    return browser.post(
        f"/api/v1/s/{plant.site.code}/{verb}/", json.dumps({"rows": rows}), "application/json"
    )


def get(browser, plant, name, **asked):
    return browser.get(f"/api/v1/s/{plant.site.code}/{name}/", asked)


def sent(browser, plant, data):
    row = {"name": "c.edi", "content_base64": base64.b64encode(data).decode()}
    [made] = post(browser, plant, "call-offs", row).json()["result"]
    return made["id"]


def test_a_call_off_is_sent_looked_at_and_accepted(plant, sign_in):
    browser = sign_in("planner")
    s.accept(plant, FIRST)
    release = sent(browser, plant, LESS)

    listed = get(browser, plant, "call-offs").json()["items"]
    assert [(row["document"], row["accepted"] is None) for row in listed] == [
        ("CO-1", False),
        ("CO-2", True),
    ]
    assert listed[1]["release"] == release
    told = get(browser, plant, "call-off-differences", release=release).json()
    [line] = told["differences"]
    assert told["document"] == "CO-2"
    assert (line["harm"], line["quantity"], line["needs_a_person"]) == ("firm_breach", "-50", True)
    assert s.demands(plant)[0][1] == 500

    assert post(browser, plant, "call-off-acceptances", {"release": release}).status_code == 200

    assert s.demands(plant)[0] == ("12-01", 450, "call_off", "open")
    again = s.everything()
    answer = post(browser, plant, "call-off-acceptances", {"release": release})
    assert answer.status_code == 409
    assert s.everything() == again


@pytest.mark.parametrize("number", [0, -1, 7.5, 10**30, "NaN"])
def test_a_number_of_no_call_off_is_refused(plant, sign_in, number):
    browser = sign_in("planner")
    s.receive(plant, FIRST)
    before = s.everything()

    answer = post(browser, plant, "call-off-acceptances", {"release": number})
    assert 404 <= answer.status_code <= 422
    answer = get(browser, plant, "call-off-differences", release=number)
    assert 404 <= answer.status_code <= 422
    assert s.everything() == before


def test_two_are_not_accepted_at_once(plant, sign_in):
    browser = sign_in("planner")
    rows = [{"release": s.receive(plant, each).pk} for each in (FIRST, LESS)]
    before = s.everything()

    answer = post(browser, plant, "call-off-acceptances", *rows)

    assert answer.status_code == 422
    assert "Send one row" in answer.content.decode()
    assert s.everything() == before


def test_who_may_only_look_accepts_nothing(plant, sign_in):
    browser = sign_in("buyer")
    release = s.receive(plant, FIRST)

    assert get(browser, plant, "call-off-differences", release=release.pk).status_code == 200
    answer = post(browser, plant, "call-off-acceptances", {"release": release.pk})
    assert answer.status_code == 403
    assert CallOffRelease.objects.get().accepted_at is None


def test_the_shipping_notice_of_a_delivery_is_fetched_as_the_page_gives_it(plant, sign_in):
    browser = sign_in("planner")
    s.accept(plant, FIRST)
    row = DeliveryRow("AUREL-HOUSING", "LS-1", Decimal(180))
    record_deliveries(site=plant.site, rows=[row], by=plant.by)

    told = get(browser, plant, "shipping-notices", document="LS-1").json()

    data = base64.b64decode(told.pop("content_base64"))
    assert told == {"document": "LS-1", "name": "LS-1.edi"}
    assert data == queries.notice(site=plant.site, document="LS-1", by=plant.by)[1]
    assert b"QTY+12:180:PCE" in data


def test_no_notice_is_told_of_a_delivery_that_nobody_recorded(plant, sign_in):
    s.accept(plant, FIRST)

    answer = get(sign_in("planner"), plant, "shipping-notices", document="LS-9")

    assert answer.status_code == 404
    assert "No delivery LS-9 is recorded" in answer.json()["title"]
