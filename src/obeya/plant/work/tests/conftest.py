from datetime import UTC, datetime
from decimal import Decimal

import pytest

from obeya.plant.log.models import Run
from obeya.plant.resources.models import MaterialRevision
from obeya.plant.work.models import MaterialRequirement, SupplyOrder

SIX_AM = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def plan_run(kestrel, system_by):
    return Run.objects.create(
        kind="planning.explode", site=kestrel, actor_id=system_by.account_id, asked_at=SIX_AM
    )


@pytest.fixture
def revision_a(bracket):
    return MaterialRevision.objects.create(material=bracket, code="A")


@pytest.fixture
def proposal(kestrel, bracket, revision_a, plan_run):
    return SupplyOrder.objects.create(
        site=kestrel,
        kind="make",
        material=bracket,
        material_revision=revision_a,
        quantity=Decimal(300),
        due_at=SIX_AM,
        plan_run=plan_run,
    )


@pytest.fixture
def coil_need(proposal, coil):
    return MaterialRequirement.objects.create(
        supply_order=proposal,
        operation_number=10,
        material=coil,
        direction="consumed",
        quantity=Decimal(123),
    )
