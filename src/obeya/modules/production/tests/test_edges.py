"""Edges of the floor: work outside, odd quantities, lots of two sites, forms sent twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from obeya.modules.production import actions, queries
from obeya.modules.production.refusals import NothingReported, NowhereToPut
from obeya.modules.production.tests.conftest import HOUR, SIX, fresh, on_hand, report, start
from obeya.modules.production.tests.samples import running_jobs
from obeya.plant.ledgers.models import StockBalance, StockMove, TimeLog
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Equipment, Material, MaterialLot, Reason
from obeya.plant.resources.sites import open_site
from obeya.plant.work.models import JobOrder, MaterialRequirement, SupplyOrder

pytestmark = pytest.mark.django_db


def test_work_at_a_subcontractor_stands_on_the_dispatch_list_and_starts_and_ends(plant, jobs):
    JobOrder.objects.filter(pk=jobs[1].pk).update(equipment=None)

    cards = queries.dispatch_list(site=plant.site, by=plant.by)
    assert [card.equipment and card.equipment.code for card in cards] == ["BENCH-1", None]
    start(plant, jobs[1])
    report(plant, jobs[1], 10)
    actions.complete_jobs(site=plant.site, jobs=[fresh(jobs[1])], at=SIX + HOUR, by=plant.by)

    assert fresh(jobs[1]).dispatch_status == "completed"
    assert fresh(jobs[1]).totals.run_s == 3600
    assert on_hand("CHAIR") == 10


def test_the_dispatch_list_reads_six_jobs_of_each_machine_and_counts_the_others(
    plant, jobs, django_assert_num_queries
):
    for number in range(9, 0, -1):  # the later it is made, the sooner it begins
        JobOrder.objects.create(
            code=f"MO-9/{number}",
            site=plant.site,
            equipment=plant.equipment("BENCH-2"),
            planned_start_at=SIX + number * HOUR,
            planned_end_at=SIX + (number + 1) * HOUR,
            dispatch_status="ready",
            priority=number % 2,
        )
    start(plant, jobs[1])

    with django_assert_num_queries(3):
        glue, polish = queries.dispatch_list(site=plant.site, by=plant.by)

    assert [job.code for job in glue.queue] == ["MO-1/10"]
    assert glue.waiting == 0
    assert [job.code for job in polish.running] == ["MO-1/20"]
    assert [job.code for job in polish.queue] == [f"MO-9/{number}" for number in range(1, 7)]
    assert polish.waiting == 3


def test_a_job_that_publishing_moved_meanwhile_starts_where_it_lies_now(plant, jobs):
    seen = fresh(jobs[0])
    JobOrder.objects.filter(pk=seen.pk).update(equipment=plant.equipment("BENCH-2"))

    actions.start_jobs(site=plant.site, starts=[actions.JobStart(seen, SIX)], by=plant.by)

    assert TimeLog.objects.get().equipment.code == "BENCH-2"


def test_three_reports_of_a_third_use_exactly_the_whole_component(plant, jobs):
    SupplyOrder.objects.update(quantity=3)
    JobOrder.objects.update(quantity=3)
    MaterialRequirement.objects.update(quantity=1)
    start(plant, jobs[0])

    for _ in range(3):
        report(plant, jobs[0], 1)

    assert on_hand("LEG") == 29
    assert [move.quantity for move in StockMove.objects.filter(job=jobs[0]).order_by("pk")] == [
        Decimal("0.333333"),
        Decimal("0.333334"),
        Decimal("0.333333"),
    ]


def test_a_site_without_storage_refuses_the_report_and_says_what_to_do(db):
    site = open_site(code="BARE", name="Bare", time_zone="UTC")
    [job] = running_jobs(1, site)
    StockBalance.objects.all().delete()
    Equipment.objects.at(site).filter(code="STORE").delete()

    with pytest.raises(NowhereToPut, match="no storage for BOX"):
        actions.report_quantities(
            site=site,
            reports=[actions.QuantityReport(job, Decimal(1), Decimal(0), SIX)],
            by=system_actor(),
        )

    assert fresh(job).totals.good == 0
    assert not StockMove.objects.exists()


def test_equal_order_numbers_of_two_sites_make_two_lots(db):
    for code in ("NORTH", "SOUTH"):
        [job] = running_jobs(1, open_site(code=code, name=code.title(), time_zone="UTC"))
        SupplyOrder.objects.filter(pk=job.supply_order_id).update(number="MO-7")
        Material.objects.update(is_lot_tracked=True)
        wish = actions.QuantityReport(fresh(job), Decimal(2), Decimal(0), SIX)
        actions.report_quantities(site=job.site, reports=[wish], by=system_actor())

    lots = MaterialLot.objects.order_by("code")
    assert [(lot.code, lot.made_at) for lot in lots] == [("NORTH-MO-7", SIX), ("SOUTH-MO-7", SIX)]
    assert [balance.quantity for balance in StockBalance.objects.order_by("lot__code")] == [2, 2]


def test_a_job_that_makes_nothing_takes_no_quantities(plant, jobs):
    start(plant, jobs[0])
    JobOrder.objects.filter(pk=jobs[0].pk).update(supply_order=None, work_type="maintenance")

    with pytest.raises(NothingReported, match="makes nothing"):
        report(plant, jobs[0], 1)

    assert fresh(jobs[0]).totals.good == 0


def test_the_tile_counts_every_stopped_job_though_it_names_eight(plant, jobs):
    JobOrder.objects.bulk_create(
        JobOrder(
            code=f"X-{n}",
            site=plant.site,
            supply_order=jobs[0].supply_order,
            operation_number=100 + n,
            dispatch_status="interrupted",
            actual_start_at=SIX,
            planned_start_at=SIX,
            planned_end_at=SIX + timedelta(hours=1),
            quantity=1,
        )
        for n in range(11)
    )

    now = queries.floor_now(site=plant.site, at=SIX + HOUR, by=plant.by)

    assert (now.stopped, len(now.stopped_first), now.overdue) == (11, 8, 2)


def test_the_same_form_sent_twice_is_one_report_and_no_error(plant, jobs, client, someone):
    client.force_login(someone("ann", "operator"))
    start(plant, jobs[0])
    address = reverse("production:report", args=[plant.site.code, jobs[0].code])

    answers = [client.post(address, {"good": "2", "key": "form-1"}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert fresh(jobs[0]).totals.good == 2


def test_a_job_is_started_interrupted_and_completed_from_its_page(plant, jobs, client, someone):
    client.force_login(someone("ann", "operator"))

    def tap(verb, **headers):
        address = reverse(f"production:{verb}", args=[plant.site.code, jobs[0].code])
        return client.post(address, headers=headers)

    states = []
    for verb in ("start", "interrupt", "start", "complete"):
        assert tap(verb).status_code == 302
        states.append(fresh(jobs[0]).dispatch_status)

    assert states == ["running", "interrupted", "running", "completed"]
    again = tap("complete")
    assert again.status_code == 422
    assert again.context["refusal"] == (
        "MO-1/10 is completed and cannot become completed. Allowed: closed, interrupted."
    )


def test_a_tap_on_the_dispatch_list_answers_with_the_card_of_the_work_outside(
    plant, jobs, client, someone
):
    client.force_login(someone("ann", "operator"))
    JobOrder.objects.filter(pk=jobs[0].pk).update(equipment=None)
    address = reverse("production:start", args=[plant.site.code, jobs[0].code])

    answer = client.post(address, headers={"HX-Target": "section#machine-outside"})

    assert answer.status_code == 200
    assert 'id="machine-outside"' in answer.content.decode()
    assert fresh(jobs[0]).dispatch_status == "running"


@pytest.mark.parametrize(
    "case",
    [
        ({"good": "NaN"}, 422),
        ({"good": "-1"}, 422),
        ({"good": "1e99"}, 422),
        ({"good": "2", "reason": "abc"}, 422),
        ({"good": "2", "key": "k" * 5_000}, 409),
        ({}, 422),
    ],
)
def test_what_cannot_be_a_report_is_answered_in_words(plant, jobs, client, someone, case):
    typed, status = case
    client.force_login(someone("ann", "operator"))
    start(plant, jobs[0])
    address = reverse("production:report", args=[plant.site.code, jobs[0].code])

    assert client.post(address, typed).status_code == status

    assert fresh(jobs[0]).totals.good == 0


def test_the_floor_takes_as_many_queries_for_many_jobs_as_for_few(
    plant, jobs, client, someone, django_assert_max_num_queries
):
    client.force_login(someone("ann", "operator"))
    JobOrder.objects.bulk_create(
        JobOrder(
            code=f"X-{n}",
            site=plant.site,
            supply_order=jobs[0].supply_order,
            operation_number=100 + n,
            dispatch_status="ready",
            equipment=plant.equipment(f"BENCH-{n % 2 + 1}"),
            quantity=1,
        )
        for n in range(40)
    )
    for page in ("floor", "jobs"):
        client.get(reverse(f"production:{page}", args=[plant.site.code]))
        with django_assert_max_num_queries(25):
            client.get(reverse(f"production:{page}", args=[plant.site.code]))
    with django_assert_max_num_queries(30):
        client.get(reverse("production:job", args=[plant.site.code, jobs[0].code]))


def test_the_page_offers_the_reasons_of_stops_that_are_in_use(plant, jobs, client, someone):
    Reason.objects.create(kind="down", code="TOOL", name="Tool broken")
    Reason.objects.create(kind="down", code="OLD", name="Old reason", archived_at=SIX)
    Reason.objects.create(kind="scrap", code="CRACK", name="Cracked")
    start(plant, jobs[0])
    client.force_login(someone("olga", "operator"))

    page = client.get(reverse("production:job", args=[plant.site.code, jobs[0].code]))

    offered = page.context["interrupt_form"].fields["reason"].queryset
    assert [reason.name for reason in offered] == ["Tool broken"]
    offered = page.context["report_form"].fields["reason"].queryset
    assert [reason.name for reason in offered] == ["Cracked"]


def test_an_interruption_for_a_reason_that_is_none_is_refused(plant, jobs, client, someone):
    client.force_login(someone("ann", "operator"))
    start(plant, jobs[0])
    address = reverse("production:interrupt", args=[plant.site.code, jobs[0].code])

    assert client.post(address, {"reason": "abc"}).status_code == 422

    assert fresh(jobs[0]).dispatch_status == "running"
