"""Every door to a promise answers and refuses in the same words; so do the bottlenecks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from obeya.engines.scheduling.bottleneck import Bottleneck, Kind
from obeya.modules.scheduling.bottleneck_weeks import _worth
from obeya.modules.scheduling.promise_command import lines
from obeya.modules.scheduling.promise_queries import bottlenecks, promise
from obeya.modules.scheduling.refusals import NoPlanYet
from obeya.modules.scheduling.tests.conftest import DAY, NOW
from obeya.modules.scheduling.tests.test_planning_a_site import legs_of_wood
from obeya.plant.log import clock
from obeya.plant.log.access.actions import renew_shipped_roles
from obeya.plant.log.actor import Actor, system_actor
from obeya.plant.log.models import Account, OperationsEvent, Role, RoleAssignment
from obeya.plant.log.refusal import NotPermitted, Refusal, RowsRefused
from obeya.plant.resources.models import Equipment, Material, MaterialRevision, PersonSkill, Tool
from obeya.plant.resources.sites import open_site
from obeya.plant.work.models import BomLine, Demand, Operation, OperationAlternate, SupplyOrder

pytestmark = pytest.mark.django_db
PAGE = "/s/JOI/plan/promise/"
API = "/api/v1/s/JOI/promises/"


@pytest.fixture
def planned(joinery, monkeypatch):
    """Ten chairs are planned; every door reads the same clock."""
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return joinery


def test_the_page_says_the_date_the_reason_and_what_would_be_sooner(planned, planner):
    page = planner.get(PAGE, {"material": "CHAIR", "quantity": "1", "due": "2026-11-23"})

    told = " ".join(strip_tags(page.content.decode()).split())
    assert page.status_code == 200
    assert "Mon 23 Nov 2026, 09:10" in told  # the bench is free at 10,800 s: 09:00
    assert "in time" in told
    assert "BENCH-1 is busy, at last with CHAIR/10 for SO-1; CHAIR/10 waits." in told
    assert "/s/JOI/plan/?step=" in page.content.decode()


def test_the_page_asks_before_it_answers(planned, planner):
    page = planner.get(PAGE)

    assert page.status_code == 200
    assert "Ask before you promise" in page.content.decode()


def test_the_rest_door_answers_date_reasons_and_operations(planned, planner):
    told = planner.get(API, {"material": "CHAIR", "quantity": "1", "due": "2026-11-22"}).json()

    assert told["at"] == "2026-11-23T09:10:00+01:00"
    assert (told["is_in_time"], told["due"]) == (False, "2026-11-23T00:00:00+01:00")
    assert [each["machine"] for each in told["operations"]] == ["SAW-1", "BENCH-1"]
    assert [each["cause"] for each in told["reasons"]] == [
        "machine_queue",
        "work",
        "machine_queue",
        "work",
    ]
    assert told["reasons"][2]["without_it_at"] == "2026-11-23T07:38:00+01:00"


def test_the_command_line_tells_the_same(planned):
    told = list(lines(planned.site, "CHAIR", "1", None))

    assert told[0] == "1 pcs CHAIR: 2026-11-23 09:10."
    assert told[1] == "Because: BENCH-1 is busy, at last with CHAIR/10 for SO-1; CHAIR/10 waits."
    assert told[-1].startswith(
        "  2026-11-23 09:00 to 2026-11-23 09:10: CHAIR/10 is made on BENCH-1."
    )


@pytest.mark.parametrize(
    ("material", "quantity", "words"),
    [
        ("TABLE", "1", "There is no material 'TABLE' in use."),
        ("CHAIR", "0", "A promise needs a quantity above 0."),
        ("CHAIR", "-1", "A promise needs a quantity above 0."),
        ("CHAIR", "0.5", "CHAIR is counted in pcs to 1, and 0.5 is no multiple of that."),
        ("CHAIR", "1000000001", "is more than a plant makes."),
        ("CHAIR", "1000000", "alone takes longer than the plan reaches"),
        ("CHAIR", "9000", "There is no room for it before the plan ends"),
    ],
)
def test_what_cannot_be_promised_is_refused_in_the_same_words_everywhere(
    planned, planner, material, quantity, words
):
    written = OperationsEvent.objects.count(), SupplyOrder.objects.count()
    asked = {"material": material, "quantity": quantity}

    page, rest = planner.get(PAGE, asked), planner.get(API, asked)

    assert (page.status_code, rest.status_code) == (422, 422)
    assert words in page.content.decode().replace("&#x27;", "'")
    assert words in rest.json()["title"]
    with pytest.raises(Refusal) as refused:
        list(lines(planned.site, material, quantity, None))
    assert words in str(refused.value)
    assert written == (OperationsEvent.objects.count(), SupplyOrder.objects.count())


@pytest.mark.parametrize("quantity", ["1e5000000000", "1e-5000000000", "NaN", "Infinity"])
def test_a_number_is_refused_at_once_however_long_its_digits_would_be(planned, planner, quantity):
    rest = planner.get(API, {"material": "CHAIR", "quantity": quantity})

    assert rest.status_code == 422
    assert len(rest.content) < 1_000
    with pytest.raises(Refusal):
        list(lines(planned.site, "CHAIR", quantity, None))


def _no_routing(joinery):
    Operation.objects.filter(name="Saw").delete()


def _no_machine(joinery):
    PersonSkill.objects.all().delete()
    Operation.objects.filter(name="Assemble").update(crew_size=3)


def _late_wood(joinery):
    legs_of_wood(joinery, lead_days=200)


def _circle(joinery):
    legs_of_wood(joinery, lead_days=1)
    wood = Material.objects.get(code="WOOD")
    wood.at_sites.update(policy="make")
    revision = MaterialRevision.objects.create(material=wood, code="A")
    BomLine.objects.create(revision=revision, component=joinery.leg, quantity_per=Decimal(1))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_no_routing, "LEG would have to be made here, and it has not operations at this site."),
        (_no_machine, "Operation CHAIR/10 needs 3 people with skill"),
        (_late_wood, "WOOD comes on 2027-06-11, and the plan reaches to"),
        (_circle, "The BOM runs in a circle:"),
    ],
)
def test_what_the_data_do_not_allow_is_said_with_the_remedy(planned, planner, spoil, words):
    spoil(planned)

    rest = planner.get(API, {"material": "CHAIR", "quantity": "1"})

    assert rest.status_code == 422
    assert words in rest.json()["title"]


def test_without_a_plan_nobody_knows_when_a_machine_is_free(joinery, planner):
    rest = planner.get(API, {"material": "CHAIR", "quantity": "1"})
    page = planner.get("/s/JOI/plan/bottlenecks/")

    assert rest.json()["title"].startswith("There is no plan yet")
    assert "There is no plan yet" in page.content.decode()
    with pytest.raises(NoPlanYet):
        bottlenecks(site=joinery.site, now=NOW, by=system_actor())


def test_a_question_that_is_none_is_refused_field_by_field(planned, planner):
    refused = planner.get(API, {"material": "CHAIR", "quantity": "many", "by": "tomorrow"})

    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["problems"]] == ["by", "quantity"]
    with pytest.raises(RowsRefused):
        list(lines(planned.site, "CHAIR", "many", None))
    assert planner.post(API, "{}", content_type="application/json").status_code == 405


def test_only_who_may_promise_may_ask(planned, client):
    renew_shipped_roles(by=system_actor())
    account = Account.objects.create(username="otto")
    RoleAssignment.objects.create(account=account, role=Role.objects.get(code="operator"))
    client.force_login(account)

    assert client.get(PAGE).status_code == 403
    assert client.get(API, {"material": "CHAIR", "quantity": "1"}).status_code == 403
    with pytest.raises(NotPermitted):
        promise(site=planned.site, asked=None, now=NOW, by=Actor(0, "nobody", grants={}))


def test_the_bottlenecks_of_a_foreign_site_are_nobodys_business(planned, client):
    renew_shipped_roles(by=system_actor())
    elsewhere = open_site(code="LEO", name="Leominster", time_zone="Europe/London")
    account = Account.objects.create(username="pia")
    role = Role.objects.get(code="planner")
    RoleAssignment.objects.create(account=account, role=role, site=planned.site)
    client.force_login(account)

    assert client.get("/s/JOI/plan/bottlenecks/").status_code == 200
    refused = client.get(f"/s/{elsewhere.code}/plan/bottlenecks/")
    assert refused.status_code in (403, 404)
    assert elsewhere.name not in refused.content.decode()


def test_each_week_names_what_is_short_and_what_an_hour_more_is_worth(
    joinery, planner, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    joinery.order("SO-1", Decimal(10), NOW + timedelta(hours=2))
    joinery.order("SO-2", Decimal(10), NOW + timedelta(hours=2))
    joinery.plan()

    [week] = bottlenecks(site=joinery.site, now=NOW, by=system_actor())

    # legs: 0 to 4,800 and 4,800 to 9,600; chairs 4,800 to 10,800 and to 16,800: of the second
    # order the legs wait 4,800 s for the saw and the chairs 1,200 s for the bench
    assert (week.begins_at, week.who, week.short_h, week.worth_h) == (NOW, "SAW-1", 1.3, 1.0)
    assert (
        week.worth == "One more hour makes late orders 1.0 hours less late in all, by their weight."
    )
    page = planner.get("/s/JOI/plan/bottlenecks/").content.decode()
    assert "SAW-1" in page
    assert "1.3 h" in page


def test_where_saw_and_bench_share_a_fixture_the_week_names_the_fixture(
    joinery, planner, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    Tool.objects.create(site=joinery.site, code="FIX-7", name="Spare fixture")
    fixture = Tool.objects.create(site=joinery.site, code="FIX-8", name="Fixture")
    Operation.objects.update(tool=fixture, setup_s=0)
    joinery.lie_in_stock(joinery.leg, 72)
    joinery.order("SO-1", Decimal(18), NOW + timedelta(hours=2))
    Demand.objects.create(
        site=joinery.site,
        code="SO-2",
        material=joinery.leg,
        quantity=90,
        due_at=NOW + timedelta(hours=3),
    )
    joinery.plan()

    [week] = bottlenecks(site=joinery.site, now=NOW, by=system_actor())

    # three hours with the fixture on the bench, then three on the saw, three too late
    assert (week.who, week.is_tool, week.is_people) == ("FIX-8", True, False)
    assert (week.load_pct, week.short_h, week.worth_h) == (4, 3.0, 1.0)
    page = planner.get("/s/JOI/plan/bottlenecks/").content.decode()
    assert "FIX-8" in page
    assert "#wrench" in page
    order = SupplyOrder.objects.get(material__code="CHAIR")
    assert week.step == f"{order.pk}.10.1"
    assert f'?step={week.step}"' in page


def test_the_panel_says_what_another_machine_would_mean(joinery, planner, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    saw = Equipment.objects.get(code="SAW-1")
    other = Equipment.objects.create(
        site=joinery.site,
        code="SAW-2",
        name="Old saw",
        level="work_unit",
        parent=saw.parent,
        calendar=saw.calendar,
        path=saw.path,
    )
    OperationAlternate.objects.create(
        operation=Operation.objects.get(name="Saw"), equipment=other, run_s=Decimal(150)
    )
    joinery.order("SO-1", Decimal(10), NOW + 2 * DAY)
    joinery.plan()

    shown = planner.get("/s/JOI/plan/board.json").json()["ops"]
    legs = shown["label"].index("LEG 10")
    told = planner.get("/s/JOI/plan/why/", {"operation": shown["id"][legs]}).content.decode()

    # forty legs at 150 s instead of 120 s
    assert "Why this machine" in told
    assert (
        "SAW-2: done 20 min later, on Mon 23.11. 07:40. Its run takes 20 min longer there." in told
    )


def test_the_openapi_document_says_how_to_ask(planner):
    told = planner.get("/api/v1/openapi.json").json()["paths"]["/s/{site}/promises/"]

    assert list(told) == ["get"]
    assert told["get"]["x-permission"] == "scheduling.promise"
    assert [(p["name"], p["in"], p["required"]) for p in told["get"]["parameters"]] == [
        ("site", "path", True),
        ("material", "query", True),
        ("quantity", "query", True),
        ("due", "query", False),
    ]


@pytest.mark.parametrize(
    ("saved_h", "words"),
    [
        (0.0, "No late order waits for it: one more hour would bring nothing."),
        (0.04, "One more hour would bring next to nothing."),
        (0.06, "One more hour makes late orders 0.1 hours less late in all, by their weight."),
    ],
)
def test_what_an_hour_more_is_worth_is_never_told_as_0_0_hours(saved_h, words):
    found = Bottleneck(0, Kind.MACHINES, (0,), load=1.0, waiting_h=2.0, hour_is_worth=saved_h)

    assert _worth(found) == words
