"""What the database itself refuses about work, by the name of the rule."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from obeya.plant.resources.models import EquipmentClass
from obeya.plant.work.models import (
    BomLine,
    Demand,
    JobOrder,
    MaterialRequirement,
    Operation,
    OperationPredecessor,
    Peg,
)
from obeya.plant.work.tests.conftest import SIX_AM


def refused(rule, make):
    with pytest.raises(DatabaseError, match=rule), transaction.atomic():
        make()
    return True


@pytest.fixture
def turning(revision_a, kestrel, press_4):
    return Operation.objects.create(
        revision=revision_a, site=kestrel, number=10, equipment=press_4, run_s=Decimal("9.5")
    )


@pytest.fixture
def demand(kestrel, bracket):
    return Demand.objects.create(
        site=kestrel, code="SO-1/1", material=bracket, quantity=Decimal(1), due_at=SIX_AM
    )


def test_an_operation_names_one_doer(turning, revision_a, kestrel):
    presses = EquipmentClass.objects.create(code="PRESS", name="Presses")

    assert refused(
        "operation_names_one_doer", lambda: Operation.objects.update(equipment_class=presses)
    )
    assert refused(
        "operation_names_one_doer",
        lambda: Operation.objects.create(revision=revision_a, site=kestrel, number=20),
    )


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("operation_lead_is_a_subcontractors", {"subcontract_lead_s": 86_400}),
        ("operation_run_not_negative", {"run_s": Decimal(-1)}),
        ("operation_transfer_is_positive", {"transfer_quantity": Decimal(0)}),
        ("operation_skill_level_1_to_4", {"skill_level": 0}),
        ("operation_number_from_one", {"number": 0}),
    ],
)
def test_what_an_operation_may_not_say(turning, rule, values):
    assert refused(rule, lambda: Operation.objects.update(**values))


def test_an_operation_does_not_wait_for_itself(turning):
    assert refused(
        "operation_not_before_itself",
        lambda: OperationPredecessor.objects.create(operation=turning, predecessor=turning),
    )


def test_a_bom_line_stands_once_for_each_place_and_day(revision_a, coil):
    def line(**values):
        row = {"revision": revision_a, "component": coil, "quantity_per": Decimal("0.41")}
        BomLine.objects.create(**row | values)

    line()
    line(operation_number=10)  # used twice in one product
    line(alternate_group="steel")
    line(valid_from=date(2026, 4, 1))
    line(is_by_product=True)

    assert refused("bom_line_once", line)
    assert refused("bom_line_once", lambda: line(operation_number=10, priority=2))
    assert refused(
        "bom_line_scrap_below_all", lambda: line(operation_number=20, scrap_rate=Decimal(1))
    )
    assert refused(
        "bom_line_quantities_are_positive",
        lambda: line(operation_number=20, quantity_per=Decimal(0)),
    )


def test_a_requirement_is_of_an_order_or_of_a_job(kestrel, coil):
    need = {"material": coil, "direction": "consumed", "quantity": Decimal(1)}
    repair = JobOrder.objects.create(site=kestrel, code="R-1", work_type="maintenance")

    MaterialRequirement.objects.create(job=repair, **need)

    assert refused(
        "requirement_is_an_orders_or_a_jobs", lambda: MaterialRequirement.objects.create(**need)
    )


def test_a_peg_joins_one_supply_and_one_need(demand, proposal, coil_need):
    def peg(**values):
        Peg.objects.create(quantity=Decimal(1), **values)

    peg(supply_order=proposal, demand=demand)
    peg(is_from_stock=True, requirement=coil_need)

    assert refused("peg_comes_from_one_supply", lambda: peg(demand=demand))
    assert refused(
        "peg_comes_from_one_supply",
        lambda: peg(supply_order=proposal, is_from_stock=True, demand=demand),
    )
    assert refused("peg_goes_to_one_need", lambda: peg(supply_order=proposal))
    assert refused(
        "peg_goes_to_one_need",
        lambda: peg(is_from_stock=True, demand=demand, requirement=coil_need),
    )


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("job_planned_window_has_two_ends", {"planned_start_at": SIX_AM}),
        ("job_that_ran_has_a_start", {"dispatch_status": "running"}),
        ("job_completed_has_an_end", {"dispatch_status": "completed", "actual_start_at": SIX_AM}),
        ("job_quantity_not_negative", {"quantity": Decimal(-1)}),
        ("job_work_type_is_known", {"work_type": "leisure"}),
    ],
)
def test_what_a_job_may_not_say(kestrel, rule, values):
    JobOrder.objects.create(site=kestrel, code="J-1")

    assert refused(rule, lambda: JobOrder.objects.update(**values))


def test_a_demand_wants_something(demand):
    assert refused(
        "demand_quantity_is_positive", lambda: Demand.objects.update(quantity=Decimal(0))
    )
