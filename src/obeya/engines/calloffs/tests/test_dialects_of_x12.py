"""What customers make of 830 and 862: each message as a supply planner reads it by hand."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from obeya.engines.calloffs import EdiRefused, read_call_offs
from obeya.engines.calloffs.tests import messages as m

D = Decimal
BFR = "BFR*05**R-17*DL*A*20261124*20270301*20261124"
BSS = "BSS*05*S-1*20261124*DL*20261124*20261204*R-17****A"


def read(*body, kind="830"):
    [call_off] = read_call_offs(m.x12(*body, kind=kind))
    return call_off


def slots(line):
    return [(f"{s.due_at:%m-%d}", int(s.quantity), s.zone.value) for s in line.slots]


def test_an_old_schedule_of_cumulative_quantities_says_no_timing():
    line = read(
        *("BFR*05**501-1*SH*C*261124*261201*261124", "LIN**BP*A*PO*PO-9", "UIT*EA"),
        *("FST*5136*C**261201", "FST*5280*D**261208", "SHP*02*5100*051*260101**261123"),
    ).lines[0]

    assert slots(line) == [("12-01", 36, "firm"), ("12-08", 144, "forecast")]
    assert all(slot.until is None for slot in line.slots)
    assert (line.cumulative_received, line.cumulative_from) == (D(5100), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ("BP*A*PO*PO-9*VP*X-1", ("A", "X-1", "PO-9")),
        ("PO*PO-9*PN*OTHER*VP*X-1*BP*A", ("A", "X-1", "PO-9")),
        ("EC*REV-C*IN*A*UP*012345678905", ("A", "", "")),
        ("UP*012345678905*EC*REV-C", ("012345678905", "", "")),
    ],
)
def test_the_numbers_of_a_part_may_stand_in_any_order(pairs, told):
    line = read(BFR, f"LIN*1*{pairs}", "FST*5*C*D*20261201").lines[0]
    assert (line.item, line.supplier_item, line.order_code) == told


def test_the_order_may_be_that_of_the_whole_set_or_of_a_reference():
    parts = ["LIN**BP*A", "FST*5*C*D*20261201", "LIN**BP*B", "REF*PO*PO-2", "FST*5*C*D*20261201"]

    assert [line.order_code for line in read(f"{BFR}***PO-1", *parts).lines] == ["PO-1", "PO-2"]


@pytest.mark.parametrize("end", [b"\x1d", b"\x85", b"\n", b"\r\n", b"~\r\n", b"~\n"])
def test_a_segment_may_end_as_the_sender_likes(end):
    plain = m.x12(BFR, "LIN**BP*A", "FST*5*C*D*20261201")
    [call_off] = read_call_offs(plain.replace(b"~", end))
    assert slots(call_off.lines[0]) == [("12-01", 5, "firm")]


@pytest.mark.parametrize("width", [80, 64])
def test_lines_that_a_gateway_wrapped_are_put_together_again(width):
    plain = m.x12(BFR, "LIN**BP*A-LONG-NUMBER", "FST*5*C*D*20261201").decode()
    wrapped = "\r\n".join(plain[at : at + width] for at in range(0, len(plain), width))

    assert read_call_offs(wrapped.encode()) == read_call_offs(plain.encode())


def test_a_mark_of_order_and_an_acknowledgement_of_the_interchange_before_are_passed_over():
    plain = m.x12(BFR, "LIN**BP*A", "FST*.5*C*D*20261201").decode()
    data = "\ufeff" + plain.replace("~GS", "~TA1*000000076*261123*0655*A*000~GS")

    [call_off] = read_call_offs(data.encode())

    assert call_off.lines[0].slots[0].quantity == D("0.5")


@pytest.mark.parametrize(
    ("timing", "begins", "until"),
    [
        ("X", "20261202", date(2026, 12, 8)),
        ("T", "20261207", date(2027, 1, 3)),
        ("Q", "20270101", date(2027, 3, 31)),
        ("Q", "20261101", date(2026, 12, 31)),
        ("S", "20270101", date(2027, 6, 30)),
        ("A", "20270101", date(2027, 12, 31)),
    ],
)
def test_each_bucket_of_a_forecast_ends_where_the_calendar_ends_it(timing, begins, until):
    [slot] = read(BFR, "LIN**BP*A", f"FST*900*D*{timing}*{begins}").lines[0].slots
    assert (f"{slot.due_at:%Y%m%d}", slot.until) == (begins, until)


def test_what_is_planned_is_released_as_far_as_an_authorization_reaches():
    weeks = [f"FST*10*{level}*W*{on}" for level, on in [("C", 20261130), ("D", 20261207)]]
    later = ["FST*10*D*W*20261214", "FST*10*D*W*20261221"]
    risk = ["ATH*FI*20261208*900**20260101", "ATH*MT*20261220*950", "ATH*PQ*20270101*5"]

    lines = read(BFR, "LIN**BP*A", *weeks, *later, *risk, "LIN**BP*B", later[1]).lines

    assert [zone for _, _, zone in slots(lines[0])] == ["firm", "release", "release", "forecast"]
    assert [zone for _, _, zone in slots(lines[1])] == ["forecast"]


def test_a_quantity_that_is_shared_out_between_places_is_refused():
    part = ["LIN**BP*A", "FST*30*C*D*20261201"]
    with pytest.raises(EdiRefused, match=r"Segment 7 \(SDQ\): .* between places \(SDQ\): P-1, P-2"):
        read(BFR, *part, "SDQ*EA*92*P-1*10*P-2*20")
    with pytest.raises(EdiRefused, match=r"between places \(SDQ\): P-2"):
        read(BFR, "N1*ST**92*P-1", *part, "SDQ*EA*92*P-2*30")

    assert read(BFR, *part, "SDQ*EA*92*P-2*30").lines[0].ship_to == "P-2"


def test_a_place_may_be_said_in_another_list_of_codes_than_its_quantities():
    """SDQ02 says which list (66), where it is not that of N1: 1 is D-U-N-S, 92 the buyer's."""
    part = ["LIN**BP*A", "FST*30*C*D*20261201"]
    place = "N1*ST*PLANT 1*92*P-1"

    for shared in ("SDQ*EA*1*061234567*30", "SDQ*EA*91*S-77*30", "SDQ*EA**P-1*30"):
        assert read(BFR, place, *part, shared).lines[0].ship_to == "P-1"
    named = read(BFR, "N1*ST*PLANT 1", *part, "SDQ*EA*92*P-1*30")
    assert named.lines[0].ship_to == "PLANT 1"
    with pytest.raises(EdiRefused, match=r"between places \(SDQ\): P-2"):
        read(BFR, place, *part, "SDQ*EA**P-2*30")  # no list is said: that of N1
    with pytest.raises(EdiRefused, match=r"between places \(SDQ\): 061234567, 067654321"):
        read(BFR, place, *part, "SDQ*EA*1*061234567*10*067654321*20")


