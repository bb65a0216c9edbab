"""Foreign cells made readable: 1.234,50- and 01/12/2026 where it is clear what they mean.

What stays unclear is left as it stands, and the reader of our own sheets refuses it in words.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from obeya.modules.exchange.foreign.periods import day_in, with_clock
from obeya.modules.exchange.foreign.units import known_word
from obeya.modules.exchange.reading.book import Cell
from obeya.modules.exchange.reading.columns import Column
from obeya.modules.exchange.reading.times import SPAN
from obeya.modules.exchange.reading.values import plain, shown

FOR_GOOD = 9999  # the year that means no end
_EMPTY_DATES = {"00.00.0000", "0000-00-00", "00/00/0000", "00000000", "0"}
_MONEY = re.compile(r"^(?:€|\$|£|eur|usd|chf|gbp)\s*|\s*(?:€|\$|£|eur|usd|chf|gbp)$", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u202f'’]")
_BRACKETED = re.compile(r"\[([^\[\]]+)\]\s.+")
_SPACED = re.compile(r"(\S+)\s{2,}\S.*")
_CODES = ("code", "material", "component", "supplier", "customer")
_NAMES = ("name",)
_PARTIES = ("supplier", "customer")
#: of each decimal mark, the numbers that can be read by no other
_PROOFS = {
    ",": re.compile(
        r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|(?!\b[1-9]\d{0,2},\d{3}\b)\d*,\d+"
    ),
    ".": re.compile(
        r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|(?!\b[1-9]\d{0,2}\.\d{3}\b)\d*\.\d+"
    ),
}
_NUMBERS = ("number", "whole number")
_DATES = ("date", "date and time")


@dataclass(frozen=True)
class Habits:
    """How the table writes what can be written in two ways; None where nothing tells."""

    mark: str | None = None
    is_day_first: bool | None = None


def meant(
    cell: Cell | None,
    column: Column,
    habits: Habits,
    words: Mapping[str, str],
    *,
    of_party: bool = False,
) -> Cell | None:
    """The cell as our reader understands it; ``words`` are theirs → ours, in lower case."""
    if isinstance(cell, str) and not (cell := cell.strip()):
        return None
    if isinstance(cell, str) and column.name in _CODES:
        cell = code_in(cell, of_party=of_party or column.name in _PARTIES)
    elif isinstance(cell, str) and column.name in _NAMES:
        cell = " ".join(cell.split())  # Alt+Enter within a name
    if isinstance(cell, str | Decimal):
        word = shown(cell).casefold()
        if word in words:
            return words[word] or None
        if (ours := known_word(column, word)) is not None:
            return ours
    if column.kind in _DATES:
        return _day(cell, column, habits.is_day_first)
    if column.kind in _NUMBERS and isinstance(cell, str) and not SPAN.fullmatch(cell):
        return number_in(cell, habits.mark)
    return cell


def code_in(text: str, *, of_party: bool) -> str:
    """The code of a thing that is written with its name: `[T-1] Table`, of a party also
    `100012   Steel Ltd`; the codes of materials may hold blanks: `AB  12` is one.
    """
    if (match := _BRACKETED.fullmatch(text)) or (of_party and (match := _SPACED.fullmatch(text))):
        return match[1]
    return text


def number_in(text: str, mark: str | None) -> Cell:
    """The number that a text means, its sign before it; the text where that is not clear."""
    bare = _BLANKS.sub("", _MONEY.sub("", text)).replace("−", "-")
    sign = ""
    if bare.endswith("-"):
        sign, bare = "-", bare[:-1]
    elif bare.startswith(("+", "-")):
        sign, bare = bare[0], bare[1:]
    if mark is None:
        return sign + bare if bare else text
    grouping = "." if mark == "," else ","
    grouped = rf"\d{{1,3}}(?:\{grouping}\d{{3}})+(?:\{mark}\d*)?"
    if re.fullmatch(rf"{grouped}|\d*\{mark}\d+|\d+\{mark}?", bare):
        return Decimal(sign + bare.replace(grouping, "").replace(mark, "."))
    return text


def mark_of(texts: Iterable[str]) -> str | None:
    """The decimal mark that the numbers of a table show, None where they show none or both."""
    found: set[str] = set()
    for text in texts:
        bare = _BLANKS.sub("", _MONEY.sub("", text)).strip("+-")
        found.update(mark for mark, proof in _PROOFS.items() if proof.fullmatch(bare))
    return found.pop() if len(found) == 1 else None


def _day(cell: Cell | None, column: Column, is_day_first: bool | None) -> Cell | None:
    text = plain(cell) if isinstance(cell, Decimal) else cell
    if isinstance(text, str):
        if text in _EMPTY_DATES:
            return None
        bare, clock = with_clock(text)
        found = day_in(bare, is_day_first=is_day_first)
        if found is not None and (clock is None or clock == time.min):
            cell = found
        elif found is not None and clock is not None and column.kind == "date and time":
            cell = datetime.combine(found, clock)
    if isinstance(cell, date | datetime) and cell.year == FOR_GOOD and column.may_be_empty:
        return None
    return cell
