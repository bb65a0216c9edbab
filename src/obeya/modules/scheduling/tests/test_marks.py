"""An answer stands on the plant as it is: what changes it makes the problem anew, nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from obeya.modules.engineering.public import OperationRow, save_operations
from obeya.modules.purchasing.public import PurchaseRow, save_purchase_orders
from obeya.modules.scheduling import drafting
from obeya.modules.scheduling.actions import publish_draft
from obeya.modules.scheduling.bridge.marks import (
    CHANGES,
    newest_change,
    newest_of_each_kind,
    work_mark,
)
from obeya.modules.scheduling.drafting import draw
from obeya.modules.scheduling.models import Draft, PlanVersion
from obeya.modules.scheduling.planning_now import publish_now
from obeya.modules.scheduling.promise_queries import plan_of
from obeya.modules.scheduling.refusals import DraftMoved
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.modules.scheduling.tests.promises import ask, seconds
from obeya.modules.scheduling.tests.test_planning_a_site import legs_of_wood
from obeya.modules.scheduling.warming import warm_up
from obeya.plant.log.actor import system_actor
from obeya.plant.log.models import OperationsEvent
from obeya.plant.resources.sites import open_site
from obeya.plant.resources.tree import repath
from obeya.plant.work.models import JobTransition

pytestmark = pytest.mark.django_db
SLOWER = OperationRow(
    "LEG", 10, "Saw", equipment="SAW-1", run_s=Decimal(240), setup_min=Decimal(15), crew_size=0
)


def happens(site, kind="orders.demands_saved", **more):
    return OperationsEvent.objects.create(
        kind=kind,
        effective_at=NOW,
        recorded_at=timezone.now(),
        actor_id=system_actor().account_id,
        site=site,
        source="page",
        payload="{}",
        **more,
    )


def saw_slower(site):
    repath(site)
    save_operations(site=site, rows=[SLOWER], by=system_actor())


def plan(site, now=NOW):
    return plan_of(site, now).plant


def test_a_promise_knows_an_operation_that_became_slower_a_minute_ago(stocked):
    assert ask(stocked, 21).at == NOW + seconds(600 + 480 + 600)

    saw_slower(stocked.site)

    # the saw: five legs of SO-2 and four of ours, 240 s each; then the chair
    assert ask(stocked, 21).at == NOW + seconds(1_200 + 960 + 600)


def test_the_plan_knows_a_purchase_that_comes_later_than_it_was_said(joinery):
    wood = legs_of_wood(joinery, lead_days=10)

    def promised_for(day):
        row = PurchaseRow("PO-1/1", wood.code, Decimal(40), NOW + day * DAY)
        save_purchase_orders(site=joinery.site, rows=[row], by=system_actor())

    promised_for(1)
    joinery.order("SO-1", Decimal(10), NOW + 4 * DAY)
    joinery.plan()
    saw = next(i for i in range(2) if plan(joinery.site).step(i).order.material.code == "LEG")
    assert plan(joinery.site).problem.operations.release[saw] == 86_400

    promised_for(3)

    now = plan(joinery.site)
    saw = next(i for i in range(2) if now.step(i).order.material.code == "LEG")
    assert now.problem.operations.release[saw] == 3 * 86_400


def test_a_plan_that_is_published_is_what_is_asked_from_then_on(stocked):
    before = plan(stocked.site)
    publish_now(stocked.site, by=system_actor(), now=NOW)

    after = plan(stocked.site)

    assert after is not before
    assert after.step(0).job is not None


@pytest.mark.parametrize(
    "kind", ["production.quantities_reported", "inventory.stock_moved", "scheduling.plan_drafted"]
)
def test_what_the_problem_is_not_read_from_leaves_it_in_memory(stocked, kind):
    before = plan(stocked.site)
    happens(stocked.site, kind)

    assert plan(stocked.site, NOW + timedelta(minutes=14)) is before


def test_another_sites_changes_leave_it_and_those_of_the_whole_house_do_not(stocked):
    before = plan(stocked.site)
    happens(open_site(code="ELM", name="Elm", time_zone="Europe/Berlin"))
    assert plan(stocked.site) is before

    happens(None, "organisation.people_saved")
    assert plan(stocked.site) is not before


def test_a_change_that_is_committed_after_a_later_one_is_seen(stocked):
    """On PostgreSQL the event with the smaller number may become readable last."""
    newest = OperationsEvent.objects.latest("pk").pk
    happens(stocked.site, pk=newest + 2_000)
    before = plan(stocked.site)

    happens(stocked.site, pk=newest + 1_000)

    assert plan(stocked.site) is not before


def test_a_job_whose_step_is_committed_after_a_later_one_is_seen(stocked):
    publish_now(stocked.site, by=system_actor(), now=NOW)
    newest = JobTransition.objects.latest("pk")

    def steps(number):
        by = newest.by_id
        JobTransition.objects.create(
            pk=number, job_id=newest.job_id, to_status="ready", at=NOW, by_id=by
        )

    steps(newest.pk + 2_000)
    before = work_mark(stocked.site, None)
    assert work_mark(stocked.site, None) == before

    steps(newest.pk + 1_000)

    assert work_mark(stocked.site, None) != before


def test_every_process_counts_by_the_same_mark(stocked):
    happens(stocked.site)
    first = plan(stocked.site).basis
    drafting.forget()

    assert plan(stocked.site).basis == first


def test_a_plan_in_memory_costs_five_questions_however_long_the_log_is(
    stocked, django_assert_num_queries
):
    """The draft, its commands, and what has changed: jobs, the newest change, those before it."""
    for _ in range(40):
        happens(stocked.site, "production.quantities_reported")
    plan(stocked.site)

    with django_assert_num_queries(5):
        plan(stocked.site)
    with django_assert_num_queries(3):
        work_mark(stocked.site, None)


def busy_elsewhere(stocked, count):
    """Another site changes often, and here much is reported; nothing of it changes the plan."""
    elm = open_site(code="ELM", name="Elm", time_zone="Europe/Berlin")
    by = system_actor().account_id
    rows = [
        OperationsEvent(
            kind=kind,
            effective_at=NOW,
            recorded_at=NOW,
            actor_id=by,
            site=site,
            source="page",
            payload="{}",
        )
        for kind, site in [
            ("orders.demands_saved", elm),
            ("production.quantities_reported", stocked.site),
        ]
        for _ in range(count)
    ]
    OperationsEvent.objects.bulk_create(rows)


def test_the_newest_change_is_found_by_an_index_however_long_ago_it_was(stocked):
    before = work_mark(stocked.site, None)
    busy_elsewhere(stocked, 5_000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE log_operationsevent")

    how = newest_of_each_kind(stocked.site).explain()

    of_kinds = how.count("event_of_site_by_kind") + how.count("event_by_kind")
    assert of_kinds == 2 * len(CHANGES)
    assert "Sort" not in how
    assert "TEMP B-TREE" not in how
    assert "log_operationsevent_pkey" not in how
    assert "Seq Scan on log_operationsevent" not in how
    assert "SCAN log_operationsevent" not in how
    assert "SCAN U0" not in how
    assert work_mark(stocked.site, None) == before


def test_a_site_where_nothing_has_changed_has_the_changes_of_the_whole_house(stocked):
    elm = open_site(code="ELM", name="Elm", time_zone="Europe/Berlin")
    everywhere = happens(None, "organisation.people_saved").pk

    assert newest_change(elm) == everywhere
    assert newest_change(stocked.site) == everywhere
    here = happens(elm, "orders.demands_saved").pk
    assert newest_change(elm) == here
    assert newest_change(stocked.site) == everywhere


def test_a_draft_whose_data_changed_in_this_moment_is_not_published(stocked):
    draft = Draft.objects.select_related("base", "site").get(closed_at=None)
    seen = draw(draft, now=NOW)
    saw_slower(stocked.site)

    with pytest.raises(DraftMoved, match="or its orders or data changed"):
        publish_draft(site=stocked.site, drawn=seen, at=NOW, by=system_actor())

    assert Draft.objects.get(closed_at=None) == draft
    assert not PlanVersion.objects.published().exists()


def test_a_process_that_serves_has_read_the_plans_before_anybody_asks(stocked, monkeypatch):
    open_site(code="ELM", name="Elm", time_zone="Europe/Berlin")  # without a plan: no harm
    monkeypatch.setattr("obeya.modules.scheduling.warming.clock.now", lambda: NOW)
    warm_up()

    def read(*_, **__):
        raise AssertionError("read again")

    monkeypatch.setattr(drafting, "build_problem", read)
    assert ask(stocked, 21).at == NOW + seconds(600 + 480 + 600)