def test_a_code_of_another_list_means_one_place_throughout_the_set():
    one = ["LIN**BP*A", "N1*ST**92*P-1", "FST*30*C*D*20261201", "SDQ*EA*1*061234567*30"]
    other = ["LIN**BP*B", "N1*ST**92*P-2", "FST*30*C*D*20261201"]

    with pytest.raises(EdiRefused, match=r"\(SDQ\): the place 061234567 \(SDQ\) is P-2 here, P-1"):
        read(BFR, *one, *other, "SDQ*EA*1*061234567*30")
    with pytest.raises(EdiRefused, match=r"the place P-1 is 067654321 \(SDQ\) here, 061234567"):
        read(BFR, *one, "LIN**BP*B", *one[1:3], "SDQ*EA*1*067654321*5")
    with pytest.raises(EdiRefused, match=r"between places \(SDQ\): 061234567, P-1"):
        read(BFR, one[0], *one[2:], "SDQ*EA*92*P-1*20")  # of one quantity, in two lists

    lines = read(BFR, *one, *other, "SDQ*EA*1*067654321*30").lines
    assert [line.ship_to for line in lines] == ["P-1", "P-2"]


def test_the_times_of_a_day_stand_for_its_quantity():
    days = ["FST*120*C*D*20261125", "JIT*50*0600", "JIT*70*1330", "FST*40*C*D*20261126"]

    line = read(BSS, "LIN**BP*A", *days, kind="862").lines[0]

    assert [(slot.due_at, slot.quantity, slot.is_whole_day) for slot in line.slots] == [
        (datetime(2026, 11, 25, 6), D(50), False),
        (datetime(2026, 11, 25, 13, 30), D(70), False),
        (datetime(2026, 11, 26), D(40), True),
    ]


