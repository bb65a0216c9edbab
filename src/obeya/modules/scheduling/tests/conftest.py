"""A small joinery: chairs of four sawn legs, assembled by one of two people in two shifts."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from obeya.modules.scheduling import drafting
from obeya.modules.scheduling.planning_now import plan_now
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.access.actions import renew_shipped_roles
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Account, Role, RoleAssignment
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialAtSite,
    MaterialRevision,
    Person,
    PersonSkill,
    ShiftPattern,
    Site,
    Skill,
    Unit,
    WorkCalendar,
)
from obeya.plant.resources.sites import open_site
from obeya.plant.work.models import BomLine, Demand, Operation

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)  # Monday, 06:00 in Berlin
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_remembered():
    drafting.forget()
    yield
    drafting.forget()


@dataclass
class Joinery:
    """Handles of what stands in it."""

    site: Site
    chair: Material
    leg: Material

    def order(self, code, quantity, due_at):
        return Demand.objects.create(
            site=self.site, code=code, material=self.chair, quantity=quantity, due_at=due_at
        )

    def lie_in_stock(self, material, quantity):
        StockBalance.objects.create(
            location=Equipment.objects.get(code="STORE"),
            material=material,
            status="available",
            quantity=Decimal(quantity),
        )

    def plan(self, now=NOW):
        return plan_now(self.site, by=system_actor(), now=now)


@pytest.fixture
def joinery(db):
    site = open_site(code="JOI", name="Joinery", time_zone="Europe/Berlin")
    two_shifts = WorkCalendar.objects.create(site=site, code="2S", name="Two shifts")
    for weekday in range(5):
        for name, start, end in (("Early", time(6), time(14)), ("Late", time(14), time(22))):
            ShiftPattern.objects.create(
                calendar=two_shifts, name=name, weekday=weekday, starts_at=start, ends_at=end
            )
    hall = Equipment.objects.create(site=site, code="HALL", name="Hall", level="area")
    machines = {
        code: Equipment.objects.create(
            site=site,
            code=code,
            name=code.title(),
            level="work_unit",
            parent=hall,
            calendar=two_shifts,
            path=f"/{hall.pk}/",
        )
        for code in ("SAW-1", "BENCH-1")
    }
    Equipment.objects.create(site=site, code="STORE", name="Store", level="storage")
    skill = Skill.objects.create(code="ASSEMBLE", name="Assemble")
    for code in ("ANN", "BEN"):
        person = Person.objects.create(
            code=code, name=code.title(), home_site=site, calendar=two_shifts
        )
        PersonSkill.objects.create(person=person, skill=skill, level=3)
    piece = Unit.objects.create(code="C62", name="pcs", dimension="count", decimals=0)
    chair = Material.objects.create(code="CHAIR", name="Chair", kind="finished", unit=piece)
    leg = Material.objects.create(code="LEG", name="Leg", kind="semifinished", unit=piece)
    for material in (chair, leg):
        MaterialAtSite.objects.create(material=material, site=site, policy="make")
    chairs = MaterialRevision.objects.create(material=chair, code="A")
    legs = MaterialRevision.objects.create(material=leg, code="A")
    BomLine.objects.create(revision=chairs, component=leg, quantity_per=Decimal(4))
    Operation.objects.create(
        revision=chairs,
        site=site,
        number=10,
        name="Assemble",
        equipment=machines["BENCH-1"],
        run_s=Decimal(600),
        skill=skill,
        skill_level=3,
        crew_size=1,
    )
    Operation.objects.create(
        revision=legs,
        site=site,
        number=10,
        name="Saw",
        equipment=machines["SAW-1"],
        run_s=Decimal(120),
        setup_s=900,
        crew_size=0,
    )
    return Joinery(site, chair, leg)


@pytest.fixture
def stocked(joinery):
    """Thirty chairs in stock, ten of them ordered; and five legs to saw, from 0 to 600 s."""
    joinery.lie_in_stock(joinery.chair, 30)
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    Demand.objects.create(
        site=joinery.site, code="SO-2", material=joinery.leg, quantity=5, due_at=NOW + DAY
    )
    joinery.plan()
    return joinery


@pytest.fixture
def planner(client):
    renew_shipped_roles(by=system_actor())
    account = Account.objects.create(username="pat")
    RoleAssignment.objects.create(account=account, role=Role.objects.get(code="planner"))
    client.force_login(account)
    return client
