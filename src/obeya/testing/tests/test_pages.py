"""Every page of these rooms opens for whoever may, refuses whoever may not, and asks little."""

from datetime import datetime
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.access.actions import NewAccount, create_accounts
from obeya.plant.log.access.actions.roles import Assignment, assign_roles
from obeya.plant.log.access.first_start import renew_roles
from obeya.plant.log.models import Role
from obeya.plant.resources.models import Equipment
from obeya.testing import Plant, a_plant
from tests.support.databases import taken_back

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 12, 1)
PASSWORD = "three wet wagons roll"

PAGES = {  # name: (address arguments, most queries)
    "organisation:equipment": (["KES"], 20),
    "organisation:machine": (["KES", "M-1"], 26),
    "organisation:new-machine": (["KES"], 16),
    "organisation:edit-machine": (["KES", "M-1"], 20),
    "organisation:people": (["KES"], 20),
    "organisation:calendars": (["KES"], 20),
    "organisation:calendar": (["KES", "3-SHIFTS"], 26),
    "organisation:parties": (["KES"], 20),
    "engineering:materials": ([], 20),
    "engineering:material": (["MADE"], 34),
    "engineering:new-material": ([], 18),
    "engineering:edit-material": (["MADE"], 22),
    "inventory:stock": (["KES"], 22),
    "inventory:move": (["KES"], 18),
    "orders:demands": (["KES"], 20),
    "orders:demand": (["KES", "SO-1/1"], 22),
    "purchasing:purchases": (["KES"], 20),
}


def grown(plant: Plant, count: int) -> Plant:
    """More of everything that pages show."""
    for number in range(count):
        plant.with_machine(f"M-{number + 2}", parent="WC", classes=("CNC",))
        plant.with_material(f"PART-{number}").with_bom("MADE", {f"PART-{number}": 1})
        plant.with_person(f"P-{number}", {"TURN": 3, f"S-{number}": 1})
        plant.with_stock(f"PART-{number}", 5, at="WH")
        plant.with_demand(
            f"SO-1/{number + 1}", "MADE", 10, datetime(2026, 12, 1), order_code="SO-1"
        )
        plant.with_purchase(f"PO-{number}", f"PART-{number}", 5, datetime(2026, 12, 1))
        plant.with_operation("MADE", 10 * (number + 1), on="WC", run_s=5)
    return plant


@pytest.fixture(scope="module")
def plant(kept_for_the_module):
    plant = (
        a_plant()
        .with_three_shifts()
        .with_work_center("WC", calendar="3-SHIFTS")
        .with_machine("M-1", parent="WC")
        .with_storage("WH")
        .with_customer("CUST")
        .with_material("MADE")
    )
    return grown(plant, 1)


@pytest.fixture(scope="module")
def roles(kept_for_the_module):
    renew_roles()


def logged_in(client: Client, plant: Plant, role: str) -> Client:
    [account] = create_accounts(
        accounts=[NewAccount(role, password=PASSWORD, must_change_password=False)], by=plant.by
    )
    roles = [Assignment(account, Role.objects.get(code=role), site=plant.site)]
    assign_roles(assignments=roles, by=plant.by)
    client.force_login(account)
    return client


@pytest.fixture
def log_in(plant, roles, client):
    return lambda role: logged_in(client, plant, role)


@pytest.fixture(scope="module")
def asked(plant, roles) -> dict[str, tuple["Answer", "Answer"]]:
    """How each page answers with one of everything, and with five: the plant grows but once."""
    addresses = {name: reverse(name, args=arguments) for name, (arguments, _) in PAGES.items()}
    with taken_back():
        client = logged_in(Client(), plant, "production_manager")
        for address in addresses.values():
            client.get(address)  # the session remembers the site from here on
        few = {name: Answer.of(client, address) for name, address in addresses.items()}
        grown(plant, 4)
        many = {name: Answer.of(client, address) for name, address in addresses.items()}
    return {name: (few[name], many[name]) for name in PAGES}


class Answer(NamedTuple):
    status: int
    queries: list[str]

    @classmethod
    def of(cls, client: Client, address: str) -> "Answer":
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        return cls(response.status_code, [query["sql"][:160] for query in captured])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_and_its_queries_do_not_grow_with_the_rows(name, asked):
    _, most = PAGES[name]
    (opened, few), (opened_again, many) = asked[name]

    assert (opened, opened_again) == (200, 200)
    assert len(many) <= most, "\n".join(many)
    assert len(many) == len(few), "\n".join(query for query in many if query not in few)


@pytest.mark.parametrize(
    "name", ["organisation:people", "organisation:new-machine", "inventory:move", "orders:demands"]
)
def test_a_page_is_closed_to_whoever_lacks_the_permission(name, log_in):
    response = log_in("guest").get(reverse(name, args=["KES"]))

    assert response.status_code == 403


def test_a_page_of_a_foreign_site_is_closed(log_in):
    a_plant("MER")

    response = log_in("production_manager").get(reverse("orders:demands", args=["MER"]))

    assert response.status_code == 403


def test_an_edited_machine_keeps_what_the_form_does_not_show(plant, log_in):
    plant.with_machine("M-1", parent="WC", translations={"de": "Drehbank"})
    address = reverse("organisation:edit-machine", args=["KES", "M-1"])

    said = {"name": "Lathe 1", "level": "work_unit", "parent": "WC", "capacity": 2}
    response = log_in("planner").post(address, said)

    assert response.status_code == 302
    machine = plant.machine("M-1")
    assert (machine.name, machine.capacity, machine.translations) == (
        "Lathe 1",
        2,
        {"de": "Drehbank"},
    )


def test_a_refusal_stands_at_its_field_and_nothing_is_saved(plant, log_in):
    address = reverse("organisation:new-machine", args=["KES"])

    said = {"code": "M-9", "level": "work_unit", "parent": "NOWHERE", "capacity": 1}
    response = log_in("planner").post(address, said)

    assert response.status_code == 422
    assert response.context["form"].errors["parent"] == [
        "Unknown equipment NOWHERE. Enter it, or correct it."
    ]
    assert not Equipment.objects.filter(code="M-9").exists()


def test_stock_is_moved_on_the_page(plant, log_in):
    plant.with_storage("LINE")
    said = {
        "material": "PART-0", "quantity": "2", "from_location": "WH", "to_location": "LINE",
        "from_status": "available", "status": "available",
    }  # fmt: skip
    client, address = log_in("warehouse"), reverse("inventory:move", args=["KES"])

    assert client.post(address, said).status_code == 302
    assert client.post(address, said | {"quantity": "4"}).status_code == 422

    held = dict(StockBalance.objects.values_list("location__code", "quantity"))
    assert held == {"WH": 3, "LINE": 2}
