"""Interchanges as gateways send them: with groups, and with line breaks for ends of segments."""

import pytest

from obeya.engines.calloffs import EdiRefused, read_call_offs
from obeya.engines.calloffs.tests import messages as m
from obeya.engines.calloffs.tests.edifact import HEAD, by_hand, day


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
