"""A list as an Excel workbook: the rows of the filter, in its order, in constant memory."""

import tempfile
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from obeya.ui.lists import keyset
from obeya.ui.lists.question import Question

ROW_CAP = 200_000  # about half a minute; more belongs into `obeya export`
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_workbook(question: Question, rows: QuerySet) -> FileResponse:
    book = Workbook(write_only=True)
    letters = "".join(each for each in str(question.declared.title) if each.isalnum())
    sheet = book.create_sheet(letters[:31] or question.declared.name[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, str(column.title)) for column in question.columns])
    for count, batch in enumerate(_batches(question, rows)):
        for row in batch:
            sheet.append([_cell(sheet, column.of(row)) for column in question.columns])
        if (count + 1) * BATCH >= ROW_CAP:
            note = _("Only the first {count} rows. Filter the list to see the rest.")
            sheet.append([_cell(sheet, note.format(count=ROW_CAP))])
            break
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    name = f"{question.declared.name}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=SHEET_TYPE)


BATCH = 2000


def _batches(question: Question, rows: QuerySet):
    batch: list[Any] = []
    for row in keyset.every(rows, question.sort.sort, question.descending):
        batch.append(row)
        if len(batch) == BATCH:
            yield _enriched(question, batch)
            batch = []
    yield _enriched(question, batch)


def _enriched(question: Question, batch: list[Any]) -> list[Any]:
    if batch and question.declared.enrich:
        question.declared.enrich(batch)
    return batch


def _heading(sheet: Any, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """Text stays text: what looks like a formula is stored as a quoted string, never run."""
    if isinstance(value, tuple):  # a badge: (word, tone)
        value = value[0]
    if isinstance(value, list):  # changes: (field, old, new)
        told = [(field, f"{old} → {new}" if old else new) for field, old, new in value]
        value = "; ".join(f"{field}: {text}" for field, text in told)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)  # Excel knows no zones
    if value is None or isinstance(value, int | float | datetime):
        return WriteOnlyCell(sheet, value)
    if hasattr(value, "isoformat") or hasattr(value, "as_tuple"):  # dates, times, decimals
        return WriteOnlyCell(sheet, value)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text.startswith(RISKY):
        cell.quotePrefix = True
    return cell
