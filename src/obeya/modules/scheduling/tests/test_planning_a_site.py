"""From demands to a draft on machines, checked by the independent checker."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from obeya.engines.scheduling import check
from obeya.modules.purchasing import public as purchasing
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.lateness import lateness_of
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Material, MaterialAtSite, MaterialRevision
from obeya.plant.work.models import BomLine


def drawn(draft, now=NOW):
    return draw(Draft.objects.select_related("base", "site").get(pk=draft.pk), now=now)


def test_legs_are_sawn_before_the_chair_is_assembled(joinery):
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)

    plan = drawn(joinery.plan())

    assert check(plan.plant.problem, plan.schedule) == []
    bars = {
        plan.plant.step(i).order.material.code: (
            int(plan.schedule.start[i]),
            int(plan.schedule.end[i]),
        )
        for i in range(len(plan.schedule))
    }
    hour = 3600
    assert bars["LEG"] == (0, 40 * 120)  # first setup is free: nothing known was set up before
    assert bars["CHAIR"] == (40 * 120, 40 * 120 + 10 * 600)
    assert bars["CHAIR"][1] < 4 * hour


def test_an_order_due_too_soon_is_late_by_what_the_work_takes(joinery):
    joinery.order("SO-1", Decimal(10), NOW + timedelta(hours=2))

    plan = drawn(joinery.plan())

    [row] = lateness_of(plan.plant, plan.schedule)
    assert (row.demand.code, row.end, row.due) == ("SO-1", 10_800, 7_200)
    assert row.late_s == 3_600


def legs_of_wood(joinery, lead_days):
    """Legs are sawn from wood, which is bought and of which there is none."""
    wood = Material.objects.create(code="WOOD", name="Wood", kind="raw", unit=joinery.leg.unit)
    MaterialAtSite.objects.create(
        material=wood, site=joinery.site, policy="buy", lead_time_s=lead_days * 86_400
    )
    legs = MaterialRevision.objects.get(material=joinery.leg)
    BomLine.objects.create(revision=legs, component=wood, quantity_per=Decimal(1))
    return wood


def test_work_that_waits_forty_weeks_for_a_purchase_is_planned_after_it_has_come(joinery):
    legs_of_wood(joinery, lead_days=280)
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)

    plan = drawn(joinery.plan())

    assert check(plan.plant.problem, plan.schedule) == []
    [row] = lateness_of(plan.plant, plan.schedule)
    assert 278 * 86_400 < row.late_s < 285 * 86_400


def test_a_lead_time_of_twenty_years_keeps_the_plan_at_three(joinery):
    legs_of_wood(joinery, lead_days=20 * 365)
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)

    plan = drawn(joinery.plan())

    assert check(plan.plant.problem, plan.schedule) == []
    assert plan.plant.problem.horizon == (3 * 365 + 90) * 86_400
    [row] = lateness_of(plan.plant, plan.schedule)
    assert (3 * 365 - 2) * 86_400 < row.late_s < (3 * 365 + 5) * 86_400


@pytest.mark.parametrize("year", [2036, 2999])
def test_work_that_waits_for_a_purchase_promised_for_never_stands_three_years_away(joinery, year):
    wood = legs_of_wood(joinery, lead_days=1)
    promised = datetime(year, 12, 31, tzinfo=UTC)
    row = purchasing.PurchaseRow("PO-1/1", wood.code, Decimal(1_000), promised)
    purchasing.save_purchase_orders(site=joinery.site, rows=[row], by=system_actor())
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)

    plan = drawn(joinery.plan())

    assert check(plan.plant.problem, plan.schedule) == []
    [late] = lateness_of(plan.plant, plan.schedule)
    assert (3 * 365 - 2) * 86_400 < late.late_s < (3 * 365 + 5) * 86_400
    assert plan.plant.problem.horizon == (3 * 365 + 90) * 86_400
