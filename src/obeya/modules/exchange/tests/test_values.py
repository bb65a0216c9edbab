import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from obeya.modules.exchange.reading import numbers, times, values
from obeya.modules.exchange.reading.serial import moment
from obeya.modules.exchange.reading.values import Unreadable
from obeya.modules.exchange.writing.cells import as_text, escaped, written

QUANTITIES = st.decimals(-(10**12) + 1, 10**12 - 1, places=6, allow_nan=False, allow_infinity=False)
MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2198, 12, 31)).map(
    lambda at: at.replace(microsecond=0)
)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.5", ".", "1.5"),
        ("1,5", ".", "1.5"),
        ("1.234", ".", "1.234"),
        ("1,234", ",", "1.234"),
        ("1.234,5", ".", "1234.5"),
        ("1,234.5", ",", "1234.5"),
        ("1.234.567", ".", "1234567"),
        ("1 234,56", ",", "1234.56"),
        ("1'234.56", ".", "1234.56"),
        ("0,125", ".", "0.125"),
        ("−3", ".", "-3"),
        ("-0", ".", "0"),
        (".5", ".", "0.5"),
    ],
)
def test_a_number_is_read_with_comma_or_point(text, mark, number):
    assert numbers.read_decimal(text, mark) == Decimal(number)


@pytest.mark.parametrize(("text", "mark"), [("1,234", "."), ("1.234", ","), ("-12,500", ".")])
def test_a_number_that_may_mean_thousands_is_refused_with_both_ways_to_write_it(text, mark):
    with pytest.raises(Unreadable, match="may mean thousands or decimals"):
        numbers.read_decimal(text, mark)


@pytest.mark.parametrize(
    "text", ["twelve", "12 kg", "1,2,3", "1.2.3", "1,23.456,7", "--1", "", "NaN", "inf", "1e99"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Unreadable):
        numbers.read_decimal(text)


def test_a_seventh_decimal_is_refused_not_rounded():
    with pytest.raises(Unreadable, match="more than six decimals"):
        numbers.read_decimal(Decimal("0.333333333333333"))


@given(QUANTITIES, st.sampled_from(".,"))
def test_a_number_written_with_either_mark_reads_back(number, mark):
    text = f"{number:f}".replace(".", mark)
    assert numbers.read_decimal(text, mark) == number


@given(QUANTITIES)
def test_what_we_write_reads_back(number):
    for cell in (written(number), as_text(number)):
        assert numbers.read_decimal(cell) == number


@given(st.text(max_size=30))
def test_no_text_crashes_a_reader(text):
    readers = [
        values.read_text,
        numbers.read_decimal,
        numbers.read_integer,
        values.read_boolean,
        times.read_date,
        times.read_datetime,
        times.read_time,
        values.read_codes,
        lambda cell: times.read_span(cell, "min"),
    ]
    for read in readers:
        assert _refusal(read, text).endswith(".")


def _refusal(read, text):
    try:
        read(text)
    except Unreadable as error:
        return error.remedy
    return "It was read."


@given(MOMENTS)
def test_a_moment_is_the_same_as_text_and_as_serial_number(at):
    serial = Decimal((at - datetime(1899, 12, 30)) // timedelta(seconds=1)) / 86_400
    assert times.read_datetime(at.isoformat(" ")) == at
    assert times.read_datetime(f"{at.day}.{at.month}.{at.year:04} {at:%H:%M:%S}") == at
    assert moment(serial, "datetime") == at


def test_excel_days_around_its_leap_day_that_never_was():
    assert moment(Decimal(1), "date") == date(1900, 1, 1)
    assert moment(Decimal(59), "date") == date(1900, 2, 28)
    assert moment(Decimal(61), "date") == date(1900, 3, 1)
    assert moment(Decimal("46024.5625"), "datetime") == datetime(2026, 1, 2, 13, 30)


def test_a_date_that_can_be_read_two_ways_is_refused():
    assert times.read_date("2026-12-01") == times.read_date("1.12.2026") == date(2026, 12, 1)
    with pytest.raises(Unreadable, match="only be read one way"):
        times.read_date("01/12/2026")
    with pytest.raises(Unreadable, match="no calendar has"):
        times.read_date("2026-02-30")
    with pytest.raises(Unreadable, match="time of day"):
        times.read_date(datetime(2026, 12, 1, 6, 0))


def test_a_bare_date_means_the_end_or_the_beginning_of_the_day_as_the_column_says():
    assert times.read_datetime(date(2026, 12, 1)) == datetime(2026, 12, 1)
    assert times.read_datetime("2026-12-01", bare_date_at=time(23, 59)) == datetime(
        2026, 12, 1, 23, 59
    )
    assert times.read_datetime("2026-12-01T06:00") == datetime(2026, 12, 1, 6, 0)


@pytest.mark.parametrize(
    ("cell", "unit", "header_unit", "amount"),
    [
        (Decimal(90), "min", "", "90"),
        ("1:30", "min", "", "90"),
        ("1:30", "s", "", "5400"),
        ("1:30", "days", "", "0.0625"),
        ("90 min", "s", "", "5400"),
        ("1,5 h", "min", "", "90"),
        (time(1, 30), "min", "", "90"),
        (timedelta(hours=36), "days", "", "1.5"),
        (Decimal(2), "min", "h", "120"),
        (Decimal(90), "s", "min", "5400"),
        ("26:00:30", "s", "", "93630"),
    ],
)
def test_a_duration_is_read_in_the_unit_of_its_column(cell, unit, header_unit, amount):
    assert times.read_span(cell, unit, header_unit=header_unit) == Decimal(amount)


@pytest.mark.parametrize("hours", ["9" * 13, "9" * 29, "9" * 5_000])
def test_a_duration_beyond_all_numbers_is_refused(hours):
    for unit in ("s", "min", "h", "days"):
        with pytest.raises(Unreadable, match="is too large"):
            times.read_span(f"{hours}:00", unit)


@given(st.integers(0, 10_000), st.integers(0, 59), st.integers(0, 59))
def test_hours_minutes_seconds_add_up(hours, minutes, seconds):
    text = f"{hours}:{minutes:02}:{seconds:02}"
    assert times.read_span(text, "s") == hours * 3600 + minutes * 60 + seconds


@pytest.mark.parametrize("text", ["=1+1", "+49 711", "-", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_text_that_a_spreadsheet_would_run_is_refused(text):
    with pytest.raises(Unreadable, match="would run as a formula"):
        values.read_text(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20))
@example("(empty)")
@example("'(empty)")
def test_every_text_that_we_write_is_harmless_and_reads_back(text):
    safe = escaped(text)
    assert not safe.startswith(("=", "+", "-", "@"))
    assert not values.says_empty(safe)
    assert values.read_text(safe) == unicodedata.normalize("NFC", text)


def test_codes_keep_their_leading_zeros_and_lose_their_spaces():
    assert values.read_text(" 0010 ") == "0010"
    assert values.read_text(Decimal(1001)) == "1001"
    assert values.read_codes("CNC; 5-AXIS , ") == ("CNC", "5-AXIS")


def test_yes_and_no_in_several_tongues():
    assert all(map(values.read_boolean, ["yes", "X", "ja", True, Decimal(1), "WAHR"]))
    assert not any(map(values.read_boolean, ["no", "nein", False, Decimal(0), "FAUX"]))
    with pytest.raises(Unreadable, match="neither yes nor no"):
        values.read_boolean("maybe")
