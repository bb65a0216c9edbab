"""Each refusal names the segment, where it stands, the rule and the remedy."""

import pytest

from obeya.engines.calloffs import EdiRefused, read_call_offs
from obeya.engines.calloffs.tests import messages as m

LINE = m.delfor_line("A", [("1", "20261201", 5)])
DELFOR = m.edifact(*m.DELFOR_HEAD, *LINE).decode()
X12 = m.x12(
    "BFR*05*R-17**DL*A*20261124*20270301*20261124", "LIN**BP*A", "FST*5*C*D*20261201"
).decode()
VDA = m.vda(m.vda_512("A"), m.vda_513(("261201", 5))).decode()


@pytest.mark.parametrize(
    ("data", "segment", "position", "rule"),
    [
        (DELFOR.replace("UNT+12", "UNT+13"), "UNT", 13, "says 13 segments, but there are 12"),
        (DELFOR.replace("UNT+12+1", "UNT+12+2"), "UNT", 13, "closes “2”, but UNH opened “1”"),
        (DELFOR.replace("UNZ+1", "UNZ+2"), "UNZ", 14, "says 2 messages, but there are 1"),
        (DELFOR.replace("UNZ+1+77", "UNZ+1+78"), "UNZ", 14, "closes “78”, but UNB opened “77”"),
        (DELFOR[:-1], "UNZ", 14, "the segment has no end"),
        (DELFOR.replace("SCC+1", "SCC+9"), "SCC", 10, "“9” (4017) is no zone"),
        (DELFOR.replace("113:5", "113:x"), "QTY", 11, "“x” is no number"),
        (DELFOR.replace("20261201", "20261301"), "DTM", 12, "2026-13-01 is not on any calendar"),
        (DELFOR.replace("DELFOR", "INVOIC"), "UNH", 2, "“INVOIC” is no call-off"),
        (DELFOR.replace("CO-0817+5", "CO-0817+1"), "BGM", 3, "cancels another"),
        (DELFOR.replace("UNOC", "KECA"), "UNB", 1, "character set “KECA” is not known"),
        (X12.replace("SE*5", "SE*6"), "SE", 7, "says 6 segments, but there are 5"),
        (X12.replace("GE*1", "GE*2"), "GE", 8, "says 2 transaction sets, but there are 1"),
        (X12.replace("IEA*1*000000077", "IEA*1*000000078"), "IEA", 9, "closes “000000078”"),
        (X12.replace("*C*D*", "*Z*D*"), "FST", 6, "“Z” (FST02) is no zone"),
        (X12.replace("*C*D*", "*C*Z*"), "FST", 6, "“Z” (FST03) is not known"),
        (VDA.replace("5190200000010000001", "5190200000010000002"), "519", 4, "says 0000002"),
        (VDA.replace("261201", "261301"), "513", 3, "2026-13-01 is not on any calendar"),
        (DELFOR.replace("LIN+1++A", "LIN+1++A\x00"), "LIN", 7, "U+0000 cannot be printed"),
        (DELFOR.replace("CO-0817+5", "CO-0817+3"), "BGM", 3, "BGM 1225) is “3”"),
        (DELFOR.replace("LIN+1+", "LIN+1+2"), "LIN", 7, "(LIN 1229) is “2”"),
        (DELFOR.replace("QTY+113", "QTY+131"), "DTM", 12, "of the kind “131” (6063) has a date"),
        (DELFOR.replace("QTY+113", "QTY+3"), "LIN", 7, "no quantity of the part is wanted"),
        (DELFOR.replace("+77'UNH", "+77++++++1'UNH"), "UNB", 1, "is a test (UNB 0035 is 1)"),
        (DELFOR.replace("A:IN", "A" * 49 + ":IN"), "LIN", 7, "is longer than 48 letters"),
        (DELFOR.replace("ON:PO-9", "ON:" + "9" * 300), "LIN", 7, "is longer than 48 letters"),
        (DELFOR.replace("5:PCE", "5:PIECESPCE"), "LIN", 7, "unit “PIECESPCE…” is longer than 8"),
        (
            X12.replace("FST*5*", f"FST*{9 * 10**11}*C*D*20261202~FST*{9 * 10**11}*").replace(
                "SE*5", "SE*6"
            ),
            "LIN",
            5,
            "the quantities of the part are more than 999999999999 in all",
        ),
        (X12.replace("BFR*05", "BFR*03"), "BFR", 4, "its purpose (353) is “03”"),
        (X12.replace("DL*A", "DL*D"), "BFR", 4, "of the kind “D” (676)"),
        (X12.replace("0*P*>", "0*T*>"), "ISA", 1, "is a test (ISA15 is T)"),
        ("hello", "", 0, "no call-off that is known"),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(data, segment, position, rule):
    with pytest.raises(EdiRefused) as refused:
        read_call_offs(data.encode("latin-1"))

    fault = refused.value.faults[0]
    assert (fault.segment, fault.position) == (segment, position)
    assert rule in fault.rule
    assert fault.remedy.endswith(".")


def test_all_that_is_wrong_in_a_message_is_said_at_once():
    data = DELFOR.replace("113:5", "113:x").replace("NAD+ST", "QTY+70:y'NAD+ST")
    data = data.replace("UNT+12", "UNT+13")

    with pytest.raises(EdiRefused) as refused:
        read_call_offs(data.encode())

    assert [(each.segment, each.position) for each in refused.value.faults] == [
        ("QTY", 8),
        ("QTY", 12),
    ]


def test_a_part_that_is_told_twice_for_one_place_is_refused():
    with pytest.raises(EdiRefused, match="part A at P-7 stands in segment 7 too"):
        read_call_offs(m.edifact(*m.DELFOR_HEAD, *LINE, *LINE))


def test_a_part_without_any_quantity_is_refused_and_not_taken_for_nothing_wanted():
    with pytest.raises(EdiRefused, match=r"Segment 7 \(LIN\): no quantity of the part is wanted"):
        read_call_offs(m.edifact(*m.DELFOR_HEAD, "LIN+1++A:IN", "NAD+ST+P-7::92"))
    with pytest.raises(EdiRefused, match=r"Segment 5 \(LIN\): no quantity of the part is said"):
        read_call_offs(m.x12("BFR*05*R-17**DL*A*20261124*20270301*20261124", "LIN**BP*A"))


def test_a_part_of_an_830_that_goes_to_two_places_is_refused():
    body = ["LIN**BP*A", "N1*ST**92*P-1", "FST*5*C*D*20261201", "N1*ST**92*P-2"]
    with pytest.raises(EdiRefused, match=r"Segment 8 \(N1\): the part goes to P-1 and to P-2"):
        read_call_offs(m.x12("BFR*05*R-17**DL*A*20261124*20270301*20261124", *body))
