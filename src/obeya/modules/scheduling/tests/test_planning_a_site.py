"""From demands to a draft on machines, checked by the independent checker."""

from datetime import timedelta
from decimal import Decimal

from obeya.engines.scheduling import check
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.lateness import lateness_of
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.tests.conftest import DAY, NOW


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
