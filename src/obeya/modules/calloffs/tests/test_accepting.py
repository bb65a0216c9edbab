"""A call-off is accepted: schedules, demands and the ledger say the same."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from obeya.modules.calloffs import queries
from obeya.modules.calloffs.actions import (
    accept_release,
    leave_releases,
    record_deliveries,
    save_agreements,
)
from obeya.modules.calloffs.actions.accepting import CumulativeFell
from obeya.modules.calloffs.models import CallOffRelease, ScheduleAgreement
from obeya.modules.calloffs.refusals import (
    AcceptedAlready,
    CallOffRefused,
    OlderRelease,
    SentBefore,
)
from obeya.modules.calloffs.rows import AgreementRow, DeliveryRow
from obeya.modules.calloffs.tests import sending as s
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused

pytestmark = pytest.mark.django_db

SHIPPED = DeliveryRow("AUREL-HOUSING", "LS-1", Decimal(180), at=datetime(2026, 11, 23, 15))


def test_receiving_changes_nothing_but_keeps_the_message_whole(plant):
    data = s.delfor(s.part("4711-A", 500, 400, 900))

    release = s.receive(plant, data)

    assert bytes(CallOffRelease.objects.get().content) == data
    assert (release.format, release.document) == ("DELFOR D.96A", "CO-1")
    assert s.demands(plant) == []
    assert ScheduleAgreement.objects.get().issued_on is None


def test_an_accepted_schedule_becomes_demands_and_the_forecast_is_marked(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 500, 400, 900)))

    assert s.demands(plant) == [
        ("12-01", 500, "call_off", "open"),
        ("12-08", 400, "call_off", "open"),
        ("01-05", 900, "forecast", "open"),
    ]
    agreement = ScheduleAgreement.objects.get()
    assert (agreement.received, agreement.document) == (Decimal(1000), "CO-1")
    assert (agreement.issued_on, agreement.counted_from) == (date(2026, 11, 17), date(2026, 1, 1))


def test_the_next_call_off_changes_and_cancels_what_it_says_otherwise(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 500, 400, 900)))

    s.accept(plant, s.delfor(s.part("4711-A", 520, 0, 900), document="CO-2", issued="20261124"))

    assert s.demands(plant) == [
        ("12-01", 520, "call_off", "open"),
        ("12-08", 400, "call_off", "cancelled"),
        ("01-05", 900, "forecast", "open"),
    ]
    event = OperationsEvent.objects.filter(kind="calloffs.release_accepted").last()
    assert event.data["breaches"] == [ScheduleAgreement.objects.get().pk]


def test_a_part_whose_number_is_ours_needs_no_agreement_and_opens_with_what_was_received(plant):
    s.accept(plant, s.delfor(s.part("P-001", 5, 6, 7, received=321)))

    made = ScheduleAgreement.objects.get(code="AUREL-P-001-P-7")
    assert (made.opening, made.received, made.edi_unit) == (Decimal(321), Decimal(321), "PCE")
    assert [each[1] for each in s.demands(plant, made.code)] == [5, 6, 7]


def test_what_is_on_the_way_is_not_made_again(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 100, 400, 900, received=0)))

    record_deliveries(site=plant.site, rows=[SHIPPED], by=plant.by)

    assert s.demands(plant) == [
        ("12-01", 100, "call_off", "shipped"),
        ("12-08", 320, "call_off", "open"),
        ("01-05", 900, "forecast", "open"),
    ]


def test_a_delivery_is_entered_once_for_each_note_and_not_ahead_of_time(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 100, 400, 900, received=0)))
    record_deliveries(site=plant.site, rows=[SHIPPED], by=plant.by)
    before = s.everything()

    with pytest.raises(RowsRefused, match="LS-1 is entered for AUREL-HOUSING already"):
        record_deliveries(site=plant.site, rows=[SHIPPED], by=plant.by)
    tomorrow = replace(SHIPPED, document="LS-2", at=datetime(2026, 11, 25, tzinfo=UTC))
    with pytest.raises(RowsRefused, match="in the future"):
        record_deliveries(site=plant.site, rows=[tomorrow], by=plant.by)

    assert s.everything() == before


def test_the_same_file_is_refused_a_second_time(plant):
    data = s.delfor(s.part("4711-A", 500, 400, 900))
    s.accept(plant, data)
    before = s.everything()

    with pytest.raises(SentBefore, match="call-off CO-1 is accepted"):
        s.receive(plant, data)

    assert s.everything() == before


def test_an_older_call_off_does_not_replace_a_newer(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 500, 400, 900), issued="20261124"))
    older = s.receive(plant, s.delfor(s.part("4711-A", 1, 1, 1), document="CO-0"))
    before = s.everything()

    with pytest.raises(OlderRelease, match="CO-0 is of 2026-11-17, but CO-1 of 2026-11-24 holds"):
        accept_release(site=plant.site, release=older, by=plant.by)

    assert s.everything() == before


def test_a_release_is_accepted_once_and_what_is_accepted_is_not_left(plant):
    release = s.accept(plant, s.delfor(s.part("4711-A", 500, 400, 900)))
    before = s.everything()

    with pytest.raises(AcceptedAlready):
        accept_release(site=plant.site, release=release, by=plant.by)
    with pytest.raises(AcceptedAlready):
        leave_releases(site=plant.site, releases=[release], by=plant.by)

    assert s.everything() == before


def test_a_release_that_waits_stands_first_however_many_were_accepted_since(plant):
    waits = s.receive(plant, s.delfor(s.part("4711-A", 500, 400, 900)))
    kept = {each.name: getattr(waits, each.name) for each in CallOffRelease._meta.concrete_fields}
    CallOffRelease.objects.bulk_create(
        CallOffRelease(**kept | {
            "id": None, "digest": f"{n}", "document": f"LATER-{n}",
            "accepted_at": datetime(2026, 11, 18, n % 24, n // 24, tzinfo=UTC),
        })
        for n in range(31)
    )  # fmt: skip

    shown = [each.document for each in queries.releases(site=plant.site, by=plant.by)]

    assert shown[:3] == ["CO-1", "LATER-23", "LATER-22"]
    assert len(shown) == queries.MOST


def test_a_release_that_is_left_may_be_sent_again(plant):
    data = s.delfor(s.part("4711-A", 500, 400, 900))
    leave_releases(site=plant.site, releases=[s.receive(plant, data)], by=plant.by)

    assert s.receive(plant, data).accepted_at is None


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (s.delfor(s.part("X-9", 1, 1, 1)), "part X-9 is no material and in no schedule agreement"),
        (s.delfor(s.part("P-001", 1, 1, 1), sender="WHO"), "The sender “WHO” is no customer"),
        (
            s.delfor(s.part("P-001", 1, 1, 1)).replace(b":PCE", b":KGM"),
            "part P-001 is counted in KGM, but material P-001 in H87",
        ),
        (s.delfor(s.part("P-001", 1, 1, 1)).replace(b"UNT+", b"UNT+1"), "segments, but there are"),
    ],
)
def test_what_is_not_known_is_refused_with_its_segment_and_nothing_is_kept(plant, data, rule):
    before = s.everything()

    with pytest.raises(CallOffRefused, match=r"call-off\.edi: .*Nothing was changed\.") as refused:
        s.receive(plant, data)

    assert rule in refused.value.faults[0].rule
    assert s.everything() == before


def test_a_year_that_is_counted_anew_forgets_what_was_opened_with(plant):
    s.accept(plant, s.delfor(s.part("P-001", 5, 6, 7, received=321)))
    again = s.delfor(
        s.part("P-001", 5, 6, 7, received=0), document="CO-2", issued="20261124"
    ).replace(b"DTM+51:20260101", b"DTM+51:20261120")

    s.accept(plant, again)

    made = ScheduleAgreement.objects.get(code="AUREL-P-001-P-7")
    assert (made.opening, made.received) == (Decimal(0), Decimal(0))
    assert made.counted_from == date(2026, 11, 20)


def test_a_just_in_time_call_changes_its_own_days_and_keeps_the_forecast(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 500, 400, 900, received=0)))

    s.accept(plant, s.deljit("4711-A", ("20261130", 200), ("20261201", 300)))

    assert s.demands(plant) == [
        ("11-30", 200, "call_off", "open"),
        ("12-01", 300, "call_off", "open"),
        ("12-08", 400, "call_off", "open"),
        ("01-05", 900, "forecast", "open"),
    ]
    agreement = ScheduleAgreement.objects.get()
    assert (agreement.received, agreement.document) == (Decimal(0), "J-1")


def test_what_was_shipped_on_days_before_a_just_in_time_call_is_not_set_off_against_it(plant):
    s.accept(
        plant,
        s.delfor(s.part("4711-A", 180, 400, 900, received=0)).replace(b"20261201", b"20261120"),
    )
    record_deliveries(site=plant.site, rows=[SHIPPED], by=plant.by)

    s.accept(plant, s.deljit("4711-A", ("20261130", 100)))

    assert s.demands(plant) == [
        ("11-20", 180, "call_off", "shipped"),
        ("11-30", 100, "call_off", "open"),
        ("12-08", 400, "call_off", "open"),
        ("01-05", 900, "forecast", "open"),
    ]


def test_a_just_in_time_call_of_zero_cancels_its_day(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 500, 400, 900, received=0)))

    s.accept(plant, s.deljit("4711-A", ("20261201", 0)))

    assert [each[3] for each in s.demands(plant)] == ["cancelled", "open", "open"]


def test_a_schedule_that_tells_no_cumulative_quantity_does_not_stand_on_an_old_one(plant):
    s.accept(plant, s.delfor(s.part("4711-A", 180, 400, 900, received=0)))
    record_deliveries(site=plant.site, rows=[SHIPPED], by=plant.by)

    # on the 24th the customer has the 180 of the 23rd, and calls off what is still wanted
    rest = s.part("4711-A", 100, 400, 900, received=None)
    s.accept(plant, s.delfor(rest, document="CO-2", issued="20261124"))

    assert ScheduleAgreement.objects.get().received is None
    assert s.demands(plant)[0] == ("12-01", 100, "call_off", "open")


def test_goods_that_were_received_are_not_on_the_way_again_when_counting_begins_unannounced(plant):
    data = s.delfor(s.part("4711-A", 100, 400, 900, received=180))
    record_deliveries(site=plant.site, rows=[SHIPPED], by=plant.by)
    s.accept(plant, data)
    anew = s.delfor(s.part("4711-A", 100, 400, 900, received=0), document="CO-2", issued="20261124")
    release = s.receive(plant, anew.replace(b"DTM+51:20260101:102", b"DTM+11:20260101:102"))
    before = s.everything()

    with pytest.raises(CumulativeFell, match="has received 0, but 180 before \\(CO-1\\)"):
        accept_release(site=plant.site, release=release, by=plant.by)

    assert s.everything() == before
    terms = AgreementRow("AUREL-HOUSING", "AUREL", "HOUSING", "4711-A", "P-7")
    terms = replace(terms, counted_from=date(2026, 11, 24))
    save_agreements(site=plant.site, rows=[terms], by=plant.by)
    accept_release(site=plant.site, release=release, by=plant.by)
    assert s.demands(plant)[0] == ("12-01", 100, "call_off", "open")


def test_a_cumulative_quantity_may_fall_by_what_came_back(plant):
    back = replace(SHIPPED, document="Q-1", kind="rejected", quantity=Decimal(60))
    record_deliveries(site=plant.site, rows=[SHIPPED, back], by=plant.by)
    s.accept(plant, s.delfor(s.part("4711-A", 100, 400, 900, received=180)))

    less = s.part("4711-A", 160, 400, 900, received=120)
    s.accept(plant, s.delfor(less, document="CO-2", issued="20261124"))

    assert s.demands(plant)[0] == ("12-01", 160, "call_off", "open")
