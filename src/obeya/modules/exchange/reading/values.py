"""One cell → one value, or the rule that it breaks and the remedy. No guess is silent."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from obeya.modules.exchange.reading.book import BrokenCell, Cell

FORMULA_SIGNS = ("=", "+", "-", "@")
TRUE = {"yes", "y", "true", "t", "x", "1", "ja", "wahr", "vrai", "oui", "sí", "si", "да"}
FALSE = {"no", "n", "false", "f", "0", "nein", "falsch", "faux", "non", "нет"}

EMPTY = "(empty)"


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
            f"is a {kind_of(cell)} where a code or name is expected",
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


def read_boolean(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = (plain(cell) if isinstance(cell, Decimal) else str(cell)).strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise Unreadable("is neither yes nor no", "Write yes or no.")


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


def kind_of(cell: Cell) -> str:
    return {
        bool: "yes/no cell",
        datetime: "date",
        date: "date",
        time: "time of day",
        timedelta: "duration",
        Decimal: "number",
    }.get(type(cell), "text")
