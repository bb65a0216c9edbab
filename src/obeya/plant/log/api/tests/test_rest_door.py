import json
from datetime import timedelta

import pytest
from django.test import Client

from obeya.plant.log import clock
from obeya.plant.log.access import actions
from obeya.plant.log.access.actions import NewToken
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.access.tokens import fresh_token
from obeya.plant.log.api import endpoints
from obeya.plant.log.models import ApiToken, OperationsEvent
from obeya.plant.resources.models import Reason

from . import stamping

HUGE = "1e99999999999999999999"
STAMPS = "/api/v1/s/KES/stamps/"


@pytest.fixture(autouse=True)
def _offered():
    before = dict(endpoints._rows), dict(endpoints._lists)
    endpoints.offer(stamping.endpoints)
    yield
    for table, old in zip((endpoints._rows, endpoints._lists), before, strict=True):
        table.clear()
        table.update(old)


@pytest.fixture
def ann(someone, kes, bru):
    return someone("ann", "operator", site=kes)


@pytest.fixture
def token(ann):
    """token(permissions=…): text of a token of Ann's."""

    def issue(**fields):
        fresh = fresh_token()
        actions.issue_tokens(
            tokens=[
                NewToken.of(
                    fresh,
                    account=ann,
                    name="test",
                    expires_at=clock.real_now() + timedelta(days=1),
                    **fields,
                )
            ],
            by=load_actor(ann),
        )
        return fresh.text

    return issue


def post(rows, token, url=STAMPS, **headers):
    return Client(enforce_csrf_checks=True).post(
        url,
        json.dumps({"rows": rows}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", **headers},
    )


def get(url, token):
    return Client().get(url, headers={"Authorization": f"Bearer {token}"})


def test_rows_reach_the_action_typed_and_exact(token):
    rows = [{"code": "A", "quantity": 0.1, "places": ["here"]}, {"code": "B", "quantity": "0.2"}]

    response = post(rows, token())

    assert (response.status_code, response.json()) == (
        200,
        {"result": {"made": 2, "quantity": "0.3"}},
    )
    event = OperationsEvent.objects.get(kind="stamping.stamped")
    assert (event.source, event.site.code, event.data["quantity"]) == ("api", "KES", "0.3")


def test_every_misfit_is_named_at_once_and_nothing_is_done(token):
    rows = [
        {"code": 7, "quantity": "many", "kind": "paper", "made_on": "tomorrow"},
        {"quantity": 1, "colour": "red"},
        "stamp",
        {"code": "C", "seen_at": "2026-11-23T06:00:00", "is_worn": 1, "places": "here"},
    ]

    response = post(rows, token())

    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    found = [(p["row"], p["field"], p["rule"]) for p in response.json()["problems"]]
    shape = "not of the expected shape"
    assert found == [
        (0, "code", shape),
        (0, "quantity", shape),
        (0, "kind", shape),
        (0, "made_on", shape),
        (1, "colour", "unknown field"),
        (1, "code", "missing"),
        (2, "", "not an object"),
        (3, "seen_at", shape),
        (3, "is_worn", shape),
        (3, "places", shape),
    ]
    assert not Reason.objects.exists()


def test_the_actions_own_refusal_has_the_same_form(token):
    response = post([{"code": "A"}, {"code": "no"}], token())

    assert response.status_code == 422
    assert response.json()["problems"] == [
        {
            "row": 1,
            "field": "code",
            "value": "no",
            "rule": "refused",
            "remedy": "Call it otherwise.",
        }
    ]
    assert not Reason.objects.exists()


def test_one_key_has_one_effect_and_one_answer(token):
    text, key = token(), {"Idempotency-Key": "k1"}

    first, again = post([{"code": "A"}], text, **key), post([{"code": "A"}], text, **key)
    other = post([{"code": "B"}], text, **key)

    assert (first.json(), again.json()) == ({"result": {"made": 1, "quantity": "1"}},) * 2
    assert other.status_code == 409
    assert Reason.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ('{"rows": [], "site": "BRU"}', 400),
        ('{"rows": [], "rows": []}', 400),
        ('{"rows": [{"code": "A", "quantity": NaN}]}', 400),
        ("[" * 100_000, 400),
        ('{"rows": {}}', 422),
    ],
)
def test_a_body_that_is_none_is_told_so(token, body, status):
    response = Client().post(
        STAMPS,
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token()}"},
    )

    assert response.status_code == status
    assert response.json()["title"]


def test_a_form_is_not_json(token):
    answer = Client().post(STAMPS, {"rows": 1}, headers={"Authorization": f"Bearer {token()}"})

    assert answer.status_code == 400


