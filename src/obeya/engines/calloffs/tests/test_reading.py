"""What each standard says, read into one call-off; the messages follow the published tables."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from obeya.engines.calloffs import EdiRefused, Slot, Zone, read_call_offs
from obeya.engines.calloffs.tests import messages as m

D = Decimal


def slots(line):
    return [(f"{s.due_at:%m-%d}", int(s.quantity), s.zone.value) for s in line.slots]


def test_a_delfor_is_read_with_its_zones_and_cumulative_quantities():
    line = m.delfor_line(
        "4711-A",
        [("1", "20261201", 500), ("2", "20261215", 400), ("4", "20270105", 900)],
        received=9760,
        note="LS-88",
    )

    [call_off] = read_call_offs(m.edifact(*m.DELFOR_HEAD, *line))

    assert (call_off.format, call_off.document) == ("DELFOR D.96A", "CO-0817")
    assert (call_off.issued_on, call_off.customer) == (date(2026, 11, 24), "CUST-A")
    [read] = call_off.lines
    assert (read.item, read.ship_to, read.order_code, read.unit) == ("4711-A", "P-7", "PO-9", "PCE")
    assert (read.cumulative_received, read.cumulative_from) == (D(9760), date(2026, 1, 1))
    assert (read.last_receipt, read.last_receipt_on) == ("LS-88", date(2026, 11, 23))
    assert slots(read) == [
        ("12-01", 500, "firm"),
        ("12-15", 400, "release"),
        ("01-05", 900, "forecast"),
    ]


def test_the_level_may_stand_behind_its_quantity_as_older_directories_have_it():
    body = ["LIN+1++A:IN", "QTY+1:5:PCE", "SCC+4++W", "DTM+2:202650:616"]

    [call_off] = read_call_offs(m.edifact(*m.DELFOR_HEAD, *body))

    [slot] = call_off.lines[0].slots
    assert slot == Slot(datetime(2026, 12, 7), D(5), Zone.FORECAST, date(2026, 12, 13))


def test_declared_service_characters_and_the_release_character_are_used():
    usual = m.edifact(*m.DELFOR_HEAD, *m.delfor_line("A?+B", [("1", "20261201", 5)]))
    # UNA: component |, element ;, decimal comma, release \, terminator ~
    swapped = usual.replace(b"?+", b"\x00").translate(bytes.maketrans(b":+'", b"|;~"))
    swapped = swapped.replace(b"\x00", b"+").replace(b"QTY;113|5|", b"QTY;113|5,5|")

    [plain] = read_call_offs(usual)
    [other] = read_call_offs(b"UNA|;,\\ ~\r\n" + swapped)

    assert plain.lines[0].item == other.lines[0].item == "A+B"
    assert plain.lines[0].slots[0].quantity == D(5)
    assert other.lines[0].slots[0].quantity == D("5.5")


def test_letters_are_read_in_the_declared_character_set():
    line = m.delfor_line("Tür-1", [("1", "20261201", 5)])
    [latin] = read_call_offs(m.edifact(*m.DELFOR_HEAD, *line))
    assert latin.lines[0].item == "Tür-1"

    with pytest.raises(EdiRefused, match=r"byte \d+ is no letter of UNOA.*often UNOC"):
        read_call_offs(m.edifact(*m.DELFOR_HEAD, *line, head=m.H.replace("UNOC", "UNOA")))


def test_a_part_may_go_to_two_places_in_one_line():
    line = m.delfor_line("A", [("1", "20261201", 5)], place="P-1")
    again = ["NAD+ST+P-2::92", "SCC+1++D", "QTY+113:7:PCE", "DTM+2:20261202:102"]

    [call_off] = read_call_offs(m.edifact(*m.DELFOR_HEAD, *line, *again))

    assert [(each.ship_to, slots(each)) for each in call_off.lines] == [
        ("P-1", [("12-01", 5, "firm")]),
        ("P-2", [("12-02", 7, "firm")]),
    ]


def test_a_deljit_is_firm_to_the_minute():
    head = ("BGM+242+J-1+9", "DTM+137:20261124:102")
    body = ["LIN+1++A:IN", "QTY+113:24:PCE", "DTM+2:202611241430:203"]

    [call_off] = read_call_offs(m.edifact(*head, *body, kind="DELJIT:D:04A:UN"))

    assert (call_off.format, call_off.is_whole) == ("DELJIT D.04A", False)
    assert call_off.lines[0].slots == (
        Slot(datetime(2026, 11, 24, 14, 30), D(24), Zone.FIRM, is_whole_day=False),
    )


def test_an_830_is_read_with_its_buckets():
    body = [
        "BFR*05*R-17**DL*A*20261124*20270301*20261124",
        "N1*ST**92*P-7",
        "LIN**BP*4711-A*VP*HOUSING*PO*PO-9",
        "UIT*EA",
        "FST*500*C*D*20261201",
        "FST*400*J*W*20261214",
        "FST*900*D*M*20270101",
        "SHP*01*100*050*20261123",
        "REF*SI*LS-88",
        "SHP*02*9760*051*20260101**20261123",
    ]

    [call_off] = read_call_offs(m.x12(*body))

    assert (call_off.format, call_off.document) == ("X12 830 004010", "R-17")
    [line] = call_off.lines
    assert (line.item, line.supplier_item, line.order_code) == ("4711-A", "HOUSING", "PO-9")
    assert (line.ship_to, line.unit, line.cumulative_received) == ("P-7", "EA", D(9760))
    assert (line.last_receipt, line.cumulative_from) == ("LS-88", date(2026, 1, 1))
    assert [(s.quantity, s.zone, s.until) for s in line.slots] == [
        (D(500), Zone.FIRM, None),
        (D(400), Zone.RELEASE, date(2026, 12, 20)),
        (D(900), Zone.FORECAST, date(2027, 1, 31)),
    ]


def test_an_862_that_counts_up_is_read_as_what_each_day_adds():
    body = [
        "BSS*05*S-1*20261124*DL*20261124*20261204*R-17****C",
        "LIN**BP*A",
        "UIT*EA",
        "SHP*02*1000*051*20260101**20261123",
        "FST*1200*C*D*20261201",
        "FST*1250*C*D*20261202****",
    ]

    [call_off] = read_call_offs(m.x12(*body, kind="862"))

    assert slots(call_off.lines[0]) == [("12-01", 200, "firm"), ("12-02", 50, "firm")]


def test_a_vda_4905_is_read_with_backlog_days_weeks_and_months():
    data = m.vda(
        m.vda_512("4711-A"),
        m.vda_513(("333333", 40), ("261201", 500), ("555555", 0), ("265051", 400), ("270100", 900)),
        m.vda_514(("999999", 77), ("000000", 0)),
    )

    [call_off] = read_call_offs(data)

    assert (call_off.document, call_off.customer) == ("000000817", "CUSTC")
    assert call_off.supplier == "SUPPLIER1"  # 511: the customer stands before the supplier
    [line] = call_off.lines
    assert (line.item, line.ship_to, line.dock, line.unit) == ("4711-A", "007", "D3", "ST")
    assert (line.cumulative_received, line.last_receipt) == (D(9760), "4711")
    assert line.last_receipt_quantity == D(100)
    assert [(s.due_at.date(), s.until, int(s.quantity), s.zone.value) for s in line.slots] == [
        (date(2026, 11, 24), None, 40, "firm"),
        (date(2026, 12, 1), None, 500, "firm"),
        (date(2026, 12, 7), date(2026, 12, 20), 400, "forecast"),
        (date(2027, 1, 1), date(2027, 1, 31), 900, "forecast"),
        (date(2027, 2, 1), None, 77, "forecast"),
    ]


def test_the_authorisations_of_a_vda_4905_draw_the_zones():
    data = m.vda(
        m.vda_512("A"),
        m.vda_513(("261201", 1), ("261215", 2), ("270112", 3)),
        f"51501{'':6}{'261205':6}{'':10}{'':6}{'261231':6}",
    )

    [call_off] = read_call_offs(data)

    assert [slot.zone.value for slot in call_off.lines[0].slots] == ["firm", "release", "forecast"]


def test_cumulative_quantities_of_an_830_count_on_from_what_is_received_behind_them():
    body = [
        "BFR*05**924-1*SH*C*261124*270301*261124",
        "LIN**BP*A*PO*PO-9",
        "FST*5136*D*W*261130",
        "FST*5280*D*W*261207",
        "FST*5280*D*W*261214",
        "SHP*01*24*050*261120",
        "SHP*02*5100*051*260101**261123",
    ]

    [call_off] = read_call_offs(m.x12(*body))

    assert slots(call_off.lines[0]) == [("11-30", 36, "forecast"), ("12-07", 144, "forecast")]


@pytest.mark.parametrize(
    ("dates", "due", "until"),
    [
        (["10:20261130:102", "2:20261202:102"], date(2026, 11, 30), None),
        (["2:20261202:102", "10:20261130:102"], date(2026, 11, 30), None),
        (["63:20261204:102"], date(2026, 12, 4), None),
        (["64:20261130:102", "63:20261204:102"], date(2026, 11, 30), date(2026, 12, 4)),
        (["2:26113008002612041600:713"], date(2026, 11, 30), date(2026, 12, 4)),
        (["2:202611300800-202612041600:719"], date(2026, 11, 30), date(2026, 12, 4)),
    ],
)
def test_a_quantity_is_due_when_it_must_leave_and_at_the_latest(dates, due, until):
    body = ["LIN+1++A:IN", "SCC+1++D", "QTY+113:5:PCE", *(f"DTM+{each}" for each in dates)]

    [call_off] = read_call_offs(m.edifact(*m.DELFOR_HEAD, *body))

    [slot] = call_off.lines[0].slots
    assert (slot.due_at.date(), slot.until) == (due, until)


def test_cumulative_quantities_beside_those_that_are_wanted_are_read_over():
    body = ["LIN+1++A:IN", "SCC+1++D", "QTY+113:5:PCE", "DTM+2:20261201:102", "QTY+3:900:PCE"]

    [call_off] = read_call_offs(m.edifact(*m.DELFOR_HEAD, *body, "DTM+2:20261201:102"))

    assert slots(call_off.lines[0]) == [("12-01", 5, "firm")]
    assert call_off.notes == ("QTY 3 was read over, 1 times",)
