"""What customers make of just-in-time calls: each message as a supply planner reads it by hand."""

from datetime import datetime
from decimal import Decimal

import pytest

from obeya.engines.calloffs import EdiRefused, Slot, Zone
from obeya.engines.calloffs.tests.edifact import CALL, by_hand, read

D = Decimal


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
