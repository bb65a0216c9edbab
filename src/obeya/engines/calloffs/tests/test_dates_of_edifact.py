"""When each quantity of a DELFOR is due: moments, spans and patterns as customers write them."""

from datetime import date, datetime

import pytest

from obeya.engines.calloffs import EdiRefused, Zone
from obeya.engines.calloffs.tests.edifact import by_hand, day, read


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