def test_a_token_opens_no_other_site_and_no_page(token):
    text = token()

    assert post([{"code": "A"}], text, url="/api/v1/s/BRU/stamps/").status_code == 403
    assert post([{"code": "A"}], text, url="/api/v1/s/XXX/stamps/").status_code == 404
    assert post([{"code": "A"}], text, url="/api/v1/stamps/").status_code == 404
    assert get("/account/password/", text).status_code == 302
    assert not Reason.objects.exists()


def test_a_token_narrows_what_its_account_may_do(token):
    looking = token(permissions=("stamping.view",))

    assert get(STAMPS, looking).status_code == 200
    assert post([{"code": "A"}], looking).status_code == 403


def test_a_token_cannot_widen_what_its_account_may_do(token):
    assert get("/api/v1/s/BRU/stamps/", token(permissions=("stamping.view",))).status_code == 403
    wide = token(permissions=("stamping.view", "access.create_accounts"))
    assert actor_may(wide, "access.create_accounts") is False


def actor_may(text, permission):
    from obeya.plant.log.access.tokens import actor_of_token

    return actor_of_token(text, now=clock.real_now()).may(permission)


def test_expired_revoked_unknown_and_closed_are_all_unknown(token, ann, by_ida):
    expired, revoked, closed = token(), token(), token()
    hour = timedelta(hours=1)
    row = ApiToken.objects.order_by("pk").first()
    row.issued_at, row.expires_at = row.issued_at - 2 * hour, row.issued_at - hour
    row.save()
    actions.revoke_tokens(tokens=[ApiToken.objects.order_by("pk")[1]], by=by_ida)
    assert get(STAMPS, closed).status_code == 200
    actions.close_accounts(accounts=[ann], by=by_ida)

    answers = [get(STAMPS, text) for text in (expired, revoked, closed, fresh_token().text)]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert len({answer.content for answer in answers}) == 1


def test_the_table_knows_no_token_that_opens_anything(token):
    text = token()
    get(STAMPS, text)

    row = ApiToken.objects.values().get()
    assert text not in str(row)
    assert text.startswith(row["prefix"])
    assert row["last_used_at"] is not None


def test_a_session_needs_the_seal_of_the_page(ann):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    body = json.dumps({"rows": [{"code": "A"}]})

    assert client.post(STAMPS, body, content_type="application/json").status_code == 403
    assert not Reason.objects.exists()

    client.get("/account/password/")
    seal = client.cookies["csrf"].value
    headers = {"X-CSRFToken": seal}
    sealed = client.post(STAMPS, body, content_type="application/json", headers=headers)
    assert sealed.status_code == 200


def test_nobody_gets_an_answer(db):
    answer = Client().get(STAMPS)

    assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_a_list_is_read_page_by_page(token):
    text = token()
    post([{"code": f"S{n}"} for n in range(5)], text)

    first = get(f"{STAMPS}?limit=2", text).json()
    assert [each["code"] for each in first["items"]] == ["KES-S0", "KES-S1"]
    second = get(first["next"], text).json()
    third = get(second["next"], text).json()
    assert [each["code"] for each in third["items"]] == ["KES-S4"]
    assert third["next"] is None

    assert get(f"{STAMPS}KES-S3/", text).json() == {"code": "KES-S3", "title": "x"}
    assert get(f"{STAMPS}KES-S9/", text).status_code == 404
    assert get(f"{STAMPS}?limit=x", text).status_code == 400


def test_the_document_describes_what_is_offered(token):
    document = get("/api/v1/openapi.json", token()).json()

    assert document["openapi"] == "3.1.0"
    posting = document["paths"]["/s/{site}/stamps/"]["post"]
    assert (posting["operationId"], posting["x-permission"]) == (
        stamping.stamp.name,
        "stamping.stamp",
    )
    row = document["components"]["schemas"]["StampRow"]
    assert row["required"] == ["code"]
    assert row["properties"]["kind"] == {"enum": ["wood", "steel"], "default": "wood"}
    assert row["properties"]["code"]["description"] == "what stands on it"
    assert set(document["paths"]["/s/{site}/stamps/{key}/"]) == {"get"}


@pytest.mark.parametrize("number", [HUGE, "-1E-99999999999999999999", "NaN", "1" * 5000])
def test_a_number_that_no_computer_holds_is_no_json(number):
    with pytest.raises(endpoints.NotJson, match="The body is no JSON"):
        endpoints.read_json(f'{{"rows": [{number}]}}')


def test_half_a_letter_is_no_text_and_a_whole_one_is():
    with pytest.raises(endpoints.NotJson):
        endpoints.read_json(rb'{"rows": [{"code": "\ud83d"}]}')

    assert endpoints.read_json(rb'{"rows": ["\ud83d\ude00"]}') == {"rows": ["\U0001f600"]}
