"""One cell → one value, or the rule that it breaks and the remedy. No guess is silent."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from obeya.modules.exchange.reading.book import BrokenCell, Cell
from obeya.modules.exchange.reading.serial import clock, point

DECIMALS = 6  # what a quantity field keeps
LARGEST = Decimal(10) ** 12  # millionths of it still fit a bigint
SECONDS_PER = {"s": 1, "min": 60, "h": 3_600, "days": 86_400}
FORMULA_SIGNS = ("=", "+", "-", "@")
TRUE = {"yes", "y", "true", "t", "x", "1", "ja", "wahr", "vrai", "oui", "sí", "si", "да"}
FALSE = {"no", "n", "false", "f", "0", "nein", "falsch", "faux", "non", "нет"}

EMPTY = "(empty)"

ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
POINTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?")
SPAN = re.compile(r"(\d+):(\d{2})(?::(\d{2}))?")
UNIT_SPAN = re.compile(
    r"(?P<number>[\d.,]+)\s*"
    r"(?P<unit>s|sec|seconds?|min|mins|minutes?|h|hours?|d|days?)",
    re.IGNORECASE,
)
PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.IGNORECASE)


class Unreadable(ValueError):
    """The cell breaks a rule; `typed` adds where it stands."""

    def __init__(self, rule: str, remedy: str) -> None:
        super().__init__(f"{rule}. {remedy}")
        self.rule = rule
        self.remedy = remedy


def says_empty(cell: Cell | None) -> bool:
    """The word by which a cell is emptied where a bare one would say nothing."""
    return isinstance(cell, str) and cell.strip().casefold() == EMPTY


def shown(cell: Cell | None) -> str:
    """The cell as its owner sees it, for a refusal."""
    if cell is None:
        return ""
    if isinstance(cell, BrokenCell):
        return cell.text
    return plain(cell) if isinstance(cell, Decimal) else str(cell).strip()[:80]


def plain(number: Decimal) -> str:
    """Without exponent and idle zeros: 1001, 2.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_text(cell: Cell) -> str:
    """A code or name, trimmed, its leading zeros kept.

    A text that a spreadsheet would run as a formula is refused; a leading apostrophe says that
    it is meant as text, as in Excel, and our own exports write it.
    """
    if isinstance(cell, Decimal):
        text = plain(cell)
    elif isinstance(cell, str):
        text = unicodedata.normalize("NFC", cell).strip()
    else:
        raise Unreadable(
            f"is a {_kind(cell)} where a code or name is expected",
            "Format the cell as text and type it again.",
        )
    if text.startswith(FORMULA_SIGNS):
        raise Unreadable(
            f"begins with “{text[0]}”, which a spreadsheet would run as a formula",
            "Begin it with a letter or digit, or put an apostrophe before it.",
        )
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        raise Unreadable("holds a line break or control character", "Write it in one line.")
    is_quoted = text[1:2] in (*FORMULA_SIGNS, "'") or says_empty(text[1:])
    if len(text) > 1 and text[0] == "'" and is_quoted:
        return text[1:]
    return text


def read_decimal(cell: Cell, mark: str = ".") -> Decimal:
    """A number with at most six decimals; ``mark`` is the decimal mark of the file's texts."""
    if isinstance(cell, Decimal):
        number = cell
    elif isinstance(cell, str):
        number = _number_in(cell, mark)
    else:
        raise Unreadable(f"is a {_kind(cell)}, not a number", "Type a number.")
    return exact(number)


def read_percent(cell: Cell, mark: str = ".") -> Decimal:
    """Percent as a number: 2.5 and 2.5 % are the same."""
    return read_decimal(cell.strip().removesuffix("%") if isinstance(cell, str) else cell, mark)


def exact(number: Decimal) -> Decimal:
    """The number without idle zeros or exponent, if a quantity field can keep it."""
    if abs(number) >= LARGEST:
        raise Unreadable("is too large", "Numbers stay below 1,000,000,000,000.")
    number = number.normalize()
    _, _, exponent = number.as_tuple()
    if isinstance(exponent, int) and exponent < -DECIMALS:
        raise Unreadable(
            "has more than six decimals",
            "Round it; for a third, say 1 per 3 (quantity_per and per_quantity).",
        )
    return number.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else number


def _number_in(text: str, mark: str) -> Decimal:
    bare = re.sub(r"[\s\u00a0\u202f'’_]", "", text).replace("−", "-")
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        last = max(".,", key=bare.rfind)
        grouping = "," if last == "." else "."
        if bare.count(last) > 1 or not _grouped(bare.split(last)[0], grouping):
            raise _no_number()
        bare = bare.replace(grouping, "").replace(last, ".")
    elif points + commas > 1:
        grouping = "." if points else ","
        if not _grouped(bare, grouping):
            raise _no_number()
        bare = bare.replace(grouping, "")
    elif points + commas == 1:
        here = "." if points else ","
        if here != mark and re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}\{here}\d{{3}}", bare):
            without = bare.replace(here, "")
            raise Unreadable(
                "may mean thousands or decimals",
                f"Write {without}, or {bare.replace(here, mark or '.')}0 if decimals are meant.",
            )
        bare = bare.replace(",", ".")
    if not PLAIN_NUMBER.fullmatch(bare):
        raise _no_number()
    return Decimal(bare)


def _grouped(whole: str, mark: str) -> bool:
    return re.fullmatch(rf"[+-]?\d{{1,3}}(\{mark}\d{{3}})+", whole) is not None


