"""What a new call-off changes, worst first; every figure is worked out by hand."""

from datetime import date, datetime
from decimal import Decimal

from obeya.engines.calloffs.compare import Harm, State, compare, net_of_transit
from obeya.engines.calloffs.neutral import Slot, Zone
from obeya.engines.calloffs.reconcile import Explained, Shipment, explain

D = Decimal
OLD_DAY, NEW_DAY = date(2026, 11, 17), date(2026, 11, 24)
REACHABLE = date(2026, 12, 8)


def slot(day: str, pieces: int, zone: Zone = Zone.RELEASE) -> Slot:
    return Slot(datetime.fromisoformat(day), D(pieces), zone)


BEFORE = State(
    OLD_DAY,
    [
        slot("2026-11-20", 100, Zone.FIRM),
        slot("2026-12-01", 100, Zone.FIRM),
        slot("2026-12-05", 100),
        slot("2026-12-15", 100),
        slot("2027-01-05", 300, Zone.FORECAST),
    ],
    received=D(1000),
)


def after(**pieces: int) -> State:
    """The week of 20 November has arrived meanwhile; quantities by day differ where said."""
    usual = {"2026-12-01": 100, "2026-12-05": 100, "2026-12-15": 100, "2027-01-05": 300}
    said = {day.replace("_", "-")[1:]: n for day, n in pieces.items()}
    return State(NEW_DAY, [slot(d, n) for d, n in {**usual, **said}.items()], received=D(1100))


def harm(new: State, explained: Explained | None = None):
    found = compare(BEFORE, new, reachable_on=REACHABLE, explained=explained)
    return found.harm, found.quantity, found.on, found.total


def test_what_arrived_meanwhile_is_no_change():
    assert harm(after()) == (Harm.NONE, D(0), None, D(0))


def test_what_arrived_early_is_no_change():
    slots = [slot("2026-12-01", 60), *after().slots[1:]]
    early = State(NEW_DAY, slots, received=D(1140))
    assert harm(early) == (Harm.NONE, D(0), None, D(0))


def test_less_or_more_in_the_firm_zone_of_the_schedule_before_is_a_breach():
    less = harm(after(_2026_12_01=40, _2026_12_05=160))
    assert less == (Harm.FIRM_BREACH, D(-60), date(2026, 12, 1), D(0))
    more = harm(after(_2026_12_01=150))
    assert more == (Harm.FIRM_BREACH, D(50), date(2026, 12, 1), D(50))


def test_a_new_demand_before_the_end_of_the_firm_zone_is_a_breach_too():
    assert harm(after(_2026_11_27=10))[:3] == (Harm.FIRM_BREACH, D(10), date(2026, 11, 27))


def test_more_is_worse_within_the_lead_time_than_after_it():
    soon = harm(after(_2026_12_05=130))
    assert soon == (Harm.MORE_WITHIN_LEAD_TIME, D(30), date(2026, 12, 5), D(30))
    late = harm(after(_2026_12_15=130))
    assert late == (Harm.MORE, D(30), date(2026, 12, 15), D(30))


def test_less_and_later_are_told_apart():
    assert harm(after(_2026_12_15=80)) == (Harm.LESS, D(-20), date(2026, 12, 15), D(-20))
    later = harm(after(_2026_12_15=80, _2027_01_05=320))
    assert later == (Harm.MOVED, D(-20), date(2026, 12, 15), D(0))


def test_where_the_customer_counts_anew_only_what_is_still_wanted_is_compared():
    anew = State(NEW_DAY, after().slots, received=D(0), counted_from=date(2026, 11, 20))
    assert harm(anew) == (Harm.NONE, D(0), None, D(0))


def test_a_mismatch_of_240_is_explained_by_an_asn_in_transit_and_a_rejected_return():
    explained = explain(
        opening=D(9000),
        shipments=[
            Shipment("LS-1", date(2026, 11, 20), D(820)),
            Shipment("LS-2", date(2026, 11, 23), D(180)),
        ],
        rejected=D(60),
        received=D(9760),
        last_receipt="LS-1",
    )

    assert (explained.shipped, explained.difference) == (D(10000), D(-240))
    assert [each.document for each in explained.in_transit] == ["LS-2"]
    assert (explained.rejected, explained.unexplained) == (D(60), D(0))
    assert harm(after(), explained)[:2] == (Harm.EXPLAINED, D(-240))


def test_what_nothing_explains_stands_above_a_change():
    explained = Explained(shipped=D(10000), received=D(9760), rejected=D(60))
    assert explained.unexplained == D(-180)
    assert harm(after(_2026_12_15=130), explained)[:2] == (Harm.MISMATCH, D(-180))


def test_without_the_number_of_a_receipt_the_newest_shipments_that_fit_are_in_transit():
    shipments = [Shipment(f"LS-{n}", date(2026, 11, n), D(100)) for n in (10, 11, 12)]
    explained = explain(
        opening=D(0), shipments=shipments, rejected=D(0), received=D(130), last_receipt="other"
    )
    assert [each.document for each in explained.in_transit] == ["LS-12"]
    assert explained.unexplained == D(-70)


def test_goods_on_the_way_cover_what_is_due_first():
    open_slots = net_of_transit([slot("2026-12-01", 100), slot("2026-12-05", 100)], D(130))
    assert [(each.due_at.day, each.quantity) for each in open_slots] == [(5, D(70))]
