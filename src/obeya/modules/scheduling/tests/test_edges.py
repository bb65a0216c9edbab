"""Edges of the board: nothing left to do, absurd amounts, addresses made up by hand."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from obeya.modules.scheduling import commands, drafting, queries
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.forms import step_key
from obeya.modules.scheduling.models import Draft
from obeya.modules.scheduling.planning_now import publish_now
from obeya.modules.scheduling.refusals import CannotBePlanned, NothingToPlan
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Equipment, Party
from obeya.plant.resources.sites import open_site
from obeya.plant.work.job_states import move_jobs
from obeya.plant.work.models import JobOrder, Operation, SupplyOrder

pytestmark = pytest.mark.django_db


def the_draft():
    return Draft.objects.select_related("base", "site").get(closed_at=None)


def test_a_board_on_which_everything_is_done_is_empty(joinery):
    joinery.order("SO-1", Decimal(10), NOW + DAY)
    joinery.plan()
    publish_now(joinery.site, by=system_actor(), now=NOW)
    for state in ("running", "completed"):
        move_jobs(list(JobOrder.objects.all()), to=state, at=NOW, by=system_actor())

    board = queries.board(site=joinery.site, draft=the_draft(), now=NOW, by=system_actor())

    assert board["ops"]["n"] == 0
    assert board["figures"]["makespan_hours"] == 0


def test_the_address_of_an_operation_leads_to_it_after_work_and_time_went_on(joinery):
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.order("SO-2", Decimal(10), NOW + 3 * DAY)
    joinery.plan()
    publish_now(joinery.site, by=system_actor(), now=NOW)
    first, second = SupplyOrder.objects.filter(material__code="CHAIR").order_by("pk")

    def chosen(address: str, now: datetime) -> tuple[str, int] | None:
        key = step_key(address)
        found = {"site": joinery.site, "draft": the_draft(), "by": system_actor(), "chosen": key}
        board = queries.board(**found, now=now)
        if board["chosen"] < 0:
            return None
        row = board["ops"]["id"].index(board["chosen"])
        demand = board["orders"]["code"][board["ops"]["order"][row]]
        return board["ops"]["label"][row], demand

    before = [chosen(f"{order.pk}.10.1", NOW) for order in (first, second)]
    for state in ("running", "completed"):
        jobs = list(JobOrder.objects.filter(supply_order=first))
        move_jobs(jobs, to=state, at=NOW, by=system_actor())
    joinery.plan()
    after = [chosen(f"{order.pk}.10.1", NOW + timedelta(minutes=5)) for order in (first, second)]

    assert before == [("CHAIR 10", "SO-1"), ("CHAIR 10", "SO-2")]
    assert after == [None, ("CHAIR 10", "SO-2")]
    for address in ("", "10", "1.2.3.4", "a.10.1", f"{first.pk}.-10.1", "1" * 5_000 + ".10.1", "²"):
        assert chosen(address, NOW) is None


def test_a_site_without_anything_has_nothing_to_plan(joinery):
    joinery.site = open_site(code="BARE", name="Bare", time_zone="Asia/Kathmandu")

    with pytest.raises(NothingToPlan):
        joinery.plan()


@pytest.mark.parametrize("quantity", [10**6, 10**9])
def test_more_than_a_plant_can_ever_make_is_refused_in_words(joinery, quantity):
    joinery.order("SO-1", Decimal(quantity), NOW + DAY)

    with pytest.raises(CannotBePlanned):
        joinery.plan()


def test_work_outside_that_was_moved_stays_where_it_was_put(joinery):
    plater = Party.objects.create(code="PLATER", name="Plater", is_supplier=True)
    Operation.objects.filter(name="Saw").update(
        equipment=None, subcontractor=plater, subcontract_lead_s=3600, setup_s=0
    )
    joinery.order("SO-1", Decimal(10), NOW + DAY)
    draft = joinery.plan()
    drawn = draw(the_draft(), now=NOW)
    plating = next(i for i in range(2) if drawn.plant.step(i).order.material.code == "LEG")
    outcome = commands.move_operation(
        draft=the_draft(),
        revision=0,
        operation=plating,
        row="PLATER",
        start=7200,
        by=system_actor(),
        now=NOW,
    )
    drafting.forget()

    again = draw(the_draft(), now=NOW)

    assert outcome.after.draft == draft
    assert int(again.schedule.start[plating]) == 7200
    publish_now(joinery.site, by=system_actor(), now=NOW)
    job = JobOrder.objects.get(supply_order__material__code="LEG")
    assert (job.equipment, job.planned_start_at) == (None, NOW + timedelta(hours=2))


@pytest.mark.parametrize("draft", ["abc", "-1", "0", "9" * 30, "1.5"])
@pytest.mark.parametrize("door", ["board", "why", "publish"])
def test_a_draft_that_is_none_is_not_found(joinery, planner, door, draft):
    joinery.order("SO-1", Decimal(1), NOW + DAY)
    joinery.plan()
    address = reverse(f"scheduling:{door}", args=["JOI"])

    assert planner.get(address, {"draft": draft, "operation": "0"}).status_code == 404


def test_a_draft_of_another_site_is_not_found_at_this_one(joinery, planner):
    joinery.order("SO-1", Decimal(1), NOW + DAY)
    draft = joinery.plan()
    open_site(code="OTH", name="Other", time_zone="UTC")
    seen = {"draft": draft.pk, "revision": 0}

    for door, body in (("commands", seen | {"kind": "undo"}), ("publish", seen)):
        address = reverse(f"scheduling:{door}", args=["OTH"])
        assert planner.post(address, body, content_type="application/json").status_code == 404

    assert the_draft().pk == draft.pk


def test_drawing_the_board_takes_as_many_queries_for_many_orders_as_for_one(
    joinery, django_assert_max_num_queries
):
    for number in range(30):
        joinery.order(f"SO-{number}", Decimal(2), NOW + DAY)
    joinery.plan()
    Equipment.objects.filter(code="SAW-1").update(capacity=2)
    drafting.forget()

    with django_assert_max_num_queries(40):
        queries.board(site=joinery.site, draft=the_draft(), now=NOW, by=system_actor())
