from datetime import UTC, datetime

import pytest
from django.test import Client

from obeya.modules.calloffs.actions import save_agreements, save_partners
from obeya.modules.calloffs.rows import AgreementRow, PartnerRow
from obeya.plant.log.access.actions import Assignment, assign_roles, renew_shipped_roles
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Account, Role
from obeya.testing import a_plant

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)  # the Tuesday of the story


@pytest.fixture(autouse=True)
def tuesday(monkeypatch):
    """What the plant's clock shows."""
    monkeypatch.setattr("obeya.plant.log.clock.now", lambda: NOW)


@pytest.fixture
def plant():
    """Customer AUREL calls 140 parts off, of which HOUSING has ten days of lead time."""
    codes = [f"P-{n:03}" for n in range(139)]
    made = a_plant().with_customer("AUREL").with_material(*codes)
    made = made.with_material("HOUSING", lead_time_days=10)
    save_partners(site=made.site, rows=[PartnerRow("CUST-A", "AUREL", our_id="S-1")], by=made.by)
    save_agreements(
        site=made.site,
        rows=[AgreementRow("AUREL-HOUSING", "AUREL", "HOUSING", "4711-A", "P-7")],
        by=made.by,
    )
    return made


@pytest.fixture
def sign_in(plant, client):
    """A browser of somebody with this role."""

    def sign(role: str) -> Client:
        by = system_actor()
        renew_shipped_roles(by=by)
        person = Account.objects.create(username=role)
        found = Role.objects.get(code=role)
        assign_roles(assignments=[Assignment(person, found, plant.site)], by=by)
        client.force_login(person)
        return client

    return sign
