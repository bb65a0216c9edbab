"""What the workbook of a list knows about itself, so that it is known again when it comes back.

On a sheet that Excel does not show: in its first row which list of which site this is, and what
its columns are; below it, for each row of the list, what was exported. So that a change can be
told from what somebody else has changed since.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import Any, Self

HIDDEN_SHEET = "obeya-list"
LONGEST = 1_000  # characters of a value that are kept; a cell holds 32,767
EXCEL_DIGITS = Context(prec=15)


@dataclass(frozen=True)
class ExportedColumn:
    """A column as it stands in the file; ``words`` are (code, word) in the file's language."""

    name: str
    title: str
    field: str = ""  # of the plant's row; empty: not changed here
    words: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class ExportedList:
    """The head of the hidden sheet."""

    name: str
    sheet: str  # its sheet in the workbook
    columns: Sequence[ExportedColumn]
    site: str = ""
    at: str = ""
    decimal_mark: str = "."
    is_pasted: bool = False  # rows that somebody pasted: there is nothing that was exported
    version: int = 1
    given: Mapping[str, str] = field(default_factory=dict)  # field → what every row says

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """ValueError, KeyError or TypeError where somebody wrote it by hand."""
        said = json.loads(text)
        columns = [ExportedColumn(**each) for each in said.pop("columns")]
        found = cls(columns=columns, **said)
        texts = [found.name, found.sheet, found.site, found.at, found.decimal_mark]
        texts += [part for each in columns for part in (each.name, each.title, each.field)]
        texts += [part for each in columns for code, word in each.words for part in (code, word)]
        if not isinstance(found.given, dict) or not isinstance(found.is_pasted, bool):
            raise TypeError("Expected what all rows say by field, and whether they were pasted.")
        texts += [part for pair in found.given.items() for part in pair]
        if not all(isinstance(each, str) for each in texts):
            raise TypeError("Expected every part of the head to be text.")
        return found


def written_row(values: Sequence[Any]) -> str:
    return json.dumps([normal(value) for value in values], ensure_ascii=False)


def normal(value: Any) -> str:
    """The same text for a value before it is written and after Excel has kept it."""
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case int() | float() | Decimal():
            number = EXCEL_DIGITS.create_decimal(str(value)).normalize()
            text = format(number, "f") if number else "0"
        case datetime():
            at = to_the_second(value)
            text = at.isoformat(" ") if at.time() != time.min else at.date().isoformat()
        case date() | time():
            text = value.isoformat()
        case tuple() | list():
            text = ", ".join(str(part) for part in value)
        case _:
            text = unicodedata.normalize("NFC", str(value)).strip()[:LONGEST]
    return text


def to_the_second(value: datetime) -> datetime:
    """Excel keeps days as fractions: finer than a second it invents."""
    return value.replace(microsecond=0)
