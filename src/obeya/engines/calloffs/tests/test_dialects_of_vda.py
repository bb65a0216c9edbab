"""What customers make of VDA 4905: each transmission as a supply planner reads it by hand."""

from datetime import date

import pytest

from obeya.engines.calloffs import EdiRefused, read_call_offs
from obeya.engines.calloffs.tests import messages as m


def read(*pairs):
    [call_off] = read_call_offs(m.vda(m.vda_512("A"), m.vda_513(*pairs)))
    return [(s.due_at.date(), s.until, int(s.quantity)) for s in call_off.lines[0].slots]


def test_a_span_of_weeks_may_run_over_the_turn_of_the_year():
    """2026 has 53 weeks; the year in front is the one of the first week."""
    assert read(("555555", 0), ("265302", 300), ("270304", 200)) == [
        (date(2026, 12, 28), date(2027, 1, 17), 300),
        (date(2027, 1, 18), date(2027, 1, 31), 200),
    ]


def test_weeks_that_would_take_most_of_a_year_run_backwards_and_are_refused():
    with pytest.raises(EdiRefused, match=r"\(513\): weeks 20 to 10 run backwards"):
        read(("555555", 0), ("262010", 300))
    with pytest.raises(EdiRefused, match="the year 2027 has no week 53"):
        read(("555555", 0), ("275302", 300))


def test_a_single_week_stands_in_the_firm_part_behind_two_zeros():
    assert read(("260053", 40)) == [(date(2026, 12, 28), date(2027, 1, 3), 40)]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("000000", "the quantity 000000500 has no date: “000000” stands there"),
        ("222222", "the quantity 000000500 has no date: “222222” stands there"),
        ("      ", "the quantity 000000500 has no date. "),
    ],
)
def test_a_quantity_without_a_date_is_refused_and_not_passed_over(said, rule):
    with pytest.raises(EdiRefused, match=rf"Segment 3 \(513\): {rule}"):
        read(("261201", 5), (said, 500))


def test_nothing_wanted_is_no_quantity():
    assert read(("222222", 0)) == []


def test_records_may_stand_in_one_line_without_an_end():
    plain = m.vda(m.vda_512("A"), m.vda_513(("261201", 5)))
    in_one = plain.replace(b"\r\n", b"")

    assert len(in_one) == 4 * 128
    assert read_call_offs(in_one) == read_call_offs(plain)
    assert read_call_offs(b"\xef\xbb\xbf\r\n" + plain) == read_call_offs(plain)
