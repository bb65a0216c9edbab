"""Tuesday 07:00: 140 lines, 22 changed, a cumulative mismatch of -240 on one part."""

from datetime import datetime
from decimal import Decimal
from time import perf_counter

import pytest

from obeya.modules.calloffs import queries
from obeya.modules.calloffs.actions import record_deliveries
from obeya.modules.calloffs.rows import DeliveryRow
from obeya.modules.calloffs.tests import sending as s
from obeya.plant.work.models import Demand

pytestmark = pytest.mark.django_db

USUAL = (500, 400, 900)
FIRM, SOON = {3: (520, 400, 900)}, {4: (500, 460, 900)}
MORE, LESS = {5: (500, 400, 990)}, dict.fromkeys(range(6, 24), (500, 400, 800))
CHANGED = FIRM | SOON | MORE | LESS  # 21 parts, and HOUSING: 22


def week(changed, housing: list[str]) -> list[list[str]]:
    return [*(s.part(f"P-{n:03}", *changed.get(n, USUAL)) for n in range(139)), housing]


@pytest.fixture
def tuesday_drop(plant):
    """Accepted a week ago; since then 240 more have left for AUREL, of which 60 came back."""
    plant.with_material("P-004", lead_time_days=20)
    s.accept(plant, s.delfor(*week({}, s.part("4711-A", *USUAL))))
    ours = [
        DeliveryRow("AUREL-HOUSING", "LS-0", Decimal(1000), at=datetime(2026, 11, 12, 9)),
        DeliveryRow("AUREL-HOUSING", "LS-1", Decimal(400), at=datetime(2026, 11, 18, 9)),
        DeliveryRow("AUREL-HOUSING", "LS-2", Decimal(180), at=datetime(2026, 11, 23, 15)),
        DeliveryRow("AUREL-HOUSING", "Q-9", Decimal(60), "rejected", datetime(2026, 11, 20, 9)),
    ]
    record_deliveries(site=plant.site, rows=ours, by=plant.by)
    # 340 more received, so 340 less is due on 1 December: the customer wants the same as before
    housing = s.part("4711-A", 160, 400, 900, received=1340, note="LS-1")
    return s.delfor(*week(CHANGED, housing), document="CO-2", issued="20261124")


def test_the_drop_is_compared_in_five_seconds_and_sorted_by_harm(plant, tuesday_drop):
    began = perf_counter()
    release = s.receive(plant, tuesday_drop)
    found = queries.differences(site=plant.site, kept=release, by=plant.by)
    assert perf_counter() - began < 5

    changed = [each for each in found if each["harm"] != "none"]
    assert (len(found), len(changed)) == (140, 22)
    assert [(each["harm"], each["material"], each["quantity"]) for each in changed[:4]] == [
        ("firm_breach", "P-003", "20"),
        ("more_within_lead_time", "P-004", "60"),
        ("more", "P-005", "90"),
        ("less", "P-006", "-100"),
    ]
    assert [each["material"] for each in found if each["needs_a_person"]] == ["P-003", "P-004"]


def test_the_mismatch_is_explained_by_what_is_in_transit_and_what_was_rejected(plant, tuesday_drop):
    found = queries.differences(site=plant.site, kept=s.receive(plant, tuesday_drop), by=plant.by)

    [housing] = [each for each in found if each["material"] == "HOUSING"]
    assert (housing["mismatch"], housing["unexplained"]) == ("-240", "0")
    assert (housing["in_transit"], housing["rejected"]) == ([["LS-2", "180"]], "60")


def test_accepting_the_drop_makes_the_plants_demands_follow(plant, tuesday_drop):
    s.accept(plant, tuesday_drop)

    # 140 parts of three slots; the 180 in transit cover HOUSING's first, and 20 of its second
    assert Demand.objects.filter(status="open").count() == 419
    assert s.demands(plant) == [
        ("12-01", 320, "call_off", "shipped"),
        ("12-08", 380, "call_off", "open"),
        ("01-05", 900, "forecast", "open"),
    ]
    assert s.demands(plant, "AUREL-P-003-P-7")[0] == ("12-01", 520, "call_off", "open")


def test_the_number_of_queries_does_not_depend_on_the_lines(
    plant, tuesday_drop, django_assert_max_num_queries
):
    release = s.receive(plant, tuesday_drop)
    with django_assert_max_num_queries(6):
        queries.differences(site=plant.site, kept=release, by=plant.by)
