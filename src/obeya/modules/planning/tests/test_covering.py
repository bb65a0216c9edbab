"""Where a further quantity comes from, beside all that is planned."""

from datetime import timedelta
from decimal import Decimal

import pytest

from obeya.modules.planning.public import cover
from obeya.modules.planning.tests.test_plan_requirements import DAY, NOW, chair, plan, site
from obeya.plant.log.actor import system_actor
from obeya.plant.work.models import Demand, SupplyOrder
from obeya.plant.work.supply_states import open_supply_orders

pytestmark = pytest.mark.django_db
__all__ = ["chair", "site"]  # fixtures


def covered(site, chair, quantity, run_id):
    return cover(
        site=site,
        material=chair,
        quantity=Decimal(quantity),
        due_at=NOW + 10 * DAY,
        now=NOW,
        run_id=run_id,
    )


def told(found):
    return sorted(
        (
            share.material.code,
            int(share.quantity),
            share.into,
            "stock"
            if share.is_from_stock
            else f"lot {share.lot}"
            if share.lot is not None
            else f"order {share.order.quantity:f}"
            if share.order
            else f"{share.lead_time_s // 86_400} d",
        )
        for share in found.shares
    )


def test_others_have_theirs_first_and_the_rest_is_made_and_bought_level_by_level(site, chair):
    Demand.objects.create(
        site=site, code="SO-1", material=chair, quantity=Decimal(2), due_at=NOW + 10 * DAY
    )
    run = plan(site).run_id

    found = covered(site, chair, 3, run)

    # of ten legs in stock SO-1 has eight
    assert [(lot.material.code, int(lot.quantity)) for lot in found.lots] == [
        ("CHAIR", 3),
        ("LEG", 10),
    ]
    assert sorted(told(found), key=str) == sorted(
        [
            ("CHAIR", 3, None, "lot 0"),
            ("CUSHION", 3, 0, "14 d"),
            ("LEG", 2, 0, "stock"),
            ("LEG", 10, 0, "lot 1"),
        ],
        key=str,
    )


def test_what_a_plan_proposes_in_lots_leaves_something_over(site, chair):
    chair.at_sites.update(lot_minimum=Decimal(5))
    Demand.objects.create(
        site=site, code="SO-1", material=chair, quantity=Decimal(2), due_at=NOW + 10 * DAY
    )
    run = plan(site).run_id

    assert told(covered(site, chair, 3, run)) == [("CHAIR", 3, None, "order 5")]
    assert [int(lot.quantity) for lot in covered(site, chair, 4, run).lots][:1] == [5]


def test_a_demand_that_came_after_the_plan_takes_from_stock_first(site, chair):
    run = plan(site).run_id
    Demand.objects.create(
        site=site, code="SO-9", material=chair, quantity=Decimal(2), due_at=NOW + 40 * DAY
    )

    found = covered(site, chair, 1, run)

    assert ("LEG", 2, 0, "stock") in told(found)
    assert ("LEG", 2, 0, "lot 1") in told(found)


def test_without_a_run_proposals_are_nobodys(site, chair):
    Demand.objects.create(
        site=site, code="SO-1", material=chair, quantity=Decimal(1), due_at=NOW + 10 * DAY
    )
    plan(site)

    found = covered(site, chair, 1, None)

    assert [int(lot.quantity) for lot in found.lots] == [1]
    assert ("LEG", 4, 0, "stock") in told(found)


def test_an_open_order_to_make_serves_before_a_new_one(site, chair):
    order = SupplyOrder(
        site=site,
        kind="make",
        number="WO-1",
        material=chair,
        quantity=Decimal(4),
        due_at=NOW + timedelta(days=3),
        status="firm",
    )
    open_supply_orders([order], at=NOW, by=system_actor())

    assert told(covered(site, chair, 3, None)) == [("CHAIR", 3, None, "order 4")]
