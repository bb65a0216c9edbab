"""What customers make of DELFOR and DELJIT: each message as a supply planner reads it by hand."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from obeya.engines.calloffs import EdiRefused, Slot, Zone, read_call_offs
from obeya.engines.calloffs.tests import messages as m

D = Decimal
HEAD = ("BGM+241+R-40+5", "DTM+137:202611240501:203")
CALL = ("BGM+242+J-7+9", "DTM+137:20261124:102")


def read(*body, kind="DELFOR:D:96A:UN", head=HEAD):
    [call_off] = read_call_offs(m.edifact(*head, *body, kind=kind))
    return call_off


def by_hand(call_off):
    """Part, place, dock → day, pieces, zone."""
    return {
        (line.item, line.ship_to, line.dock): [
            (f"{s.due_at:%m-%d}", int(s.quantity), s.zone.value) for s in line.slots
        ]
        for line in call_off.lines
    }


def day(pieces, on, level="1"):
    return [f"SCC+{level}", f"QTY+113:{pieces}:PCE", f"DTM+10:{on}:102"]


def test_a_global_delfor_names_a_plant_and_then_its_parts_plant_by_plant():
    call_off = read(
        *("NAD+BY+CUST-A::92", "NAD+SE+S-1::92", "NAD+SF+S-1::92"),
        *("GEI+3", "NAD+ST+P-1::92", "LOC+11+GATE-4::92"),
        *("LIN+++A:IN", "RFF+ON:PO-1", "RFF+AIF:R-39", *day(40, "20261201")),
        *("LIN+++B:IN", "RFF+ON:PO-2", *day(7, "20261202", "4")),
        *("GEI+3", "NAD+ST+P-2::92", "LOC+11+GATE-9::92"),
        *("LIN+++A:IN", "RFF+ON:PO-3", *day(60, "20261203")),
        kind="DELFOR:D:04A:UN:GAVA10",
    )

    assert by_hand(call_off) == {
        ("A", "P-1", "GATE-4"): [("12-01", 40, "firm")],
        ("B", "P-1", "GATE-4"): [("12-02", 7, "forecast")],
        ("A", "P-2", "GATE-9"): [("12-03", 60, "firm")],
    }
    assert [line.order_code for line in call_off.lines] == ["PO-1", "PO-2", "PO-3"]


def test_a_part_of_which_nothing_is_wanted_keeps_its_place_when_the_next_place_is_named():
    nothing = ["LIN+1++A:IN", "SCC+1", "QTY+113:0:PCE"]

    call_off = read("NAD+ST+P-1", *nothing, "NAD+ST+P-2", "LIN+2++B:IN", *day(5, "20261201"))

    assert by_hand(call_off) == {("A", "P-1", ""): [], ("B", "P-2", ""): [("12-01", 5, "firm")]}


def test_a_dock_of_the_part_itself_holds_before_the_one_of_its_place():
    place = ["NAD+ST+P-1", "LOC+11+D1"]

    call_off = read(
        *place, "LIN+1++A:IN", "LOC+11+D2", *day(5, "20261201"), "LIN+2++B:IN", *day(6, "20261201")
    )

    assert list(by_hand(call_off)) == [("A", "P-1", "D2"), ("B", "P-1", "D1")]


@pytest.mark.parametrize("roles", [("CN", "ST"), ("ST", "CN"), ("DP", "ST"), ("ST", "DP")])
def test_goods_go_to_the_ship_to_where_a_consignee_is_named_too(roles):
    places = [f"NAD+{role}+{role}-7::92" for role in roles]
    part = ["LIN+1++A:IN", *day(5, "20261201")]

    assert read(*places, *part).lines[0].ship_to == "ST-7"
    assert read(part[0], *places, *part[1:]).lines[0].ship_to == "ST-7"


def test_a_place_of_delivery_is_where_it_goes_when_no_party_says_so():
    call_off = read("LIN+1++A:IN", "LOC+7+P-3::92", "LOC+159+LINE-2::92", *day(5, "20261201"))
    assert by_hand(call_off) == {("A", "P-3", ""): [("12-01", 5, "firm")]}


def test_the_order_of_the_whole_message_is_that_of_each_part_without_its_own():
    parts = ["LIN+1++A:IN", *day(5, "20261201"), "LIN+2++B:IN", "RFF+ON:PO-2", *day(5, "20261201")]

    call_off = read("RFF+ON:PO-1", *parts)

    assert [line.order_code for line in call_off.lines] == ["PO-1", "PO-2"]


def test_the_last_receipt_is_the_newest_wherever_it_stands_and_never_what_is_on_its_way():
    line = read(
        *("LIN+1++A:IN", "QTY+70:9600:PCE", "DTM+51:20260101:102"),
        *("QTY+48:64:PCE", "DTM+50:20261123:102", "RFF+AAK:LS-88"),
        *("QTY+48:32:PCE", "DTM+50:20261120:102", "RFF+AAK:LS-87"),
        *("QTY+12:16:PCE", "DTM+11:20261124:102", "RFF+AAK:LS-89"),
        *day(5, "20261201"),
    ).lines[0]

    assert (line.last_receipt, line.last_receipt_on) == ("LS-88", date(2026, 11, 23))
    assert (line.last_receipt_quantity, line.cumulative_received) == (D(64), D(9600))


def test_a_despatch_with_the_date_of_its_receipt_was_received():
    receipt = ["QTY+12:16:PCE", "RFF+AAK:LS-89", "DTM+50:20261124:102"]

    line = read("LIN+1++A:IN", *receipt, *day(5, "20261201")).lines[0]

    assert (line.last_receipt, line.last_receipt_quantity) == ("LS-89", D(16))


def test_a_receipt_belongs_to_the_place_that_it_was_told_for():
    receipt = ["QTY+48:64:PCE", "DTM+50:20261123:102", "RFF+AAK:LS-88"]
    first = ["LIN+1++A:IN", "NAD+ST+P-1", *receipt, *day(5, "20261201")]

    lines = read(*first, "NAD+ST+P-2", *day(7, "20261201")).lines

    told = [(line.ship_to, line.last_receipt, line.last_receipt_on) for line in lines]
    assert told == [("P-1", "LS-88", date(2026, 11, 23)), ("P-2", "", None)]


@pytest.mark.parametrize(
    ("pattern", "on", "until"),
    [
        ("W", "20261207", date(2026, 12, 13)),
        ("W", "20261209", None),  # a Wednesday is a day of delivery, no week
        ("M", "20261201", date(2026, 12, 31)),
        ("M", "20261215", None),
        ("D", "20261207", None),
    ],
)
def test_the_pattern_of_a_schedule_makes_a_week_or_month_of_its_first_day(pattern, on, until):
    body = ["LIN+1++A:IN", f"SCC+4++{pattern}", "QTY+1:70:PCE", f"DTM+2:{on}:102"]

    [slot] = read(*body, kind="DELFOR:D:97A:UN").lines[0].slots

    assert (f"{slot.due_at:%Y%m%d}", slot.until, slot.zone) == (on, until, Zone.FORECAST)


@pytest.mark.parametrize(
    ("text", "code", "due", "until"),
    [
        ("2653", "615", datetime(2026, 12, 28), date(2027, 1, 3)),
        ("202653", "616", datetime(2026, 12, 28), date(2027, 1, 3)),
        ("2612", "609", datetime(2026, 12, 1), date(2026, 12, 31)),
        ("26502651", "715", datetime(2026, 12, 7), date(2026, 12, 20)),
        ("202653-202702", "716", datetime(2026, 12, 28), date(2027, 1, 17)),
        ("202612-202702", "710", datetime(2026, 12, 1), date(2027, 2, 28)),
        ("2612-2701", "709", datetime(2026, 12, 1), date(2027, 1, 31)),
        ("261207-261211", "717", datetime(2026, 12, 7), date(2026, 12, 11)),
        ("261207083000", "202", datetime(2026, 12, 7, 8, 30), None),
        ("20261207083000", "204", datetime(2026, 12, 7, 8, 30), None),
        ("202612072400", "203", datetime(2026, 12, 7, 23, 59), None),
    ],
)
def test_each_format_of_a_date_is_read_as_it_says(text, code, due, until):
    body = ["LIN+1++A:IN", "SCC+1", "QTY+113:5:PCE", f"DTM+2:{text}:{code}"]

    [slot] = read(*body).lines[0].slots

    assert (slot.due_at, slot.until) == (due, until)


@pytest.mark.parametrize(("text", "code"), [("202754", "616"), ("202702-202653", "716")])
def test_a_week_that_no_year_has_and_a_span_that_runs_backwards_are_refused(text, code):
    with pytest.raises(EdiRefused, match=r"Segment 8 \(DTM\)"):
        read("LIN+1++A:IN", "SCC+1", "QTY+113:5:PCE", f"DTM+2:{text}:{code}")


@pytest.mark.parametrize(
    ("dates", "due", "until"),
    [
        (["64:202650:616", "63:202651:616"], date(2026, 12, 7), date(2026, 12, 20)),
        (["71:20261207:102", "74:20261211:102"], date(2026, 12, 7), date(2026, 12, 11)),
        (["234:20261207:102", "235:20261208:102"], date(2026, 12, 7), date(2026, 12, 8)),
        (["67:20261207:102"], date(2026, 12, 7), None),
        (["76:20261207:102"], date(2026, 12, 7), None),
        (["200:202612070600:203"], date(2026, 12, 7), None),
    ],
)
def test_a_quantity_is_dated_by_each_kind_of_date_that_a_schedule_has(dates, due, until):
    body = ["LIN+1++A:IN", "SCC+1", "QTY+113:5:PCE", *(f"DTM+{each}" for each in dates)]

    [slot] = read(*body).lines[0].slots

    assert (slot.due_at.date(), slot.until) == (due, until)


def test_what_is_wanted_at_once_keeps_a_date_that_stands_behind_its_level():
    urgent = ["QTY+84:12:PCE", "SCC+10", "DTM+2:20261126:102"]
    late = ["QTY+83:30:PCE"]

    call_off = read("LIN+1++A:IN", *late, *urgent, *day(5, "20261201", "4"))

    assert by_hand(call_off) == {
        ("A", "", ""): [("11-24", 30, "firm"), ("11-26", 12, "firm"), ("12-01", 5, "forecast")]
    }


def test_a_call_dates_its_sequence_and_calls_one_part_in_several():
    call_off = read(
        *("SEQ+3", "DTM+2:202611241400:203", "LOC+11+D1", "LIN+1++A:IN", "QTY+1:24:PCE"),
        *("SEQ+3", "DTM+2:202611241430:203", "LOC+11+D1", "LIN+1++A:IN", "QTY+1:36:PCE"),
        *("SEQ+3", "DTM+2:202611241430:203", "LOC+11+D2", "LIN+1++A:IN", "QTY+1:8:PCE"),
        kind="DELJIT:D:97A:UN",
        head=(*CALL, "NAD+ST+P-1::92"),
    )

    two, half_past = datetime(2026, 11, 24, 14), datetime(2026, 11, 24, 14, 30)
    assert [(line.dock, line.slots) for line in call_off.lines] == [
        (
            "D1",
            (
                Slot(two, D(24), Zone.FIRM, is_whole_day=False),
                Slot(half_past, D(36), Zone.FIRM, is_whole_day=False),
            ),
        ),
        ("D2", (Slot(half_past, D(8), Zone.FIRM, is_whole_day=False),)),
    ]


def test_the_date_of_a_whole_call_holds_where_a_quantity_has_none():
    parts = ["LIN+1++A:IN", "QTY+1:24:PCE", "LIN+2++B:IN", "QTY+1:6:PCE", "DTM+2:20261126:102"]

    call_off = read(*parts, kind="DELJIT:D:04B:UN", head=(*CALL, "DTM+10:20261125:102"))

    assert [line.slots[0].due_at.day for line in call_off.lines] == [25, 26]


def test_a_part_that_is_called_twice_in_one_sequence_is_refused():
    part = ["LIN+1++A:IN", "QTY+1:24:PCE", "DTM+2:20261126:102"]
    with pytest.raises(EdiRefused, match="part A at no place stands in segment 6 too"):
        read("SEQ+3", *part, *part, kind="DELJIT:D:97A:UN", head=CALL)


def test_the_quantity_of_a_pack_may_be_counted_in_another_unit():
    pack = ["PAC++4+1280::92", "QTY+52:20:C62"]
    assert read("LIN+1++A:IN", *pack, *day(5, "20261201")).lines[0].unit == "PCE"


def test_numbers_of_a_part_are_told_apart_wherever_they_stand():
    trade = read("LIN+1++4012345000016:EN", "PIA+1+X-1:VP", *day(5, "20261201")).lines[0]
    alone = read("LIN+1++4012345000016:EN", *day(5, "20261201")).lines[0]
    theirs = read("LIN+1++4012345000016:EN", "PIA+5+A:BP", *day(5, "20261201")).lines[0]

    assert (trade.item, trade.supplier_item) == ("", "X-1")
    assert (alone.item, theirs.item) == ("4012345000016", "A")


def grouped(une="UNE+2+5", unz="UNZ+1+77"):
    body = [*HEAD, "LIN+1++A:IN", *day(5, "20261201")]
    messages = [[f"UNH+{n}+DELFOR:D:97A:UN", *body, f"UNT+8+{n}"] for n in (1, 2)]
    group = ["UNG+DELFOR+C+S+261124:0655+5+UN+D:97A", *messages[0], *messages[1], une]
    return "".join(f"{each}'" for each in [m.H, *group, unz]).encode()


def test_an_interchange_of_groups_counts_them_or_their_messages_and_each_group_its_messages():
    assert len(read_call_offs(grouped())) == 2
    assert read_call_offs(grouped(unz="UNZ+2+77")) == read_call_offs(grouped())  # of messages
    rule = r"\(UNZ\): it says 3 groups, but there are 1, with 2 messages"
    with pytest.raises(EdiRefused, match=rule):
        read_call_offs(grouped(unz="UNZ+3+77"))
    with pytest.raises(EdiRefused, match=r"\(UNE\): it says 3 messages, but there are 2"):
        read_call_offs(grouped(une="UNE+3+5"))
    with pytest.raises(EdiRefused, match=r"UNE closes “6”, but UNG opened “5”"):
        read_call_offs(grouped(une="UNE+2+6"))


def test_a_line_break_may_be_what_ends_a_segment():
    data = m.edifact(*HEAD, "LIN+1++A:IN", *day(5, "20261201")).replace(b"'", b"\n")

    [call_off] = read_call_offs(b"UNA:+.? \n" + data)

    assert by_hand(call_off) == {("A", "", ""): [("12-01", 5, "firm")]}


def test_a_schedule_of_delivery_instructions_alone_leaves_what_was_planned_after_them():
    short = ("BGM+241+R-41+24", *HEAD[1:])
    part = ["LIN+1++A:IN", "SCC+1", "QTY+113:0:PCE", "DTM+10:20261126:102"]

    call_off = read(*part, *day(8, "20261127"), head=short)

    assert not call_off.is_whole
    assert by_hand(call_off) == {("A", "", ""): [("11-26", 0, "firm"), ("11-27", 8, "firm")]}


@pytest.mark.parametrize("function", ["18", "26", "35", "61"])
def test_a_schedule_that_is_told_again_or_whole_is_whole(function):
    head = (f"BGM+241+R-41+{function}", *HEAD[1:])
    assert read("LIN++38+A:IN", *day(8, "20261127"), head=head).is_whole


def test_a_call_that_is_taken_back_is_refused():
    part = ["DTM+2:20261126:102", "LIN+1++A:IN", "QTY+1:24:PCE"]

    with pytest.raises(EdiRefused, match=r"Segment 5 \(SEQ\): a call is taken back"):
        read("SEQ+2", *part, kind="DELJIT:D:04B:UN", head=CALL)

    status = read("SEQ+2", *part, kind="DELJIT:D:97A:UN", head=CALL)  # is no action there
    assert by_hand(status) == {("A", "", ""): [("11-26", 24, "firm")]}


def test_the_horizon_of_a_call_dates_no_quantity():
    head = (*CALL, "DTM+64:20261124:102", "DTM+63:20261204:102")
    with pytest.raises(EdiRefused, match=r"Segment 8 \(QTY\): the quantity has no date"):
        read("LIN+1++A:IN", "QTY+1:24:PCE", kind="DELJIT:D:97A:UN", head=head)
