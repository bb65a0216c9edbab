"""From a plant's rows to adopted proposals, on a real database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from obeya.modules.planning.circles import BomIsCircular
from obeya.modules.planning.explosion_run import plan_requirements
from obeya.modules.planning.models import PlanRun
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.resources.models import (
    Equipment,
    Material,
    MaterialAtSite,
    MaterialRevision,
    Site,
    Unit,
)
from obeya.plant.work import totals
from obeya.plant.work.job_states import move_jobs, open_jobs
from obeya.plant.work.models import (
    BomLine,
    Demand,
    JobOrder,
    MaterialRequirement,
    Peg,
    SupplyOrder,
)
from obeya.plant.work.supply_states import open_supply_orders

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def site():
    return Site.objects.create(code="KES", name="Kestrel", time_zone="Europe/Berlin")


@pytest.fixture
def chair(site):
    """A chair of four legs and a cushion; ten legs lie in stock."""
    piece = Unit.objects.create(code="C62", name="pcs", dimension="count", decimals=0)
    materials = {}
    for code, policy, lead_days in (
        ("CHAIR", "make", 2),
        ("LEG", "make", 1),
        ("CUSHION", "buy", 14),
    ):
        kind = "purchased" if policy == "buy" else "finished"
        material = Material.objects.create(code=code, name=code.title(), kind=kind, unit=piece)
        MaterialAtSite.objects.create(
            material=material, site=site, policy=policy, lead_time_s=lead_days * 86_400
        )
        materials[code] = material
    revision = MaterialRevision.objects.create(material=materials["CHAIR"], code="A")
    MaterialRevision.objects.create(material=materials["LEG"], code="A")
    for component, quantity in (("LEG", 4), ("CUSHION", 1)):
        BomLine.objects.create(
            revision=revision, component=materials[component], quantity_per=Decimal(quantity)
        )
    store = Equipment.objects.create(site=site, code="STORE", name="Store", level="storage")
    StockBalance.objects.create(
        location=store, material=materials["LEG"], status="available", quantity=Decimal(10)
    )
    return materials["CHAIR"]


def plan(site, *, now=NOW, in_use=frozenset()):
    by = system_actor()
    run = Run.objects.create(kind="test", site=site, actor_id=by.account_id, asked_at=NOW)
    return plan_requirements(site=site, run=run, now=now, by=by, in_use=in_use)


def test_a_demand_becomes_orders_requirements_and_pegs(site, chair):
    demand = Demand.objects.create(
        site=site, code="SO-1/1", material=chair, quantity=Decimal(5), due_at=NOW + 10 * DAY
    )

    plan_run = plan(site)

    orders = SupplyOrder.objects.filter(plan_run=plan_run.run).order_by("pk")
    assert [(o.kind, o.material.code, o.quantity, o.due_at, o.status) for o in orders] == [
        ("make", "CHAIR", Decimal(5), NOW + 10 * DAY, "proposed"),
        ("make", "LEG", Decimal(10), NOW + 8 * DAY, "proposed"),
        ("buy", "CUSHION", Decimal(5), NOW + 8 * DAY, "proposed"),
    ]
    assert [o.available_at for o in orders] == [None, None, NOW + 14 * DAY]
    consumed = MaterialRequirement.objects.filter(direction="consumed").order_by("material__code")
    assert [(r.material.code, r.quantity) for r in consumed] == [
        ("CUSHION", Decimal(5)),
        ("LEG", Decimal(20)),
    ]
    assert Peg.objects.get(demand=demand).supply_order == orders[0]
    legs = Peg.objects.filter(requirement__material__code="LEG").order_by("pk")
    assert [(p.is_from_stock, p.quantity) for p in legs] == [
        (True, Decimal(10)),
        (False, Decimal(10)),
    ]
    event = OperationsEvent.objects.get(kind="planning.requirements_planned")
    assert (event.data["make_orders"], event.data["buy_orders"], event.data["pegs"]) == (2, 1, 4)


def test_an_open_purchase_serves_before_a_new_one_is_proposed(site, chair):
    cushion = Material.objects.get(code="CUSHION")
    Demand.objects.create(
        site=site, code="SO-1/1", material=chair, quantity=Decimal(5), due_at=NOW + 10 * DAY
    )
    purchase = SupplyOrder.objects.create(
        site=site,
        number="PO-7",
        kind="buy",
        material=cushion,
        quantity=Decimal(3),
        due_at=NOW + 20 * DAY,
        status="firm",
    )

    plan(site)

    pegs = Peg.objects.filter(requirement__material=cushion).order_by("pk")
    assert [(p.supply_order == purchase, p.quantity) for p in pegs] == [
        (True, Decimal(3)),
        (False, Decimal(2)),
    ]


def test_planning_again_replaces_the_proposals_and_keeps_three_runs(site, chair):
    Demand.objects.create(
        site=site, code="SO-1/1", material=chair, quantity=Decimal(5), due_at=NOW + 10 * DAY
    )

    runs = [plan(site) for _ in range(5)]

    assert PlanRun.objects.newest(site) == runs[-1]
    kept = SupplyOrder.objects.filter(status="proposed").values_list("plan_run", flat=True)
    assert set(kept) == {r.run_id for r in runs[-3:]}


def test_a_circular_bom_is_refused_by_name_and_nothing_is_proposed(site, chair):
    leg_revision = MaterialRevision.objects.get(material__code="LEG")
    BomLine.objects.create(revision=leg_revision, component=chair, quantity_per=Decimal(1))

    with pytest.raises(BomIsCircular, match=r"CHAIR > LEG > CHAIR|LEG > CHAIR > LEG"):
        plan(site)

    assert not SupplyOrder.objects.exists()
    assert not PlanRun.objects.exists()


@pytest.mark.parametrize("demands", [1, 200])
def test_the_number_of_queries_does_not_grow_with_the_plant(
    site, chair, demands, django_assert_max_num_queries
):
    Demand.objects.bulk_create(
        Demand(
            site=site,
            code=f"SO-{i}",
            material=chair,
            quantity=Decimal(5),
            due_at=NOW + (10 + i % 7) * DAY,
        )
        for i in range(demands)
    )

    with django_assert_max_num_queries(45):
        plan(site)


@pytest.fixture
def five_chairs(site, chair):
    """An order of five chairs in work: legs are glued at 10, chairs are packed at 20."""
    by = system_actor()
    order = SupplyOrder(
        site=site,
        number="MO-1",
        kind="make",
        material=chair,
        quantity=Decimal(5),
        due_at=NOW + DAY,
        status="released",
    )
    open_supply_orders([order], at=NOW, by=by)
    MaterialRequirement.objects.create(
        supply_order=order,
        material=Material.objects.get(code="CUSHION"),
        direction="consumed",
        quantity=Decimal(5),
    )
    jobs = open_jobs(
        [
            JobOrder(
                code=f"MO-1-{number}",
                site=site,
                supply_order=order,
                operation_number=number,
                quantity=Decimal(5),
            )
            for number in (10, 20)
        ],
        at=NOW,
        by=by,
    )
    for state in ("ready", "running"):
        move_jobs(jobs, to=state, at=NOW, by=by)
    Demand.objects.create(
        site=site, code="SO-1", material=chair, quantity=Decimal(5), due_at=NOW + 10 * DAY
    )
    return jobs


def proposed(site):
    rows = SupplyOrder.objects.filter(plan_run=plan(site).run)
    return {row.material.code: row.quantity for row in rows}


def test_pieces_spoiled_on_the_way_are_not_expected_any_more(site, five_chairs):
    totals.add({five_chairs[0]: totals.Addition(good=Decimal(3), scrap=Decimal(2))})

    assert proposed(site)["CHAIR"] == 2


def test_spoiled_pieces_that_were_made_again_are_no_loss(site, five_chairs):
    totals.add({five_chairs[0]: totals.Addition(good=Decimal(5), scrap=Decimal(2))})

    assert "CHAIR" not in proposed(site)


def test_a_finished_operation_asks_for_no_more_material(site, five_chairs):
    assert proposed(site) == {"CUSHION": 5}
    move_jobs(five_chairs[:1], to="completed", at=NOW, by=system_actor())

    assert proposed(site) == {}


def test_the_proposals_of_a_run_in_use_stay_however_many_runs_follow(site, chair):
    Demand.objects.create(
        site=site, code="SO-1", material=chair, quantity=Decimal(5), due_at=NOW + 10 * DAY
    )
    first = plan(site).run_id

    for _ in range(4):
        plan(site, in_use=frozenset({first}))

    runs = SupplyOrder.objects.order_by("plan_run").values_list("plan_run", flat=True).distinct()
    assert list(runs) == [first, first + 2, first + 3, first + 4]