def _no_number() -> Unreadable:
    return Unreadable("is text where a number is expected", "Type a number, without a unit.")


def read_integer(cell: Cell, mark: str = ".") -> int:
    number = read_decimal(cell, mark)
    if number != number.to_integral_value():
        raise Unreadable("is not a whole number", "Type a whole number.")
    return int(number)


def read_boolean(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = (plain(cell) if isinstance(cell, Decimal) else str(cell)).strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise Unreadable("is neither yes nor no", "Write yes or no.")


def read_date(cell: Cell) -> date:
    """A day: an Excel date, 2026-12-01 or 1.12.2026."""
    if isinstance(cell, datetime):
        if cell.time() != time.min:
            raise Unreadable("is a date with a time of day", "Leave the time out.")
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Decimal):
        return read_date(_from_serial(cell))
    if isinstance(cell, str):
        text = cell.strip()
        if match := ISO_DATE.fullmatch(text):
            return _day(int(match[1]), int(match[2]), int(match[3]))
        if match := POINTED_DATE.fullmatch(text):
            return _day(int(match[3]), int(match[2]), int(match[1]))
        if (at := _moment_in(text)) is not None:
            return read_date(at)
    raise Unreadable(
        "is not a date that can only be read one way", "Write it as 2026-12-01 or 01.12.2026."
    )


def read_datetime(cell: Cell, *, bare_date_at: time = time.min) -> datetime:
    """A moment on the site's wall clock; a bare date means ``bare_date_at`` on that day."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, Decimal) and cell % 1:
        return _from_serial(cell)
    if isinstance(cell, str) and (at := _moment_in(cell.strip())) is not None:
        return at
    return datetime.combine(read_date(cell), bare_date_at)


def _moment_in(text: str) -> datetime | None:
    day, _, clock = text.replace("T", " ", 1).partition(" ")
    if not clock or not CLOCK.fullmatch(clock.strip()):
        return None
    return datetime.combine(read_date(day), read_time(clock.strip()))


def _from_serial(number: Decimal) -> datetime:
    if not Decimal(1) <= number < Decimal(109_575):  # 1900 to 2199
        raise Unreadable("is a number, not a date", "Write it as 2026-12-01.")
    return point(number)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(
            "is a day that no calendar has", "Look at day and month; write 2026-12-01."
        ) from None


def read_time(cell: Cell) -> time:
    """Wall clock: an Excel time, 6:00 or 06:00:00; 24:00 is midnight."""
    if isinstance(cell, time):
        return cell
    if isinstance(cell, Decimal) and 0 <= cell <= 1:
        cell = timedelta(seconds=int((cell * 86_400).to_integral_value()))
    if isinstance(cell, timedelta) and timedelta(0) <= cell <= timedelta(days=1):
        return clock(cell // timedelta(seconds=1) % 86_400)
    if isinstance(cell, str) and (match := CLOCK.fullmatch(cell.strip())):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        if (hour, minute, second) == (24, 0, 0):
            return time.min
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise Unreadable("is not a time of day", "Write it as 06:00.")


def read_span(cell: Cell, unit: str, mark: str = ".", header_unit: str = "") -> Decimal:
    """A duration in ``unit`` (s, min, h, days).

    A number counts the unit of its column; 1:30 is an hour and a half; "90 min" says its unit.
    """
    counted_in = header_unit or unit
    if isinstance(cell, time):
        seconds = Decimal(cell.hour * 3_600 + cell.minute * 60 + cell.second)
    elif isinstance(cell, timedelta):
        seconds = Decimal(cell // timedelta(seconds=1))
    elif isinstance(cell, str) and (match := SPAN.fullmatch(cell.strip())):
        read_decimal(match[1])  # a number at all, and not too large
        minutes, rest = int(match[2]), int(match[3] or 0)
        if minutes > 59 or rest > 59:
            raise Unreadable("is not a duration", "Write 1:30 for an hour and a half.")
        seconds = Decimal(int(match[1]) * 3_600 + minutes * 60 + rest)
    elif isinstance(cell, str) and (match := UNIT_SPAN.fullmatch(cell.strip())):
        seconds = read_decimal(match["number"], mark) * _seconds_per(match["unit"].lower())
    else:
        number = read_decimal(cell, mark)
        if counted_in == unit:
            return number
        seconds = number * SECONDS_PER[counted_in]
    return exact(round(seconds / SECONDS_PER[unit], DECIMALS))


def _seconds_per(word: str) -> int:
    return {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[word[0]]


def read_choice(choices: Mapping[str, object]) -> Callable[[Cell], object]:
    """One of these words, whatever its case; spaces and underscores are one."""
    by_word = {_folded(word): value for word, value in choices.items()}

    def read(cell: Cell) -> object:
        word = _folded(shown(cell))
        if word in by_word:
            return by_word[word]
        raise Unreadable("is none of the words allowed here", f"Write one of {', '.join(choices)}.")

    return read


def read_codes(cell: Cell) -> tuple[str, ...]:
    """Codes separated by commas or semicolons."""
    if not isinstance(cell, str):
        return (read_text(cell),)
    return tuple(read_text(part) for part in re.split(r"[,;]", cell) if part.strip())


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip().lower())


def _kind(cell: Cell) -> str:
    return {
        bool: "yes/no cell",
        datetime: "date",
        date: "date",
        time: "time of day",
        timedelta: "duration",
        Decimal: "number",
    }.get(type(cell), "text")
