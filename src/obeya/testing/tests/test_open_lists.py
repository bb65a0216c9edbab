"""After ninety days of history the lists of work still open on what is to do, the first on top."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.plant.log import clock
from obeya.plant.log.access.actions import NewAccount, NewToken, create_accounts, issue_tokens
from obeya.plant.log.access.actions.roles import Assignment, assign_roles
from obeya.plant.log.access.first_start import renew_roles
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.access.tokens import fresh_token
from obeya.plant.log.api.openapi import document
from obeya.plant.log.models import Role
from obeya.plant.work.models import Demand, JobOrder, SupplyOrder
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 5, tzinfo=UTC)
AUGUST = datetime(2026, 8, 30, 6, tzinfo=UTC)
DAY = timedelta(days=1)
SOON, LATE = NOW + 2 * DAY, NOW - 3 * DAY


@pytest.fixture
def plant():
    made = a_plant().with_customer("CUST").with_material("MADE").with_material("COIL", kind="raw")
    with clock.held_at(NOW):
        yield made


@pytest.fixture
def manager(plant):
    renew_roles()
    said = NewAccount("ann", password="three wet wagons roll", must_change_password=False)
    [account] = create_accounts(accounts=[said], by=plant.by)
    role = Role.objects.get(code="production_manager")
    assign_roles(assignments=[Assignment(account, role, site=plant.site)], by=plant.by)
    return account


@pytest.fixture
def look(client, manager):
    """look("orders"): the list that the page shows."""
    client.force_login(manager)
    client.get("/s/KES/orders/")  # the session remembers the site

    def looking(page, query=""):
        return client.get(f"/s/KES/{page}/{query}").context["list"]

    return looking


@pytest.fixture
def read(client, manager):
    """read("demands/?state=open"): what the REST door answers."""
    token = fresh_token()
    ends = clock.real_now() + DAY
    said = NewToken.of(token, account=manager, name="test", expires_at=ends)
    issue_tokens(tokens=[said], by=load_actor(manager))

    def reading(address):
        return client.get(
            f"/api/v1/s/KES/{address}", headers={"Authorization": f"Bearer {token.text}"}
        )

    return reading


def orders(plant):
    for code, due in {"OLD": AUGUST, "OFF": AUGUST, "NEXT": SOON, "LATE": LATE}.items():
        plant.with_demand(f"SO-{code}", "MADE", 5, due.replace(tzinfo=None), customer="CUST")
    Demand.objects.filter(code="SO-OLD").update(status="shipped")
    Demand.objects.filter(code="SO-OFF").update(status="cancelled")


def purchases(plant):
    for code, due in {"OLD": AUGUST, "NEXT": SOON, "LATE": LATE}.items():
        plant.with_purchase(f"PO-{code}", "COIL", 5, due.replace(tzinfo=None))
    SupplyOrder.objects.filter(number="PO-OLD").update(status="completed")
    SupplyOrder.objects.filter(number="PO-NEXT").update(status="released")


def jobs(plant, count=1):
    ran = {"actual_start_at": AUGUST, "actual_end_at": AUGUST + DAY}
    for code, status, at, more in (
        ("OLD", "completed", AUGUST, ran),
        ("NEXT", "ready", SOON, {}),
        ("LATE", "running", LATE, {"actual_start_at": LATE}),
        ("BEGUN", "waiting", NOW - DAY / 2, {}),
    ):
        JobOrder.objects.bulk_create(
            JobOrder(
                site=plant.site,
                code=f"JO-{code}{n or ''}",
                dispatch_status=status,
                planned_start_at=at,
                planned_end_at=at + DAY,
                quantity=Decimal(1),
                **more,
            )
            for n in range(count)
        )


def told(shown) -> list[tuple]:
    """(what it is called, its state, whether the row is marked) from the top."""
    states = [next(v for c, v in row["cells"] if c.name == "status") for row in shown["rows"]]
    return [
        (row["cells"][0][1], state[0], row["tone"])
        for row, state in zip(shown["rows"], states, strict=True)
    ]


def counts(shown) -> dict[str, int]:
    return {side.name: side.count for side in shown["sides"]}


def test_orders_open_on_what_is_open_the_late_ones_first_and_marked(plant, look):
    orders(plant)

    shown = look("orders")

    assert told(shown) == [("SO-LATE", "overdue", "danger"), ("SO-NEXT", "open", "")]
    assert counts(shown) == {"open": 2, "done": 2, "all": 4}
    assert [row[0] for row in told(look("orders", "?state=done"))] == ["SO-OFF", "SO-OLD"]
    assert [row[0] for row in told(look("orders", "?status=shipped"))] == ["SO-OLD"]
    assert [row[0] for row in told(look("orders", "?state=all"))] == [
        "SO-NEXT",
        "SO-LATE",
        "SO-OFF",
        "SO-OLD",
    ]


def test_purchases_open_on_what_is_still_to_come(plant, look):
    purchases(plant)

    shown = look("purchases")

    assert told(shown) == [("PO-LATE", "late", "danger"), ("PO-NEXT", "released", "")]
    assert counts(shown) == {"open": 2, "done": 1, "all": 3}
    assert told(look("purchases", "?state=done")) == [("PO-OLD", "completed", "")]


def test_jobs_open_on_what_is_to_do_and_say_which_are_late(plant, look):
    jobs(plant)

    shown = look("jobs")

    assert told(shown) == [
        ("JO-LATE", "running, late", "danger"),
        ("JO-BEGUN", "waiting", ""),  # it should have begun, but its end is not over
        ("JO-NEXT", "ready", ""),
    ]
    assert counts(shown) == {"open": 3, "done": 1, "all": 4}
    assert told(look("jobs", "?state=done")) == [("JO-OLD", "completed", "")]
    assert told(look("jobs", "?status=ready")) == [("JO-NEXT", "ready", "")]


def test_the_second_page_of_open_jobs_goes_on_where_the_first_ended(plant, look):
    jobs(plant, count=20)

    first = look("jobs")
    second = look("jobs", first["next"])

    assert [len(first["rows"]), len(second["rows"])] == [50, 10]
    everything = told(first) + told(second)
    kinds = [name.rstrip("0123456789") for name, _state, _tone in everything]
    assert kinds == ["JO-LATE"] * 20 + ["JO-BEGUN"] * 20 + ["JO-NEXT"] * 20
    assert len({name for name, _state, _tone in everything}) == 60


QUESTIONS = {  # page: (what fills it, its table, how often that is asked)
    "orders": (orders, "work_demand", 3),  # one open state, two counts
    "purchases": (purchases, "work_supplyorder", 5),  # three, and two
    "jobs": (jobs, "work_joborder", 10),  # four, four again for those without a begin, and two
}


@pytest.mark.parametrize("page", QUESTIONS)
def test_a_list_asks_once_for_each_open_state_and_counts_twice(plant, look, page):
    fill, table, queries = QUESTIONS[page]
    fill(plant)

    with CaptureQueriesContext(connection) as asked:
        look(page)

    about_rows = [each["sql"] for each in asked if f'FROM "{table}"' in each["sql"]]
    assert len(about_rows) == queries, "\n".join(about_rows)


def test_the_rest_door_gives_what_is_open_where_it_is_asked_and_keeps_it_from_page_to_page(
    plant, read
):
    orders(plant)
    purchases(plant)
    jobs(plant)

    def listed(address, key="code"):
        return [row[key] for row in read(address).json()["items"]]

    assert listed("demands/") == ["SO-OLD", "SO-OFF", "SO-NEXT", "SO-LATE"]
    assert listed("demands/?state=open") == ["SO-NEXT", "SO-LATE"]
    assert listed("demands/?state=done") == ["SO-OLD", "SO-OFF"]
    assert listed("purchases/?state=open", "number") == ["PO-NEXT", "PO-LATE"]
    assert listed("jobs/?state=done") == ["JO-OLD"]
    onward = read("jobs/?state=open&limit=1").json()["next"]
    assert onward.endswith("&limit=1&state=open")
    assert listed(onward.removeprefix("/api/v1/s/KES/")) == ["JO-LATE"]


def test_the_rest_door_refuses_a_state_that_it_does_not_know(plant, read):
    orders(plant)

    unknown, stateless = read("demands/?state=late"), read("equipment/?state=open")

    assert (unknown.status_code, stateless.status_code) == (400, 400)
    assert unknown.json()["title"] == "state must be one of: open, done, all."
    assert stateless.json()["title"] == (
        "The rows of equipment are not open or done. Leave out state."
    )


def test_the_openapi_document_says_what_counts_as_open():
    paths = document()["paths"]

    found = {
        name: [each for each in paths[f"/s/{{site}}/{name}/"]["get"]["parameters"]
               if each["name"] == "state"]
        for name in ("demands", "purchases", "jobs", "equipment")
    }  # fmt: skip
    assert found["demands"] == [
        {
            "name": "state",
            "in": "query",
            "schema": {"type": "string", "enum": ["open", "done", "all"], "default": "all"},
            "description": "open: open; done: shipped, closed, cancelled",
        }
    ]
    assert found["purchases"][0]["description"] == (
        "open: firm, released, started; done: completed, closed, cancelled"
    )
    assert found["jobs"][0]["description"] == (
        "open: waiting, ready, running, interrupted; done: completed, closed, cancelled"
    )
    assert found["equipment"] == []
