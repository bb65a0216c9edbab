"""Of a day that was called dock by dock, the plant is asked for the sum of the docks, once."""

from importlib import import_module

import pytest
from django.apps import apps

from obeya.engines.calloffs.tests import messages as m
from obeya.modules.calloffs import queries
from obeya.modules.calloffs.actions import accept_release, save_agreements
from obeya.modules.calloffs.models import ScheduleAgreement
from obeya.modules.calloffs.refusals import OlderRelease, SentBefore
from obeya.modules.calloffs.tests import sending as s
from obeya.modules.calloffs.tests.docking import (
    BOUND,
    D3,
    D4,
    DAY,
    LATER,
    NO_DOCK,
    begin,
    call,
    called,
    docked,
    places,
    schedule,
    wanted,
)

pytestmark = pytest.mark.django_db


def shown(plant, data):
    release = s.receive(plant, data)
    found = queries.differences(site=plant.site, kept=release, by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    release.refresh_from_db()
    assert release.differences == found
    return [(each["agreement"], each["ship_to"], each["harm"], each["quantity"]) for each in found]


@pytest.mark.parametrize("order", [(D3, D4), (D4, D3)])
def test_docks_that_are_called_in_messages_of_their_own_are_wanted_together(plant, order):
    begin(plant)
    call(plant, *order)

    assert wanted(plant) == [("12-01", 450), *LATER]
    assert places() == [("AUREL-HOUSING", "P-7", "")]
    assert ScheduleAgreement.objects.get().schedule_dock == ""


def test_an_862_for_docks_is_added_up_as_a_deljit_is(plant):
    begin(plant)
    for number, (dock, pieces) in enumerate((("D3", 300), ("D4", 150)), start=1):
        bss = f"BSS*05*S-{number}*20261124*DL*20261124*20261204*R-{number}****A"
        body = (bss, "N1*BY**92*CUST-A", "N1*ST**92*P-7", f"REF*DK*{dock}", "LIN**BP*4711-A")
        s.accept(plant, m.x12(*body, f"FST*{pieces}*C*D*{DAY}", kind="862"))

    assert wanted(plant) == [("12-01", 450), *LATER]


def test_what_is_shown_before_accepting_is_what_accepting_does(plant):
    begin(plant)

    first = shown(plant, called(D3))
    second = shown(plant, called(D4, document="J-2"))

    assert first == [("AUREL-HOUSING", "P-7-D3", "firm_breach", "-200")]
    assert second == [("AUREL-HOUSING", "P-7-D4", "firm_breach", "150")]


def test_a_correction_for_one_dock_leaves_the_other_dock(plant):
    begin(plant)
    s.accept(plant, called(D3, D4))

    s.accept(plant, called(("D3", DAY, 320), document="J-2"))
    assert wanted(plant) == [("12-01", 470), *LATER]
    s.accept(plant, called(("D4", DAY, 0), document="J-3"))
    assert wanted(plant) == [("12-01", 320), *LATER]
    s.accept(plant, called(("D3", DAY, 0), document="J-4"))
    assert wanted(plant) == LATER


def test_a_call_that_says_the_same_again_changes_nothing_and_an_older_one_is_refused(plant):
    begin(plant)
    s.accept(plant, called(D3))
    s.accept(plant, called(D4, document="J-2", issued="20261125"))

    with pytest.raises(SentBefore):
        s.receive(plant, called(D3))
    again = shown(plant, called(D4, document="J-2b", issued="20261125"))
    assert again == [("AUREL-HOUSING", "P-7-D4", "none", "0")]
    with pytest.raises(OlderRelease):
        s.accept(plant, called(("D3", DAY, 1), document="J-0"))
    assert wanted(plant) == [("12-01", 450), *LATER]


def test_the_next_schedule_stands_for_all_docks_and_they_are_called_anew_from_it(plant):
    begin(plant)
    s.accept(plant, called(D3, D4))

    begin(plant, document="CO-2", issued="20261124")
    assert wanted(plant) == [("12-01", 500), *LATER]
    s.accept(plant, called(("D4", DAY, 160), document="J-2"))

    assert wanted(plant) == [("12-01", 160), *LATER]


def test_what_one_dock_is_behind_with_is_not_lost_by_the_call_for_another_on_the_same_day(plant):
    part = docked("", 500, 400, 900, received=None)
    s.accept(plant, schedule(part, document="CO-1", issued="20261117"))
    s.accept(plant, called(("D3", "20261123", 30), D3))

    s.accept(plant, called(D4, document="J-2"))
    assert wanted(plant) == [("11-23", 30), ("12-01", 450), *LATER]
    s.accept(plant, called(D4, document="J-3", issued="20261125"))
    assert wanted(plant) == [("12-01", 450), *LATER]


def test_cumulative_quantities_and_what_is_on_the_way_stay_those_of_the_place(plant):
    begin(plant)
    s.accept(plant, called(D3))
    s.accept(plant, called(D4, document="J-2"))

    found = ScheduleAgreement.objects.get()
    assert (found.received, found.document) == (0, "J-2")
    page = queries.agreement_page(site=plant.site, code="AUREL-HOUSING", by=plant.by)
    assert [int(each.quantity) for each in page["slots"]] == [450, 400, 900]


@pytest.mark.parametrize("order", [(D3, D4), (D4, D3)])
def test_an_agreement_that_is_bound_to_a_dock_stands_for_its_place_where_schedules_name_none(
    plant, order
):
    save_agreements(site=plant.site, rows=[BOUND], by=plant.by)
    begin(plant)
    call(plant, *order)

    assert wanted(plant) == [("12-01", 450), *LATER]
    assert places() == [("AUREL-HOUSING", "P-7-D3", "D3")]
    begin(plant, document="CO-2", issued="20261124")
    assert wanted(plant) == [("12-01", 500), *LATER]
    assert places() == [("AUREL-HOUSING", "P-7-D3", "D3")]


def test_docks_that_schedules_name_have_agreements_of_their_own_in_calls_too(plant):
    begin(plant, "D3")

    s.accept(plant, called(("D3", DAY, 310)))
    s.accept(plant, called(D4, ("D5", DAY, 20), document="J-2"))

    assert [each[1:] for each in places()] == [("P-7-D3", "D3"), ("P-7-D4", "D4"), ("P-7-D5", "D5")]
    assert wanted(plant) == [("12-01", 310), *LATER, ("12-01", 150), ("12-01", 20)]


@pytest.mark.parametrize("calls", [[(D3, D4)], [(D3,), (D4,)]])
def test_calls_before_any_schedule_make_one_agreement_that_the_first_schedule_begins_anew(
    plant, calls
):
    ScheduleAgreement.objects.all().delete()
    for number, docks in enumerate(calls, start=1):
        data = called(*docks, document=f"J-{number}").replace(b"4711-A", b"HOUSING")
        s.accept(plant, data)
    assert wanted(plant) == [("12-01", 450)]
    assert len(places()) == 1

    part = docked("", 500, 400, 900)
    s.accept(plant, schedule(part).replace(b"4711-A", b"HOUSING"))

    assert wanted(plant) == [("12-01", 500), *LATER]
    assert len(places()) == 1


def test_a_schedule_for_one_dock_leaves_the_calls_of_the_other_in_an_agreement_of_its_own(plant):
    begin(plant)
    s.accept(plant, called(D3, D4, ("D5", "20261202", 0)))

    told = shown(plant, schedule(docked("D3", 500, 400, 900)))

    assert told == [
        ("AUREL-HOUSING", "P-7-D3", "firm_breach", "50"),
        ("", "P-7-D4", "new_part", "150"),
    ]
    assert places() == [
        ("AUREL-HOUSING", "P-7-D3", "D3"),
        ("AUREL-HOUSING-P-7-D4", "P-7-D4", "D4"),
    ]
    assert wanted(plant) == [("12-01", 500), *LATER, ("12-01", 150)]
    s.accept(plant, called(("D4", DAY, 140), document="J-2"))
    assert wanted(plant)[-1] == ("12-01", 140)


def test_a_schedule_of_a_dock_takes_its_calls_out_of_the_agreement_of_another(plant):
    save_agreements(site=plant.site, rows=[BOUND], by=plant.by)
    s.accept(plant, called(D3, D4))

    told = shown(plant, schedule(docked("D4", 160, 4, 9)))

    assert told == [
        ("AUREL-HOUSING", "P-7-D3", "firm_breach", "-150"),
        ("", "P-7-D4", "new_part", "173"),
    ]
    assert wanted(plant) == [("12-01", 300), ("12-01", 160), ("12-08", 4), ("01-05", 9)]
    assert ScheduleAgreement.objects.get(dock="D3").document == "J-1"


def test_a_dock_and_the_place_in_one_call_are_wanted_together(plant):
    begin(plant)
    s.accept(plant, called(D3, NO_DOCK))
    assert wanted(plant) == [("12-01", 780), *LATER]

    s.accept(plant, called(("D3", DAY, 310), ("", DAY, 490), document="J-2"))
    assert wanted(plant) == [("12-01", 800), *LATER]
    s.accept(plant, called(("D3", "20261202", 7), document="J-3"))
    assert wanted(plant) == [("12-01", 800), ("12-02", 7), *LATER]


@pytest.mark.parametrize(("dock", "named"), [("", ""), ("D3", "D3")])
def test_agreements_of_before_learn_from_the_kept_messages_whether_schedules_name_docks(
    plant, dock, named
):
    begin(plant, dock)
    s.accept(plant, called(D3))
    ScheduleAgreement.objects.update(schedule_dock=None)

    migration = import_module("obeya.modules.calloffs.migrations.0004_calls_by_dock")
    migration.find_schedule_docks(apps, None)

    assert ScheduleAgreement.objects.get().schedule_dock == named


@pytest.mark.parametrize("parts", [1, 40])
def test_calls_for_docks_are_compared_with_as_many_queries_for_many_parts_as_for_one(
    plant, parts, django_assert_num_queries
):
    items = [f"P-{n:03}" for n in range(parts)]
    lines = [s.part(item, 1, 2, 3) for item in items]
    s.accept(plant, s.delfor(*lines))
    release = s.receive(plant, called(D3, D4, items=items))

    with django_assert_num_queries(4):
        found = queries.differences(site=plant.site, kept=release, by=plant.by)

    assert len(found) == parts
