"""An order of ten chairs on the floor, and how to work on it."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from obeya.modules.production import actions
from obeya.modules.production.actions import JobStart, QuantityReport
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log import clock
from obeya.plant.log.access.actions import (
    NewAccount,
    NewToken,
    create_accounts,
    issue_tokens,
    renew_shipped_roles,
)
from obeya.plant.log.access.grants import load_actor
from obeya.plant.log.access.tokens import fresh_token
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import Account, Role, RoleAssignment
from obeya.plant.work.job_states import move_jobs, open_jobs
from obeya.plant.work.models import JobOrder, JobSpecification, MaterialRequirement, SupplyOrder
from obeya.plant.work.supply_states import move_supply_orders, open_supply_orders
from obeya.testing import a_plant

SIX = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def plant(db):
    """Chairs of four legs: 30 legs lie in STORE."""
    return (
        a_plant("JOI")
        .with_calendar("ALWAYS", always_open=True)
        .with_machine("BENCH-1", "BENCH-2", calendar="ALWAYS")
        .with_storage("STORE")
        .with_material("CHAIR", kind="finished")
        .with_material("LEG", kind="purchased", policy="buy")
        .with_stock("LEG", 30, at="STORE")
    )


@pytest.fixture
def jobs(plant):
    """An order of ten chairs, released: glue on BENCH-1 (uses the legs), polish on BENCH-2."""
    chair, leg = plant.material("CHAIR"), plant.material("LEG")
    [order] = open_supply_orders(
        [
            SupplyOrder(
                site=plant.site,
                number="MO-1",
                kind="make",
                material=chair,
                quantity=Decimal(10),
                due_at=SIX + 24 * HOUR,
                status="firm",
            )
        ],
        at=SIX,
        by=plant.by,
    )
    MaterialRequirement.objects.create(
        supply_order=order, material=leg, direction="consumed", quantity=Decimal(40)
    )
    made = open_jobs(
        [
            JobOrder(
                code=f"MO-1/{number}",
                site=plant.site,
                supply_order=order,
                operation_number=number,
                equipment=plant.equipment(machine),
                planned_start_at=SIX,
                planned_end_at=SIX + HOUR,
                quantity=Decimal(10),
            )
            for number, machine in ((10, "BENCH-1"), (20, "BENCH-2"))
        ],
        specifications=[JobSpecification(name="Glue"), JobSpecification(name="Polish")],
        at=SIX,
        by=plant.by,
    )
    move_supply_orders([order], to="released", at=SIX, by=plant.by)
    return move_jobs(made, to="ready", at=SIX, by=plant.by)


@pytest.fixture
def someone(db):
    """someone("ann", "operator"): an account with this role everywhere."""
    renew_shipped_roles(by=system_actor())

    def make(username, role):
        account = Account.objects.create(username=username)
        RoleAssignment.objects.create(account=account, role=Role.objects.get(code=role))
        return account

    return make


def start(plant, job, at=SIX):
    [started] = actions.start_jobs(site=plant.site, starts=[JobStart(fresh(job), at)], by=plant.by)
    return started


def report(plant, job, good, scrap=0, at=SIX + HOUR, **more):
    wish = QuantityReport(fresh(job), Decimal(good), Decimal(scrap), at, **more)
    actions.report_quantities(site=plant.site, reports=[wish], by=plant.by)


def fresh(job):
    return JobOrder.objects.select_related("supply_order__material", "equipment").get(pk=job.pk)


def on_hand(material, place="STORE"):
    found = StockBalance.objects.filter(material__code=material, location__code=place)
    return sum(balance.quantity for balance in found)


@pytest.fixture
def token_of(plant):
    """token_of("ann", equipment=…, role=…): of an operator of the site, or of a branch of it."""
    renew_shipped_roles(by=system_actor())

    def make(name, equipment=None, role="operator"):
        [account] = create_accounts(accounts=[NewAccount(name)], by=system_actor())
        RoleAssignment.objects.create(
            account=account,
            role=Role.objects.get(code=role),
            site=plant.site,
            equipment=equipment,
        )
        fresh = fresh_token()
        end = clock.real_now() + timedelta(hours=1)
        new = NewToken.of(fresh, account=account, name="terminal", expires_at=end)
        issue_tokens(tokens=[new], by=load_actor(account))
        return fresh.text

    return make


def post(token, verb, rows, **headers):
    return Client().post(
        f"/api/v1/s/JOI/{verb}/",
        json.dumps({"rows": rows}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", **headers},
    )


def states():
    return dict(JobOrder.objects.order_by("pk").values_list("code", "dispatch_status"))