def test_times_that_do_not_make_up_their_day_are_refused_where_the_day_stands():
    days = ["FST*120*C*D*20261125", "JIT*50*0600", "JIT*60*1330", "FST*40*C*D*20261126"]
    rule = r"Segment 6 \(FST\): the quantity of the day is 120, but its times \(JIT\) say 110"
    with pytest.raises(EdiRefused, match=rule):
        read(BSS, "LIN**BP*A", *days, kind="862")


@pytest.mark.parametrize(
    ("jits", "told"),
    [
        (["JIT*50*0600", "JIT*70"], [(0, 70, True), (6, 50, False)]),
        (["JIT*70", "JIT*50*0600"], [(0, 70, True), (6, 50, False)]),
        (["JIT*50*0600", "JIT*70*1300", "JIT*120"], [(6, 50, False), (13, 70, False)]),
        (["JIT*50*0600", "JIT*70*1300", "JIT*0"], [(6, 50, False), (13, 70, False)]),
        (["JIT*50", "JIT*70"], [(0, 120, True)]),
    ],
)
def test_what_has_no_time_beside_times_is_due_on_the_day(jits, told):
    line = read(BSS, "LIN**BP*A", "FST*120*C*D*20261125", *jits, kind="862").lines[0]

    assert [(s.due_at.hour, int(s.quantity), s.is_whole_day) for s in line.slots] == told
    assert {f"{slot.due_at:%m-%d}" for slot in line.slots} == {"11-25"}


@pytest.mark.parametrize(
    ("jits", "said"), [(["JIT*50*0600", "JIT*60"], 110), (["JIT*120*0600", "JIT*30"], 150)]
)
def test_times_and_what_has_none_must_make_up_the_day(jits, said):
    rule = rf"the quantity of the day is 120, but its times \(JIT\) say {said}"
    with pytest.raises(EdiRefused, match=rule):
        read(BSS, "LIN**BP*A", "FST*120*C*D*20261125", *jits, kind="862")


def test_a_dock_is_that_of_the_place_or_of_the_part():
    place = ["N1*ST**92*P-7", "REF*DK*D3"]
    parts = ["LIN**BP*A", "FST*5*C*D*20261201", "LIN**BP*B", "REF*DK*D4", "FST*5*C*D*20261201"]

    lines = read(BFR, *place, *parts, "LIN**BP*C", "N1*ST**92*P-8", parts[1]).lines

    assert [(line.ship_to, line.dock) for line in lines] == [
        ("P-7", "D3"),
        ("P-7", "D4"),
        ("P-8", ""),
    ]
    with pytest.raises(EdiRefused, match=r"\(REF\): the part goes to the docks D4 and D5"):
        read(BFR, *parts, "REF*DK*D5")


def test_the_last_receipt_is_the_newest_wherever_it_stands():
    receipts = ["SHP*01*64*050*20261123", "REF*SI*LS-88", "SHP*01*32*050*20261120", "REF*SI*LS-87"]

    line = read(BFR, "LIN**BP*A", "FST*5*C*D*20261201", *receipts).lines[0]

    assert (line.last_receipt, line.last_receipt_quantity) == ("LS-88", D(64))
    assert line.last_receipt_on == date(2026, 11, 23)
