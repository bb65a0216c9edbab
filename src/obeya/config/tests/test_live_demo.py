"""`obeya demo --live` lets the plant of truth in, with no more than it needs, and runs it."""

import json
import time
from argparse import Namespace

import pytest
from django.test import Client
from django.urls import get_resolver

from obeya.config import demo, plant_of_truth
from obeya.plant.log.access.grants import OWN_ACCOUNT, load_actor
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import (
    Account,
    ApiToken,
    OperationsEvent,
    RoleAssignment,
    RolePermission,
)
from obeya.plant.log.rooms import permissions
from tests.support.server import new_plant, serving
from tests.support.shift import Visitor

PATIENCE_S = 120


@pytest.fixture
def data(settings, tmp_path, db):
    assert get_resolver().url_patterns  # read as they are without a demo, for the tests that follow
    settings.DATA, settings.DEMO = tmp_path, True
    return tmp_path


@pytest.mark.django_db
def test_it_may_look_report_and_set_the_clock_and_nothing_else(data):
    path = plant_of_truth.let_in(by=system_actor())

    account = Account.objects.get(username="plant-of-truth")
    actor = load_actor(account)
    may = {each for each in permissions() if actor.may(each)}
    assert may - {OWN_ACCOUNT} == plant_of_truth.MAY
    assert (account.kind, account.has_usable_password()) == ("integration", False)
    assert path.stat().st_mode & 0o077 == 0
    headers = {"Authorization": f"Bearer {path.read_text()}"}
    assert Client().get("/api/v1/demo-clock/", headers=headers).status_code == 200
    body = json.dumps({"rows": [{"code": "X", "name": "x", "dimension": "count"}]})
    unit = Client().post(
        "/api/v1/s/KES/units/", body, content_type="application/json", headers=headers
    )
    assert unit.status_code in (403, 404)


@pytest.mark.django_db
def test_it_is_let_in_once_and_again_when_its_token_was_lost(data):
    path = plant_of_truth.let_in(by=system_actor())
    first = path.read_text()

    assert plant_of_truth.let_in(by=system_actor()).read_text() == first
    path.unlink()
    second = plant_of_truth.let_in(by=system_actor()).read_text()

    assert second != first
    assert Account.objects.filter(kind="integration").count() == 1
    assert ApiToken.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("left", ["", "obeya_of-a-plant-that-was-here-before"])
def test_a_token_that_lets_nobody_in_is_made_anew(data, left):
    path = plant_of_truth.let_in(by=system_actor())
    path.write_text(left)
    path.chmod(0o644)

    plant_of_truth.let_in(by=system_actor())

    headers = {"Authorization": f"Bearer {path.read_text()}"}
    assert Client().get("/api/v1/demo-clock/", headers=headers).status_code == 200
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_a_start_that_broke_off_before_the_role_was_given_is_made_good(data):
    path = plant_of_truth.let_in(by=system_actor())
    RoleAssignment.objects.all().delete()

    plant_of_truth.let_in(by=system_actor())

    headers = {"Authorization": f"Bearer {path.read_text()}"}
    assert Client().get("/api/v1/demo-clock/", headers=headers).status_code == 200


@pytest.mark.django_db
def test_a_role_of_an_older_version_gets_what_is_new_and_nothing_that_was_taken_away(data):
    plant_of_truth.let_in(by=system_actor())
    of_role = RolePermission.objects.filter(role__code="plant_of_truth")
    of_role.get(permission="orders.ship").delete()  # an older version did not ask for it
    taken_away = of_role.get(permission="scheduling.plan")
    taken_away.is_granted = False
    taken_away.save()

    plant_of_truth.let_in(by=system_actor())

    actor = load_actor(Account.objects.get(username="plant-of-truth"))
    may = {each for each in permissions() if actor.may(each)}
    assert may - {OWN_ACCOUNT} == plant_of_truth.MAY - {"scheduling.plan"}


@pytest.mark.django_db
def test_a_clock_that_stands_is_refused_before_anything_is_filled(data):
    with pytest.raises(demo.NoRate, match="at 0 times real time"):
        demo.demo(Namespace(plant=None, size=None, fill_only=True, live=True, rate=0))

    assert list(data.iterdir()) == []
    assert OperationsEvent.objects.count() == 0


@pytest.mark.slow
def test_the_dispatch_list_moves_while_a_visitor_looks_on(demo_plant):
    live = ["demo", "--live", "--rate", "3600"]
    with new_plant(like=demo_plant) as plant, serving(plant, *live) as server:
        visitor = Visitor(server, "maria")
        until = time.monotonic() + PATIENCE_S
        while not (done := completed(visitor)):
            assert time.monotonic() < until, server.log.read_text()

        assert "completed" in visitor.get(f"/s/KES/jobs/{done[0]}/")[1]
        assert "refused" not in server.log.read_text()
        server.obeya("verify")


def completed(visitor):
    status, text = visitor.get("/api/v1/s/KES/jobs/?limit=1000")
    assert status == 200
    return [row["code"] for row in json.loads(text)["items"] if row["status"] == "completed"]


def test_the_plant_of_truth_is_told_the_port_that_the_demo_serves(monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setenv("OBEYA_HTTP", "0.0.0.0:8123")

    told = plant_of_truth.arguments("KES", tmp_path / "token", rate=60)

    assert told[:4] == ("--url", "http://127.0.0.1:8123", "--site", "KES")
    assert told[-2:] == ("--rate", "60")
