"""What nobody can know of docks is refused, and the remedy that is told works."""

from dataclasses import replace

import pytest

from obeya.modules.calloffs.actions import accept_release, save_agreements
from obeya.modules.calloffs.tests import sending as s
from obeya.modules.calloffs.tests.docking import (
    BOUND,
    D3,
    D4,
    HOUSING,
    LATER,
    NO_DOCK,
    begin,
    called,
    docked,
    refused,
    schedule,
    wanted,
)

pytestmark = pytest.mark.django_db


def test_a_schedule_of_another_dock_than_the_agreement_of_the_place_is_bound_to_is_unclear(plant):
    save_agreements(site=plant.site, rows=[BOUND], by=plant.by)
    begin(plant)

    release, words = refused(plant, schedule(docked("D4", 520, 4, 9)))

    assert words == (
        "Call-off CO-2 wants HOUSING at P-7-D4, and nothing says whether it is for AUREL-HOUSING"
        " (P-7-D3), whose schedule named no dock. Where it is, enter that dock there (ship_to"
        " P-7-D4, dock D4); where it is wanted beside it, enter an agreement for P-7-D4; then"
        " accept this call-off."
    )
    there = replace(BOUND, ship_to="P-7-D4", dock="D4")
    save_agreements(site=plant.site, rows=[there], by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    assert wanted(plant) == [("12-01", 520), ("12-08", 4), ("01-05", 9)]


@pytest.mark.parametrize(
    ("calls", "dock", "pieces"),
    [
        ((NO_DOCK, D3), "D3", 300),
        ((NO_DOCK, D3), "D9", 780),
        ((D3, NO_DOCK), "D3", 480),
        ((D3, NO_DOCK), "D9", 780),
    ],
)
def test_a_day_that_is_called_for_a_dock_and_without_one_is_unclear_until_a_person_says(
    plant, calls, dock, pieces
):
    begin(plant)
    s.accept(plant, called(calls[0]))

    release, said = refused(plant, called(calls[1], document="J-2"))

    place, words = ("P-7", "for docks") if calls[0] == D3 else ("P-7-D3", "without a dock")
    assert said == (
        f"Call-off J-2 wants HOUSING at {place}, and AUREL-HOUSING (P-7) is called {words} on"
        " the same days. Ask the customer for the dock; or enter in AUREL-HOUSING which dock is"
        " meant where none is named (ship_to P-7-D3, dock D3, or another), then accept this"
        " call-off."
    )
    terms = replace(HOUSING, ship_to=f"P-7-{dock}", dock=dock)
    save_agreements(site=plant.site, rows=[terms], by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    assert wanted(plant) == [("12-01", pieces), *LATER]


def test_docks_that_count_by_themselves_are_not_called_together(plant):
    begin(plant)
    data = called(D3, D4)
    for pieces, counted in ((300, 60), (150, 40)):
        one = b"QTY+1:%d:PCE'" % pieces
        data = data.replace(one, one + b"QTY+70:%d:PCE'" % counted)
    data = data.replace(b"UNT+16", b"UNT+18")

    release, words = refused(plant, data)

    assert "nothing says which of it is for AUREL-HOUSING (P-7). Enter in AUREL-HOUSING" in words
    save_agreements(site=plant.site, rows=[BOUND], by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    assert wanted(plant) == [("12-01", 300), *LATER, ("12-01", 150)]


def test_two_agreements_that_calls_made_at_a_place_end_with_the_schedule_of_the_place(plant):
    """As they were made before calls were kept dock by dock."""
    terms = [BOUND, replace(BOUND, code="A-D4", ship_to="P-7-D4", dock="D4")]
    save_agreements(site=plant.site, rows=terms, by=plant.by)
    s.accept(plant, called(D3, D4))
    assert wanted(plant) == [("12-01", 150), ("12-01", 300)]

    release, words = refused(plant, schedule(docked("", 500, 400, 900)))

    assert words.endswith(
        " Ask the customer for the dock; or, where it is wanted instead of what the docks get,"
        " write the place without a dock in A-D4 (ship_to P-7, dock empty), then accept this"
        " call-off."
    )
    terms = replace(HOUSING, code="A-D4")
    save_agreements(site=plant.site, rows=[terms], by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    assert wanted(plant) == [("12-01", 500), *LATER]
