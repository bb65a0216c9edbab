"""The same verbs through the REST door: the same rows, the same refusals, the same answers."""

import json

import pytest

from obeya.plant.log.access.actions import NewAccount, create_accounts
from obeya.plant.log.access.actions.roles import Assignment, assign_roles
from obeya.plant.log.access.first_start import renew_roles
from obeya.plant.log.models import Role
from obeya.plant.resources.models import Equipment
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db
PASSWORD = "three wet wagons roll"


@pytest.fixture
def planner(client):
    plant = a_plant()
    renew_roles()
    new = NewAccount("paul", password=PASSWORD, must_change_password=False)
    [account] = create_accounts(accounts=[new], by=plant.by)
    role = Role.objects.get(code="planner")
    assign_roles(assignments=[Assignment(account, role, site=plant.site)], by=plant.by)
    client.force_login(account)
    return client


def send(client, address, *rows):
    body = json.dumps({"rows": rows})
    return client.post(f"/api/v1/s/KES/{address}/", body, content_type="application/json")


def test_rows_are_saved_and_read_back(planner):
    answer = send(planner, "equipment", {"code": "M-1", "name": "Lathe", "classes": ["CNC"]})

    assert answer.status_code == 200, answer.content
    assert answer.json()["result"] == {"new": 1, "changed": 0, "unchanged": 0}
    found = planner.get("/api/v1/s/KES/equipment/M-1/").json()
    assert (found["code"], found["name"], found["level"]) == ("M-1", "Lathe", "work_unit")


def test_what_the_page_refuses_this_door_refuses_with_the_same_words(planner):
    answer = send(planner, "equipment", {"code": "M-1"}, {"code": "M-2", "parent": "NOWHERE"})

    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert (problem["row"], problem["field"], problem["rule"]) == (
        1,
        "parent",
        "unknown equipment NOWHERE",
    )
    assert not Equipment.objects.real().exists()


def test_each_sheet_of_the_workbook_has_its_address(planner):
    addresses = [
        "units", "reasons", "calendars", "equipment", "people", "parties", "tools", "materials",
        "bom", "operations", "alternates", "setup-times", "stock", "demands", "purchases",
    ]  # fmt: skip

    paths = planner.get("/api/v1/openapi.json").json()["paths"]

    assert [each for each in addresses if not any(f"/{each}/" in path for path in paths)] == []


def test_a_verb_that_the_role_lacks_is_closed(planner):
    assert send(planner, "people", {"code": "P-1"}).status_code == 403


def test_a_code_with_a_slash_has_its_address(planner):
    send(planner, "materials", {"code": "BR/600"})
    send(planner, "demands", {"code": "SO-1/1", "material": "BR/600", "quantity": "5",
                              "due_at": "2026-12-01T14:00:00+01:00"})  # fmt: skip

    found = planner.get("/api/v1/s/KES/demands/SO-1/1/").json()

    assert (found["material"], found["quantity"]) == ("BR/600", "5")
