"""What customers make of DELFOR and DELJIT: each message as a supply planner reads it by hand."""

import pytest

from obeya.engines.calloffs.tests.edifact import HEAD, by_hand, day, read


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


def test_the_quantity_of_a_pack_may_be_counted_in_another_unit():
    pack = ["PAC++4+1280::92", "QTY+52:20:C62"]
    assert read("LIN+1++A:IN", *pack, *day(5, "20261201")).lines[0].unit == "PCE"


def test_numbers_of_a_part_are_told_apart_wherever_they_stand():
    trade = read("LIN+1++4012345000016:EN", "PIA+1+X-1:VP", *day(5, "20261201")).lines[0]
    alone = read("LIN+1++4012345000016:EN", *day(5, "20261201")).lines[0]
    theirs = read("LIN+1++4012345000016:EN", "PIA+5+A:BP", *day(5, "20261201")).lines[0]

    assert (trade.item, trade.supplier_item) == ("", "X-1")
    assert (alone.item, theirs.item) == ("4012345000016", "A")


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
