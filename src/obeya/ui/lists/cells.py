"""One value of a list → one typed cell, which no spreadsheet runs."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from obeya.ui.lists.declaration import Column, List, words_of
from obeya.ui.lists.returning import to_the_second

RISKY = ("=", "+", "-", "@", "\t", "\r")
TEXT_FORMAT = "@"  # a code typed into such a cell keeps its leading zeros
MOMENT_FORMAT, DATE_FORMAT = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"
OPEN = PatternFill("solid", fgColor="D9E2EC")
READ_ONLY = PatternFill("solid", fgColor="F1F4F7")
LONGEST_CELL = 32_767
LONGEST_CHOICES = 255
AUTHOR = "Obeya"


def plain(value: Any) -> Any:
    """What a cell can hold: text, a number, or a moment of the site's wall clock."""
    if isinstance(value, tuple):  # a badge: (word, tone)
        value = value[0] if value else None
    if isinstance(value, list):  # changes: (field, old, new)
        told = [(field, f"{old} → {new}" if old else new) for field, old, new in value]
        value = "; ".join(f"{field}: {text}" for field, text in told)
    if isinstance(value, datetime):
        if timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None)  # Excel knows no zones
        return to_the_second(value)
    if value is None or isinstance(value, bool | int | float | Decimal | date | time):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]


class CellWriter:
    """Writes one column of a list."""

    def __init__(self, sheet: Any, column: Column, declared: List) -> None:
        self._sheet = sheet
        self._column = column
        self._edit = column.edit if declared.sheet else None
        self._words = dict(words_of(column)) if self._edit else {}
        self._formats: dict[str, str] = {}
        self._cells: dict[tuple[str, bool], Any] = {}

    def value(self, row: Any) -> Any:
        if self._edit is None:
            return plain(self._column.of(row))
        said = self._edit.of(row)
        if self._words:
            code = ("yes" if said else "no") if isinstance(said, bool) else str(said)
            return self._words.get(code, code)
        return plain(said)

    def cell(self, row: Any, value: Any) -> Any:
        """The cell is written before the next one is asked for, so that one serves them all."""
        if value is None or value == "":
            return self._empty()
        if isinstance(value, str):
            return self._text(value)
        number_format = ""
        if isinstance(value, datetime):
            number_format = MOMENT_FORMAT
        elif isinstance(value, date):
            number_format = DATE_FORMAT
        elif unit := self._column.unit_of(row):
            number_format = self._with_unit(unit)
        cell = self._styled(number_format)
        cell.value = value
        return cell

    def _empty(self) -> Any:
        """Where something may be typed, it is typed as text or as the kind of the column."""
        if self._edit is None or self._column.kind not in ("text", "badge"):
            return None
        cell = self._styled(TEXT_FORMAT)
        cell.value = None
        return cell

    def _text(self, text: str) -> Any:
        """Text stays text: what looks like a formula is stored as a quoted string, never run."""
        is_typed = self._edit is not None or self._column.kind == "text"
        cell = self._styled(TEXT_FORMAT if is_typed else "", is_quoted=text.startswith(RISKY))
        cell.value = text
        cell.data_type = "s"
        return cell

    def _styled(self, number_format: str, *, is_quoted: bool = False) -> Any:
        key = number_format, is_quoted
        if key not in self._cells:
            cell = self._cells[key] = WriteOnlyCell(self._sheet)
            if number_format:
                cell.number_format = number_format
            if is_quoted:
                cell.quotePrefix = True
        return self._cells[key]

    def _with_unit(self, unit: str) -> str:
        if unit not in self._formats:
            bare = unit.replace('"', "").replace("\\", "")
            self._formats[unit] = f'General" {bare}"'
        return self._formats[unit]

    def add_choices(self, cells: str) -> None:
        """A drop-down below the heading of a column that is one of few words."""
        words = list(self._words.values())
        listed = ",".join(words)
        if not words or len(listed) > LONGEST_CHOICES or any("," in word for word in words):
            return
        quoted = listed.replace('"', '""')
        choice = DataValidation(type="list", formula1=f'"{quoted}"', allow_blank=True)
        choice.add(cells)
        self._sheet.data_validations.append(choice)


def heading_cell(sheet: Any, heading: Column | str, declared: List | None = None) -> Any:
    """Bold; shaded where the column may be changed, with a note where it may not."""
    cell = WriteOnlyCell(sheet, plain(heading if isinstance(heading, str) else heading.title))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    if isinstance(heading, Column) and declared is not None and declared.sheet:
        cell.fill = OPEN if heading.edit else READ_ONLY
        if heading.edit is None:
            told = [_("Not changed here."), str(heading.elsewhere)]
            cell.comment = Comment(" ".join(each for each in told if each), AUTHOR)
    return cell
