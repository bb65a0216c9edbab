from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from obeya.plant.work.job_states import open_jobs
from obeya.plant.work.models import JobOrder, JobSpecification, SupplyOrder, SupplyOrderTransition
from obeya.plant.work.proofs import disagreements
from obeya.plant.work.supply_states import ALLOWED, Status, move_supply_orders, open_supply_orders
from obeya.plant.work.tests.conftest import SIX_AM
from obeya.plant.work.transitions import StepRefused

MINUTE = timedelta(minutes=1)


def firm(proposal, by, number="M-1001"):
    return move_supply_orders([proposal], "firm", at=SIX_AM, by=by, numbers=[number])[0]


def test_a_proposal_has_neither_number_nor_transitions(proposal):
    assert (proposal.status, proposal.number) == ("proposed", None)
    assert str(proposal) == f"proposal {proposal.pk}"
    assert disagreements() == []


def test_a_proposal_becomes_firm_with_its_number(proposal, system_by):
    order = firm(proposal, system_by)

    order.refresh_from_db()
    assert (order.status, order.number) == ("firm", "M-1001")
    [step] = order.transitions.all()
    assert (step.from_status, step.to_status, step.at) == ("proposed", "firm", SIX_AM)
    assert disagreements() == []


def test_without_a_number_it_stays_a_proposal(proposal, system_by):
    with pytest.raises(StepRefused, match="1 orders become firm, 0 numbers are given"):
        move_supply_orders([proposal], "firm", at=SIX_AM, by=system_by)

    assert not SupplyOrderTransition.objects.exists()
    proposal.refresh_from_db()
    assert proposal.status == "proposed"


@pytest.mark.parametrize(
    "values",
    [
        {"number": "M-1"},  # a numbered proposal
        {"plan_run": None},  # nobody's proposal
        {"status": "firm"},  # firm without a number
    ],
)
def test_the_database_keeps_proposals_and_numbers_apart(proposal, values):
    with (
        pytest.raises(DatabaseError, match="supply_order_numbered_once_firm"),
        transaction.atomic(),
    ):
        SupplyOrder.objects.filter(pk=proposal.pk).update(**values)


def test_two_runs_propose_side_by_side_and_two_orders_never_share_a_number(
    proposal, kestrel, bracket, system_by
):
    firm(proposal, system_by)
    twin = SupplyOrder(
        site=kestrel,
        number="M-1001",
        kind="make",
        material=bracket,
        quantity=Decimal(1),
        due_at=SIX_AM,
        status="firm",
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        open_supply_orders([twin], at=SIX_AM, by=system_by)


def test_equal_numbers_at_two_sites_are_two_orders(proposal, merlin, bracket, system_by):
    firm(proposal, system_by)
    other = SupplyOrder(
        site=merlin,
        number="M-1001",
        kind="buy",
        material=bracket,
        quantity=Decimal(1),
        due_at=SIX_AM,
        status="released",
    )
    open_supply_orders([other], at=SIX_AM, by=system_by)

    assert SupplyOrder.objects.at(merlin).get() == other
    assert SupplyOrder.objects.filter(number="M-1001").count() == 2
    assert disagreements() == []


def test_release_freezes_requirements_and_specifications(proposal, coil_need, kestrel, system_by):
    order = firm(proposal, system_by)
    job = JobOrder(site=kestrel, code="J-1", supply_order=order, operation_number=10)
    open_jobs([job], at=SIX_AM, by=system_by, specifications=[JobSpecification(setup_s=1800)])
    coil_need.refresh_from_db()
    assert coil_need.is_frozen is False

    move_supply_orders([order], "released", at=SIX_AM + MINUTE, by=system_by)

    coil_need.refresh_from_db()
    assert coil_need.is_frozen is True
    specification = JobSpecification.objects.get(job=job)
    assert (specification.is_frozen, specification.setup_s) == (True, 1800)


def test_a_refusal_names_the_order_its_state_and_what_is_allowed(proposal, system_by):
    order = firm(proposal, system_by)

    with pytest.raises(StepRefused) as refused:
        move_supply_orders([order], "completed", at=SIX_AM, by=system_by)

    [problem] = refused.value.problems
    assert problem.rule == "M-1001 is firm and cannot become completed"
    assert problem.remedy == "Allowed: cancelled, released."
    order.refresh_from_db()
    assert order.status == "firm"


def test_a_bought_order_is_completed_without_a_start(proposal, system_by):
    order = firm(proposal, system_by)
    for number, state in enumerate(["released", "completed", "closed"], start=1):
        [order] = move_supply_orders([order], state, at=SIX_AM + number * MINUTE, by=system_by)

    assert [step.to_status for step in order.transitions.all()] == [
        "firm",
        "released",
        "completed",
        "closed",
    ]
    assert disagreements() == []


@pytest.mark.parametrize("state", Status.values)
def test_every_state_is_known_to_the_machine(state):
    assert state in ALLOWED
