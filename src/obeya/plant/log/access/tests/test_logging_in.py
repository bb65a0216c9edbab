import re
from datetime import timedelta

import pytest
from django.test import Client

from obeya.plant.log import clock
from obeya.plant.log.access import actions, sessions
from obeya.plant.log.access.actions import NewPassword
from obeya.plant.log.access.first_start import make_administrator, make_demo_accounts
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.models import Account, LoginFailure, OperationsEvent, RoleAssignment
from obeya.plant.log.refusal import NotPermitted

from .people import GOOD_PASSWORD

NEW_PASSWORD = "rain on the oven hall"


def log_in(client, username="ann", password=GOOD_PASSWORD, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def is_in(client):
    return client.get("/account/password/").status_code == 200


def without_seals_and_names(page):
    return re.sub(r'[A-Za-z0-9]{64}|value="(ann|nobody|old|feed)"', "", page)


@pytest.fixture
def ann(someone, kes):
    return someone("ann", "operator", site=kes)


def test_the_right_password_opens_and_logging_out_closes(client, ann):
    assert (
        client.get("/account/password/").headers["Location"]
        == "/login/?next=%2Faccount%2Fpassword%2F"
    )

    response = log_in(client, "Ann ", next="/s/KES/plan/?day=2")
    assert (response.status_code, response.headers["Location"]) == (302, "/s/KES/plan/?day=2")
    assert is_in(client)

    client.post("/logout/")
    assert not is_in(client)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"],
)
def test_a_log_in_leads_nowhere_else(client, ann, elsewhere):
    assert log_in(client, next=elsewhere).headers["Location"] == "/"


def test_every_failure_says_the_same(client, ann, someone):
    someone("old", is_active=False)
    someone("feed", kind="integration")

    pages = {
        (response.status_code, without_seals_and_names(response.content.decode()))
        for response in [
            log_in(client, "ann", "wrong password here"),
            log_in(client, "nobody", "wrong password here"),
            log_in(client, "old"),
            log_in(client, "feed"),
        ]
    }
    assert len(pages) == 1
    assert not is_in(client)


def test_too_many_failures_wait_even_with_the_right_password(client, ann):
    for _n in range(5):
        assert log_in(client, password="wrong password here").status_code == 422

    refused = log_in(client)

    assert refused.status_code == 429
    assert 20 <= int(refused.headers["Retry-After"]) <= 30
    assert not is_in(client)
    LoginFailure.objects.update(failed_at=clock.real_now() - timedelta(seconds=31))
    assert log_in(client).status_code == 302
    assert not LoginFailure.objects.exists()


def test_changing_the_password_ends_every_other_log_in(client, ann):
    elsewhere = Client()
    log_in(client), log_in(elsewhere)
    old_key = client.session.session_key

    response = client.post(
        "/account/password/",
        {"old_password": GOOD_PASSWORD, "new_password": NEW_PASSWORD, "repeated": NEW_PASSWORD},
    )

    assert response.headers["Location"] == "/"
    assert is_in(client)
    assert client.session.session_key != old_key
    assert not is_in(elsewhere)
    assert OperationsEvent.objects.get(kind="access.password_changed").data == {"account": ann.pk}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old_password": "not the old one"}, "The old password is wrong"),
        ({"new_password": "short", "repeated": "short"}, "too short"),
        ({"repeated": "something else here"}, "not the same"),
        ({"new_password": GOOD_PASSWORD, "repeated": GOOD_PASSWORD}, "the same as before"),
    ],
)
def test_a_refused_change_changes_nothing(client, ann, given, said):
    log_in(client)
    before = Account.objects.get(pk=ann.pk).password
    form = {"old_password": GOOD_PASSWORD, "new_password": NEW_PASSWORD, "repeated": NEW_PASSWORD}

    response = client.post("/account/password/", form | given)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert Account.objects.get(pk=ann.pk).password == before
    assert not OperationsEvent.objects.filter(kind="access.password_changed").exists()


def test_a_one_time_password_leads_to_choosing_ones_own_and_nowhere_else(client, ann, by_ida):
    actions.reset_passwords(resets=[NewPassword(ann, "for the first time only")], by=by_ida)
    log_in(client, password="for the first time only")

    assert client.get("/search/").headers["Location"] == "/account/password/"
    client.post(
        "/account/password/",
        {
            "old_password": "for the first time only",
            "new_password": NEW_PASSWORD,
            "repeated": NEW_PASSWORD,
        },
    )

    assert client.get("/search/").status_code == 200


def test_an_idle_log_in_ends_and_a_busy_one_ends_after_a_shift(client, ann):
    for busy_hours, is_still_in in [(0.9, True), (1.1, False)]:
        log_in(client)
        move(client, seen=timedelta(hours=busy_hours))
        assert is_in(client) is is_still_in

    log_in(client)
    move(client, began=timedelta(hours=11, minutes=59))
    assert is_in(client)
    move(client, began=timedelta(hours=12, minutes=1))
    assert not is_in(client)


def move(client, **ago):
    """As if the log-in had begun, or was last used, so long ago."""
    session = client.session
    for name, span in ago.items():
        key = {"began": sessions.BEGAN, "seen": sessions.SEEN}[name]
        session[key] = (clock.real_now() - span).timestamp()
    session.save()


def test_a_closed_account_is_out_at_once(client, ann, by_ida):
    log_in(client)
    assert is_in(client)

    actions.close_accounts(accounts=[ann], by=by_ida)

    assert not is_in(client)


def test_who_may_less_cannot_take_hold_of_who_may_more(someone, ida, enter, roles, kes):
    eva = load_actor(someone("eva", "administrator", site=kes))

    with pytest.raises(NotPermitted):
        actions.reset_passwords(resets=[NewPassword(ida, "for the first time only")], by=eva)

    assert Account.objects.get(pk=ida.pk).check_password(GOOD_PASSWORD)


def test_the_first_start_makes_one_administrator_with_a_one_time_password(client, db):
    password = make_administrator()

    account = Account.objects.get(username="admin")
    assert account.check_password(password)
    assert account.must_change_password
    assert RoleAssignment.objects.get(account=account).role.code == "administrator"
    assert make_administrator() is None
    assert log_in(client, "admin", password).status_code == 302


def test_a_demo_shows_its_log_ins_and_a_real_plant_does_not(client, db, settings):
    settings.DEMO = True
    make_demo_accounts()
    make_demo_accounts()

    assert b"look around freely" in client.get("/login/").content
    assert log_in(client, "paul", "look around freely").status_code == 302
    settings.DEMO = False
    assert b"look around freely" not in Client().get("/login/").content


def test_the_administrator_of_an_unused_plant_becomes_the_demos(client, db, settings):
    make_administrator()
    settings.DEMO = True

    make_demo_accounts()

    assert log_in(client, "admin", "look around freely").status_code == 302
    assert not Account.objects.get(username="admin").must_change_password


def test_the_demo_touches_no_administrator_who_has_been_there(client, db, settings):
    password = make_administrator()
    log_in(client, "admin", password)
    settings.DEMO = True

    make_demo_accounts()

    assert Account.objects.get(username="admin").check_password(password)
