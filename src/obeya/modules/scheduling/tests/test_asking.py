"""A plan is asked for, stopped and published by the page and by other systems alike."""

import json

import pytest
from django.urls import reverse

from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.log.access.actions import renew_shipped_roles
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import (
    Account,
    ActionKey,
    OperationsEvent,
    Role,
    RoleAssignment,
    Run,
)
from obeya.plant.work.models import JobOrder


def send(client, address, *rows, key=None):
    body = json.dumps({"rows": rows})
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(
        f"/api/v1/s/JOI/{address}/", body, content_type="application/json", headers=headers
    )


def somebody(client, role):
    renew_shipped_roles(by=system_actor())
    account = Account.objects.create(username=role)
    RoleAssignment.objects.create(account=account, role=Role.objects.get(code=role))
    client.force_login(account)
    return client


def test_asked_for_twice_one_plan_is_sought(joinery, planner):
    for _ in range(2):
        planner.post(reverse("scheduling:make", args=["JOI"]))

    assert [run.status for run in Run.objects.all()] == ["waiting"]
    answer = send(planner, "plan-requests", {"goal": "least_changeover"})
    assert answer.status_code == 409
    assert "is being sought already" in answer.content.decode()
    assert Run.objects.count() == 1


def test_whoever_may_plan_may_also_start_and_stop_the_search(joinery, client):
    supervisor = somebody(client, "supervisor")

    supervisor.post(reverse("scheduling:make", args=["JOI"]))
    assert Run.objects.get().status == "waiting"

    supervisor.post(reverse("scheduling:stop", args=["JOI"]))
    assert Run.objects.get().status == "cancelled"


def test_another_system_asks_looks_and_stops(joinery, planner):
    answer = send(planner, "plan-requests", {"goal": "least_changeover", "effort": "thorough"})
    run = Run.objects.get()
    assert answer.status_code == 200, answer.content
    assert answer.json()["result"]["id"] == run.pk
    assert (run.kind, run.arguments["goal"]) == ("scheduling.plan", "least_changeover")

    [shown] = planner.get("/api/v1/s/JOI/plan-runs/").json()["items"]
    assert (shown["run"], shown["status"]) == (run.pk, "waiting")

    assert send(planner, "plan-stops", {"run": run.pk + 1}).status_code == 409
    assert send(planner, "plan-stops", {"run": run.pk}).status_code == 200
    assert planner.get(f"/api/v1/s/JOI/plan-runs/{run.pk}/").json()["status"] == "cancelled"


def test_a_goal_that_nobody_plans_by_is_refused_and_nothing_starts(joinery, planner):
    answer = send(planner, "plan-requests", {"goal": "fast"})

    assert answer.status_code == 422
    assert "Choose one of on_time, least_changeover, smallest_change" in answer.content.decode()
    assert send(planner, "plan-requests").status_code == 422
    assert send(planner, "plan-requests", {}, {}).status_code == 422
    assert not Run.objects.exists()


def test_a_draft_is_published_as_it_was_seen_and_no_other(joinery, planner, monkeypatch):
    monkeypatch.setattr("obeya.modules.scheduling.api.clock.now", lambda: NOW)
    joinery.order("SO-1", 5, NOW + DAY)
    draft = joinery.plan()
    [shown] = planner.get("/api/v1/s/JOI/plan-drafts/").json()["items"]
    assert (shown["draft"], shown["revision"], shown["operations"]) == (draft.pk, 0, 2)

    for draft_id, revision, status in ((draft.pk, 1, 409), (draft.pk + 1, 0, 422)):
        answer = send(planner, "plan-publications", {"draft": draft_id, "revision": revision})
        assert answer.status_code == status, answer.content
    assert not PlanVersion.objects.published().exists()

    assert send(planner, "plan-publications", {"draft": draft.pk, "revision": 0}).status_code == 200
    in_force = PlanVersion.objects.in_force(joinery.site)
    assert planner.get(f"/api/v1/s/JOI/plans/{in_force.number}/").json()["operations"] == 2
    assert Draft.objects.at(joinery.site).open().get().base == in_force


def test_a_publication_sent_twice_with_one_key_publishes_once(joinery, planner, monkeypatch):
    monkeypatch.setattr("obeya.modules.scheduling.api.clock.now", lambda: NOW)
    joinery.order("SO-1", 5, NOW + DAY)
    wish = {"draft": joinery.plan().pk, "revision": 0}
    ahead = send(planner, "plan-publications", wish | {"revision": 1}, key="night-1")
    assert (ahead.status_code, ActionKey.objects.count()) == (409, 0)  # the key is given back

    first, again = (send(planner, "plan-publications", wish, key="night-1") for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200), again.content
    assert again.json() == first.json()
    assert PlanVersion.objects.published().count() == 1
    assert OperationsEvent.objects.filter(kind="scheduling.plan_published").count() == 1
    assert JobOrder.objects.count() == 2
    other = send(planner, "plan-publications", wish | {"draft": 10**9}, key="night-1")
    assert other.status_code == 409
    assert "used before for other content" in other.content.decode()
    assert send(planner, "plan-publications", wish, key="night-2").status_code == 422


def test_a_search_asked_for_and_stopped_twice_with_one_key_is_one(joinery, planner):
    asked = [send(planner, "plan-requests", {}, key="k").json() for _ in range(2)]
    assert asked[0] == asked[1]
    run = Run.objects.get()

    stopped = [send(planner, "plan-stops", {"run": run.pk}, key="k") for _ in range(2)]
    late = send(planner, "plan-requests", {}, key="k")

    assert [answer.status_code for answer in (*stopped, late)] == [200] * 3
    assert stopped[0].json() == stopped[1].json()
    assert late.json() == asked[0]  # it begins no second search
    assert [run.status for run in Run.objects.all()] == ["cancelled"]


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30])
def test_a_key_that_is_no_number_finds_nothing(joinery, planner, key):
    assert planner.get(f"/api/v1/s/JOI/plan-runs/{key}/").status_code == 404


def test_who_may_only_look_is_refused(joinery, client):
    buyer = somebody(client, "buyer")

    for address, row in (
        ("plan-requests", {}),
        ("plan-stops", {"run": 1}),
        ("plan-publications", {"draft": 1, "revision": 0}),
    ):
        assert send(buyer, address, row).status_code == 403
    assert not Run.objects.exists()
