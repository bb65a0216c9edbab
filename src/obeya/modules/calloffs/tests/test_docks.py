"""A dock that is named now, and was not before, makes no second agreement beside the first."""

from dataclasses import replace
from decimal import Decimal

import pytest

from obeya.engines.calloffs.tests import messages as m
from obeya.modules.calloffs import queries
from obeya.modules.calloffs.actions import accept_release, record_deliveries, save_agreements
from obeya.modules.calloffs.rows import DeliveryRow
from obeya.modules.calloffs.tests import sending as s
from obeya.modules.calloffs.tests.docking import (
    D3,
    D4,
    HOUSING,
    NO_DOCK,
    begin,
    called,
    docked,
    places,
    refused,
    schedule,
    wanted,
)
from obeya.plant.log.models import ChangeRow

pytestmark = pytest.mark.django_db


def test_a_schedule_that_names_the_dock_takes_the_agreement_of_its_place_there(plant):
    begin(plant)

    s.accept(plant, schedule(docked("D3", 520, 400, 900)))

    assert places() == [("AUREL-HOUSING", "P-7-D3", "D3")]
    assert wanted(plant) == [("12-01", 520), ("12-08", 400), ("01-05", 900)]
    change = ChangeRow.objects.filter(model="calloffs.ScheduleAgreement").last()
    assert change.fields["ship_to"] == ["P-7", "P-7-D3"]
    assert change.fields["dock"] == ["", "D3"]


def test_the_dock_of_an_830_takes_the_agreement_of_its_place_there_too(plant):
    begin(plant)
    bfr = "BFR*05**R-1*DL*A*20261124*20270301*20261124"
    body = (bfr, "N1*BY**92*CUST-A", "N1*ST**92*P-7", "REF*DK*D3")

    s.accept(plant, m.x12(*body, "LIN**BP*4711-A", "FST*30*C*D*20261201"))

    assert places() == [("AUREL-HOUSING", "P-7-D3", "D3")]
    assert wanted(plant) == [("12-01", 30)]


def test_what_is_on_the_way_and_the_notice_go_along_to_the_dock(plant):
    s.accept(plant, schedule(docked("", 100, 400, 900), document="CO-1", issued="20261117"))
    row = DeliveryRow("AUREL-HOUSING", "LS-1", Decimal(180))
    record_deliveries(site=plant.site, rows=[row], by=plant.by)

    s.accept(plant, schedule(docked("D3", 100, 400, 900)))

    assert wanted(plant) == [("12-08", 320), ("01-05", 900)]
    _, message = queries.notice(site=plant.site, document="LS-1", by=plant.by)
    assert b"NAD+ST+P-7::92'\r\nLOC+11+D3::92'" in message


def test_a_second_dock_that_comes_later_has_an_agreement_of_its_own(plant):
    s.accept(plant, schedule(docked("D3", 500, 400, 900)))

    s.accept(plant, schedule(docked("D4", 5, 4, 9), document="CO-3"))

    assert places() == [
        ("AUREL-HOUSING", "P-7-D3", "D3"),
        ("AUREL-HOUSING-P-7-D4", "P-7-D4", "D4"),
    ]
    assert s.demands(plant, "AUREL-HOUSING")[0][1] == 500
    assert s.demands(plant, "AUREL-HOUSING-P-7-D4")[0][1] == 5


