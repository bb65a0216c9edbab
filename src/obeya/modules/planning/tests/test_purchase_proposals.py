"""What a plan would buy is a list of the REST door, until it is ordered and planned anew."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from obeya.modules.planning.explosion_run import plan_requirements
from obeya.plant.log.access.actions import Assignment, assign_roles, renew_shipped_roles
from obeya.plant.log.models import Account, Role, Run
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def plant():
    """Twelve chairs are wanted in four weeks; a cushion each, of which five lie in the store."""
    return (
        a_plant()
        .with_supplier("SOFT")
        .with_storage("STORE")
        .with_material("CHAIR")
        .with_material(
            "CUSHION", kind="purchased", policy="buy", supplier="SOFT", lead_time_days=Decimal(7)
        )
        .with_bom("CHAIR", {"CUSHION": 1})
        .with_stock("CUSHION", 5, at="STORE")
        .with_demand("SO-1", "CHAIR", 12, NOW + timedelta(days=28))
    )


def plan(plant, at=NOW):
    run = Run.objects.create(
        kind="test", site=plant.site, actor_id=plant.by.account_id, asked_at=NOW
    )
    return plan_requirements(site=plant.site, run=run, now=at, by=plant.by)


def listed(plant, client, role="buyer"):
    renew_shipped_roles(by=plant.by)
    person, _ = Account.objects.get_or_create(username=role)
    found = Role.objects.get(code=role)
    if not person.assignments.exists():
        assign_roles(assignments=[Assignment(person, found, plant.site)], by=plant.by)
    client.force_login(person)
    return client.get(f"/api/v1/s/{plant.site.code}/purchase-proposals/")


def test_what_is_to_be_bought_is_listed_with_its_supplier_and_lead_time(plant, client):
    assert listed(plant, client).json()["items"] == []
    plan(plant)

    [row] = listed(plant, client).json()["items"]

    assert (row["material"], Decimal(row["quantity"]), row["supplier"]) == ("CUSHION", 7, "SOFT")
    assert row["lead_time_s"] == 7 * 86_400
    assert datetime.fromisoformat(row["as_of"]) == NOW
    assert datetime.fromisoformat(row["due_at"]) <= NOW + timedelta(days=28)
    one = client.get(f"/api/v1/s/{plant.site.code}/purchase-proposals/{row['proposal']}/")
    assert one.json() == row


def test_what_has_been_ordered_is_proposed_no_more_by_the_next_plan(plant, client):
    plan(plant)
    plant.with_purchase("PO-1/1", "CUSHION", 4, NOW + timedelta(days=8), supplier="SOFT")

    [before] = listed(plant, client).json()["items"]
    plan(plant, NOW + timedelta(hours=1))
    [after] = listed(plant, client).json()["items"]

    assert (Decimal(before["quantity"]), Decimal(after["quantity"])) == (7, 3)
