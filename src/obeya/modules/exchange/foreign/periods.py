"""Dates as other programs write them, and the periods above the columns of a wide table."""

import re
from datetime import date, datetime, time

from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.reading.book import Cell

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar janvier enero ene gennaio gen jaenner janv",
            "feb february februar fevrier febrero febbraio fev fevr",
            "mar march maerz mars marzo mrz mae",
            "apr april avril abril aprile avr abr",
            "may mai mayo maggio mag",
            "jun june juni juin junio giugno giu",
            "jul july juli juillet julio luglio lug juil",
            "aug august aout agosto ago",
            "sep september septembre septiembre settembre set sept",
            "oct october oktober octobre octubre ottobre okt ott",
            "nov november novembre noviembre",
            "dec december dezember decembre diciembre dicembre dez dic",
        ),
        start=1,
    )
    for word in words.split()
}
_WEEK_WORD = "(?:kw|cw|wk|w|week|woche|sem|semaine|semana|settimana)"
_WEEK = re.compile(rf"{_WEEK_WORD}\s?(\d{{1,2}})\s(\d{{4}}|\d{{2}})")
_YEAR_WEEK = re.compile(rf"(\d{{4}})\s?{_WEEK_WORD}\s?(\d{{1,2}})")
_NAMED_MONTH = re.compile(r"([a-z]+)\s(\d{4}|\d{2})")
_NUMBERED_MONTH = re.compile(r"(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))")
_DAY = re.compile(r"(\d{4})[-.](\d{1,2})[-.](\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
#: of 26-12-01 each part may be the year: with dashes the year has four digits
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4})|/(\d{2}))")
_CLOCK = re.compile(
    r"(?P<day>.*\S)[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
_PACKED = re.compile(r"(?:19|20)\d{6}")
_WORDED = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4}|\d{2})|([a-z]+) (\d{1,2}) (\d{4})")


def period_of(cell: Cell | None) -> date | None:
    """The first day of the day, week or month that a heading names; None where it names none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    return _numbered(text) or _worded(plain_words(text))


def _numbered(text: str) -> date | None:
    """2026-12-01, 1.12.2026, 2026-12, 12/2026."""
    if match := _DAY.fullmatch(text):
        return _day_of(match)
    if match := _NUMBERED_MONTH.fullmatch(text):
        return _made(int(match[1] or match[4]), int(match[2] or match[3]), 1)
    return None


def _worded(word: str) -> date | None:
    """kw 49 2026, 2026 w49, dez 26."""
    if match := _WEEK.fullmatch(word):
        return _week(_year(match[2]), int(match[1]))
    if match := _YEAR_WEEK.fullmatch(word):
        return _week(int(match[1]), int(match[2]))
    if (match := _NAMED_MONTH.fullmatch(word)) and match[1] in MONTHS:
        return _made(_year(match[2]), MONTHS[match[1]], 1)
    return None


def day_in(text: str, *, is_day_first: bool | None) -> date | None:
    """The day that a text names: 20261201, 1.12.26, 01/12/2026 (where it is known which of the
    two is the month), 1 Dec 2026, December 1, 2026; None where it is not known or no day.
    """
    if match := _DAY.fullmatch(text):
        return _day_of(match)
    if _PACKED.fullmatch(text):
        return _made(int(text[:4]), int(text[4:6]), int(text[6:]))
    if match := _SLASHED.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), _year(match[3] or match[4])
        if first > 12 or first == second:
            is_day_first = True
        elif second > 12:
            is_day_first = False
        if is_day_first is None:
            return None
        return _made(year, second, first) if is_day_first else _made(year, first, second)
    if match := _WORDED.fullmatch(plain_words(text)):
        month, day, year = (match[2], match[1], match[3]) if match[2] else match.group(4, 5, 6)
        return _made(_year(year), MONTHS.get(month, 0), int(day))
    return None


def with_clock(text: str) -> tuple[str, time | None]:
    """Day and time of day of `12/01/2026 03:45:00 PM`; the text where it has none."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return text, None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    elif match["half"]:
        return text, None
    if hour > 23 or minute > 59 or second > 59:
        return text, None
    return match["day"], time(hour, minute, second)


def is_day_first(texts: list[str]) -> bool | None:
    """Whether 01/12/2026 is written with the day first, where any value of the column tells."""
    days = (with_clock(text.strip())[0] for text in texts)
    pairs = [(int(m[1]), int(m[2])) for day in days if (m := _SLASHED.fullmatch(day))]
    if any(first > 12 for first, _ in pairs):
        return None if any(second > 12 for _, second in pairs) else True
    return False if any(second > 12 for _, second in pairs) else None


def _day_of(match: re.Match[str]) -> date | None:
    if match[1]:
        return _made(int(match[1]), int(match[2]), int(match[3]))
    return _made(_year(match[6]), int(match[5]), int(match[4]))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _week(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