def test_of_two_docks_in_one_schedule_neither_takes_the_agreement_until_a_person_says_which(plant):
    begin(plant)

    parts = [docked("D3", 300, 200, 500), docked("D4", 200, 200, 400)]
    release, words = refused(plant, schedule(*parts))

    assert words == (
        "Call-off CO-2 wants HOUSING at P-7-D3 and P-7-D4, and nothing says which of it is for"
        " AUREL-HOUSING (P-7). Enter in AUREL-HOUSING which dock it is for (ship_to P-7-D3, dock"
        " D3, or another), then accept this call-off."
    )
    found = queries.differences(site=plant.site, kept=release, by=plant.by)
    assert [each["needs_a_person"] for each in found] == [True, True]

    terms = replace(HOUSING, ship_to="P-7-D4", dock="D4")
    save_agreements(site=plant.site, rows=[terms], by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    assert places() == [
        ("AUREL-HOUSING", "P-7-D4", "D4"),
        ("AUREL-HOUSING-P-7-D3", "P-7-D3", "D3"),
    ]
    assert s.demands(plant, "AUREL-HOUSING")[0][1] == 200


def test_an_agreement_of_a_place_beside_one_of_a_dock_there_is_not_taken_to_another_dock(plant):
    others = replace(HOUSING, code="A-D4", ship_to="P-7-D4", dock="D4")
    save_agreements(site=plant.site, rows=[others], by=plant.by)

    _, words = refused(plant, schedule(docked("D3", 300, 200, 500)))

    assert "which of it is for AUREL-HOUSING (P-7)" in words


def test_a_place_that_is_told_beside_its_dock_keeps_its_agreement(plant):
    s.accept(plant, schedule(docked("", 500, 400, 900), docked("D3", 5, 4, 9)))

    assert places() == [
        ("AUREL-HOUSING", "P-7", ""),
        ("AUREL-HOUSING-P-7-D3", "P-7-D3", "D3"),
    ]


def test_a_just_in_time_call_for_docks_changes_the_days_of_the_schedule_of_its_place(plant):
    begin(plant)

    s.accept(plant, called(("D3", "20261201", 480)))
    assert wanted(plant) == [("12-01", 480), ("12-08", 400), ("01-05", 900)]
    s.accept(plant, called(D3, D4, document="J-2"))

    assert wanted(plant) == [("12-01", 450), ("12-08", 400), ("01-05", 900)]
    assert places() == [("AUREL-HOUSING", "P-7", "")]
    s.accept(plant, schedule(docked("", 460, 410, 910)))  # as before, without a dock
    assert wanted(plant) == [("12-01", 460), ("12-08", 410), ("01-05", 910)]


def test_a_message_without_a_dock_is_for_the_one_dock_that_is_known_there(plant):
    begin(plant, "D3")

    s.accept(plant, called(NO_DOCK))
    s.accept(plant, schedule(docked("", 490, 400, 900)))

    assert places() == [("AUREL-HOUSING", "P-7-D3", "D3")]
    assert wanted(plant) == [("12-01", 490), ("12-08", 400), ("01-05", 900)]


def test_a_message_without_a_dock_is_refused_where_two_are_known(plant):
    begin(plant, "D3")
    s.accept(plant, schedule(docked("D4", 5, 4, 9), document="CO-2", issued="20261117"))

    release, words = refused(plant, schedule(docked("", 505, 404, 909), document="CO-3"))

    assert words == (
        "Call-off CO-3 wants HOUSING at P-7, and nothing says which of it is for AUREL-HOUSING"
        " (P-7-D3) and AUREL-HOUSING-P-7-D4 (P-7-D4). Ask the customer for the dock; or, where it"
        " is wanted beside what the docks get, enter an agreement for P-7 first; or, where it is"
        " wanted instead of what the docks get, write the place without a dock in AUREL-HOUSING"
        " (ship_to P-7, dock empty), then accept this call-off."
    )

    save_agreements(site=plant.site, rows=[HOUSING], by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    assert wanted(plant) == [("12-01", 505), ("12-08", 404), ("01-05", 909)]


def test_the_customers_number_is_known_at_a_dock_as_at_its_place(plant):
    """4711-A is another material at another place: the place alone tells them apart."""
    other = replace(HOUSING, code="A-8", material="P-001", ship_to="P-8")
    save_agreements(site=plant.site, rows=[other], by=plant.by)

    s.accept(plant, schedule(docked("D3", 500, 400, 900)))

    assert ("AUREL-HOUSING", "P-7-D3", "D3") in places()
