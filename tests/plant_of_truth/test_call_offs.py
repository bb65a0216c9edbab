"""Customer A's messages come through the door, are accepted, and its books and ours agree."""

import base64
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import connection

from obeya.engines.calloffs import read_call_offs
from obeya.modules.calloffs import queries
from obeya.modules.calloffs.models import CallOffRelease, DeliveryMove, ScheduleAgreement
from obeya.plant.log import clock, verify
from obeya.plant.log.actor import system_actor
from obeya.plant.resources.models import Site
from obeya.plant.work.models import Demand
from obeya_demo_plant import edifact
from tests.plant_of_truth.conftest import an_empty_demo, filled_demo

pytestmark = pytest.mark.django_db
TO_WEDNESDAY_NOON_H = 2 * 24 + 6


@pytest.fixture(scope="module")
def lived(kept_for_the_module, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with an_empty_demo(folder):
        here = filled_demo(folder)
        lived = here.live(hours=TO_WEDNESDAY_NOON_H, plans_anew=False)
        connection.check_constraints()
        yield here, lived


def test_messages_are_read_without_a_doubt_and_accepted_and_the_books_agree(lived):
    here, plant = lived

    assert here.refusals == []
    releases = list(CallOffRelease.objects.order_by("pk"))
    assert releases[0].format == "DELFOR D.97A"
    assert {each.format for each in releases[1:]} <= {"DELJIT D.97A"}
    assert all(each.accepted_at for each in releases)
    assert plant.state.reviews == {}
    for each in releases:
        [read] = read_call_offs(bytes(each.content))
        assert read.notes == ()
    assert [r.disagreements for r in verify.run_proofs().results if not r.agrees] == []


def test_what_is_called_off_stands_in_no_line_of_its_own_any_more(lived):
    agreements = set(ScheduleAgreement.objects.values_list("code", flat=True))
    assert len(agreements) > 0

    open_lines = Demand.objects.filter(
        customer__code="AUREL", status="open", kind__in=["order_line", "call_off"]
    )
    assert open_lines.count() > 0
    assert set(open_lines.values_list("order_code", flat=True)) <= agreements


def test_the_customer_counts_what_we_count_but_for_what_is_on_the_road_and_what_came_back(lived):
    _, plant = lived
    books = plant.state.callers["AUREL"]
    shipped, back = defaultdict(Decimal), defaultdict(Decimal)
    for each in DeliveryMove.objects.select_related("agreement__material"):
        kept = shipped if each.kind == "shipped" else back
        kept[each.agreement.material.code] += each.quantity
    assert sum(shipped.values()) > 0
    on_road = defaultdict(float)
    for load in books.road:
        on_road[load.part] += load.quantity
    to_book = defaultdict(float)
    for part, _, pieces, _, kind in books.to_book:  # the customer knows of it, we do not yet
        to_book[part] += pieces if kind == "rejected" else -pieces

    for each in ScheduleAgreement.objects.select_related("material"):
        part = each.material.code
        counted = each.opening + shipped[part] - back[part]
        assert float(counted) == books.parts[part].received + on_road[part] + to_book[part]


def test_the_customer_has_fetched_the_notice_of_each_delivery_before_the_truck_was_there(lived):
    _, plant = lived
    books = plant.state.callers["AUREL"]
    shipped = DeliveryMove.objects.filter(kind="shipped")
    assert shipped.count() > 0
    assert (books.announced, books.unannounced) == (shipped.count(), 0)

    last = shipped.latest("at").document
    told = plant.doors.ask("shipping-notices", document=last)
    found = edifact.read_desadv(base64.b64decode(told["content_base64"]))
    expected = {}
    for move in shipped.filter(document=last).select_related("agreement__material"):
        agreement = move.agreement
        in_all = sum(each.quantity for each in shipped.filter(agreement=agreement))
        expected[agreement.material.code] = (move.quantity, agreement.opening + in_all)
    assert found == expected


def test_nothing_stays_unexplained_and_what_is_open_is_what_the_customer_still_wants(lived):
    _, plant = lived
    site, by = Site.objects.get(code="KES"), system_actor()
    books = plant.state.callers["AUREL"]

    for each in ScheduleAgreement.objects.select_related("material"):
        page = queries.agreement_page(site=site, code=each.code, by=by)
        assert page["explained"].unexplained == 0
        part = each.material.code
        on_road = sum(load.quantity for load in books.road if load.part == part)
        still = sum(slot[1] for slot in books.parts[part].slots) - on_road
        lines = Demand.objects.filter(order_code=each.code, status="open")
        today = clock.now().date()
        firm = [line.quantity for line in lines if (line.due_at.date() - today).days <= 11]
        wanted = [s for s in books.parts[part].slots if s[0] * 86_400 <= _up_to(today)]
        assert float(sum(firm)) == sum(slot[1] for slot in wanted) - on_road
        assert still >= 0


def _up_to(today):
    return (today.toordinal() - 719_163 + 11) * 86_400
