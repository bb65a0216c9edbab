"""Of what is said at several levels of DELFOR and DELJIT the nearest counts."""

from decimal import Decimal

import pytest

from obeya.engines.calloffs import EdiRefused
from obeya.engines.calloffs.tests.edifact import CALL, by_hand, day, read

JIT = "DELJIT:D:97A:UN"
HEAD_DAY = (*CALL, "DTM+2:20261201:102")


def test_the_day_of_a_sequence_counts_though_the_head_names_an_earlier_one():
    call_off = read(
        *("SEQ+3", "DTM+2:20261203:102", "LIN+1++A:IN", "QTY+1:10"), kind=JIT, head=HEAD_DAY
    )

    assert by_hand(call_off) == {("A", "", ""): [("12-03", 10, "firm")]}


def test_a_day_between_the_part_and_its_quantity_is_that_of_the_part():
    call_off = read(
        *("LIN+1++A:IN", "DTM+2:20261205:102", "QTY+1:10", "LIN+2++B:IN", "QTY+1:5"),
        kind=JIT,
        head=HEAD_DAY,
    )

    assert by_hand(call_off) == {
        ("A", "", ""): [("12-05", 10, "firm")],
        ("B", "", ""): [("12-01", 5, "firm")],
    }


def test_a_day_beside_a_quantity_that_is_not_wanted_is_refused():
    with pytest.raises(EdiRefused, match="a date stands beside no quantity that is wanted"):
        read(
            *("LIN+1++A:IN", "QTY+1:24", "QTY+52:6", "DTM+2:20261205:102"),
            kind=JIT,
            head=HEAD_DAY,
        )


def test_the_dock_of_another_place_is_not_that_of_a_parts_own_place():
    call_off = read(*("NAD+ST+P-1", "LOC+11+D-1", "LIN+1++A:IN", "NAD+ST+P-2", *day(5, "20261201")))

    assert by_hand(call_off) == {("A", "P-2", ""): [("12-01", 5, "firm")]}


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        (("QTY+1:10:PCE",), ("QTY+1:10:KGM",), "the unit of the part is KGM, and was PCE"),
        (
            ("RFF+ON:PO-1", "QTY+1:10"),
            ("RFF+ON:PO-2", "QTY+1:10"),
            "the order of the part is PO-2, and was PO-1",
        ),
    ],
)
def test_calls_that_count_differently_are_not_added_up(first, second, what):
    sequence = ("SEQ+3", "DTM+2:20261203:102", "LIN+1++A:IN")
    with pytest.raises(EdiRefused, match=what):
        read(*sequence, *first, *sequence, *second, kind=JIT, head=CALL)


def test_a_receipt_without_a_day_has_that_of_the_part():
    call_off = read(
        *("LIN+1++A:IN", "DTM+50:20261123:102", "RFF+AAK:LS-1", "QTY+48:64:PCE"),
        *day(5, "20261201"),
    )

    [line] = call_off.lines
    assert (line.last_receipt, line.last_receipt_quantity) == ("LS-1", Decimal(64))
    assert f"{line.last_receipt_on}" == "2026-11-23"


def test_our_number_stays_ours_beside_one_of_a_vendor():
    call_off = read("LIN+1++A:IN", "PIA+1+OUR-7:SA", "PIA+1+V-9:VN", *day(5, "20261201"))

    assert call_off.lines[0].supplier_item == "OUR-7"


def test_at_the_latest_on_a_monday_is_that_monday():
    call_off = read("LIN+1++A:IN", "SCC+4++W", "QTY+113:5", "DTM+63:20261207:102")

    [slot] = call_off.lines[0].slots
    assert (f"{slot.due_at:%m-%d}", slot.until) == ("12-07", None)


def test_a_receipt_of_the_part_before_does_not_forbid_the_day_of_the_next():
    first = ("LIN+1++A:IN", "QTY+1:10", "QTY+48:64", "DTM+50:20261123:102")

    call_off = read(*first, "LIN+2++B:IN", "DTM+2:20261205:102", "QTY+1:5", kind=JIT, head=HEAD_DAY)

    assert by_hand(call_off) == {
        ("A", "", ""): [("12-01", 10, "firm")],
        ("B", "", ""): [("12-05", 5, "firm")],
    }


def test_a_place_behind_a_part_that_was_called_before_is_that_of_the_next_parts():
    first = ("SEQ+3", "DTM+2:20261203:102", "LIN+1++A:IN", "QTY+1:10")
    again = ("SEQ+3", "DTM+2:20261204:102", "LIN+1++A:IN", "QTY+1:20")

    call_off = read(
        *("NAD+ST+P-1", *first, "LIN+2++B:IN", "QTY+1:5", *again),
        *("NAD+ST+P-2", "SEQ+3", "DTM+2:20261205:102", "LIN+1++C:IN", "QTY+1:7"),
        kind=JIT,
        head=CALL,
    )

    assert by_hand(call_off) == {
        ("A", "P-1", ""): [("12-03", 10, "firm"), ("12-04", 20, "firm")],
        ("B", "P-1", ""): [("12-03", 5, "firm")],
        ("C", "P-2", ""): [("12-05", 7, "firm")],
    }


@pytest.mark.parametrize(
    "numbers",
    [("LIN+1++A:IN", "LIN+2++A:IN"), ("LIN+1++OUR-1:SA", "LIN+2++OUR-2:SA")],
)
def test_a_part_without_a_quantity_is_refused_though_the_one_before_has_its_number(numbers):
    told, untold = numbers
    with pytest.raises(EdiRefused, match=r"Segment 9 \(LIN\): no quantity of the part is wanted"):
        read(told, *day(5, "20261201"), untold, "NAD+ST+P-2")


def test_what_is_no_wanted_quantity_at_the_next_place_is_refused_and_not_read_over():
    with pytest.raises(EdiRefused) as refused:
        read("LIN+1++A:IN", *day(5, "20261201"), "NAD+ST+P-2", "QTY+3:900:PCE")
    [fault] = refused.value.faults
    assert (fault.segment, fault.position) == ("LIN", 9)
    assert fault.rule.endswith("(6063 is 1 or 113), but 3")
