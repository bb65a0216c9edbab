"""A list as an Excel workbook: the rows of the filter, in its order, in constant memory.

Beside the rows it holds a sheet that says what the file is, and one that Excel does not show
(`returning`), by which the file is known again when it comes back changed.
"""

import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from obeya.ui.lists import keyset
from obeya.ui.lists.cells import CellWriter, heading_cell, plain
from obeya.ui.lists.declaration import Column, words_of
from obeya.ui.lists.pasting import exported_at
from obeya.ui.lists.question import Question
from obeya.ui.lists.returning import HIDDEN_SHEET, ExportedColumn, ExportedList, written_row
from obeya.ui.lists.state import DONE, OPEN, WORDS

ROW_CAP = 200_000  # about a minute; more belongs into `obeya export`
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCH = 2000
COMMENT = "#"  # a row that begins with it is nobody's row


def as_workbook(question: Question, rows: QuerySet, *, site: str = "") -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    _write(question, rows, site).save(file)
    file.seek(0)
    name = f"{question.declared.name}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=SHEET_TYPE)


def _write(question: Question, rows: QuerySet, site: str) -> Workbook:
    declared, columns = question.declared, _columns(question)
    book = Workbook(write_only=True)
    letters = "".join(each for each in str(declared.title) if each.isalnum())
    sheet = book.create_sheet(letters[:31] or declared.name[:31])
    about = book.create_sheet(_("About this file")[:31])
    hidden = book.create_sheet(HIDDEN_SHEET)
    hidden.sheet_state = "veryHidden"
    hidden.append([_head(question, columns, site, sheet.title).written()])
    sheet.freeze_panes = "B2"
    for index, column in enumerate(columns, start=1):
        width = max(12, len(str(column.title)) + 4, 22 if column.kind == "moment" else 0)
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([heading_cell(sheet, column, declared) for column in columns])
    writers = [CellWriter(sheet, column, declared) for column in columns]
    count = 0
    for row in _rows(question, rows):
        if count == ROW_CAP:
            note = _("Only the first {count} rows. Filter the list to see the rest.")
            sheet.append([f"{COMMENT} {note.format(count=ROW_CAP)}"])
            break
        values = [writer.value(row) for writer in writers]
        cells = zip(writers, values, strict=True)
        sheet.append([writer.cell(row, value) for writer, value in cells])
        hidden.append([written_row(values)])
        count += 1
    _filters(sheet, question, columns, count + 1)
    for writer, letter in zip(writers, map(get_column_letter, range(1, 600)), strict=False):
        writer.add_choices(f"{letter}2:{letter}{max(count + 1, 2)}")
    _tell(about, question, site, count)
    return book


def _columns(question: Question) -> Sequence[Column]:
    """As shown; and always the one by which a row is known again."""
    key = question.declared.key_column()
    if key is None or key in question.columns:
        return question.columns
    return (*question.columns, key)


def _head(question: Question, columns: Sequence[Column], site: str, sheet: str) -> ExportedList:
    is_open = bool(question.declared.sheet)
    return ExportedList(
        name=question.declared.name,
        sheet=sheet,
        columns=[
            ExportedColumn(
                each.name,
                str(each.title),
                each.edit.field if each.edit and is_open else "",
                words_of(each),
            )
            for each in columns
        ],
        site=site,
        at=_told_moment(),
    )


def _told_moment() -> str:
    at = exported_at()
    zone = timezone.get_current_timezone_name()
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M} ({zone})" if at else ""


def _rows(question: Question, rows: QuerySet) -> Iterator[Any]:
    enrich = question.declared.enrich
    batch: list[Any] = []
    for row in keyset.every(question.apart(rows), question.sort.sort, question.descending):
        batch.append(row)
        if len(batch) == BATCH:
            if enrich:
                enrich(batch)
            yield from batch
            batch = []
    if batch and enrich:
        enrich(batch)
    yield from batch


def _filters(sheet: Any, question: Question, columns: Sequence[Column], last: int) -> None:
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    if question.sort in columns and last > 1:
        letter = get_column_letter(columns.index(question.sort) + 1)
        sheet.auto_filter.add_sort_condition(
            f"{letter}2:{letter}{last}", descending=question.descending
        )


def _tell(sheet: Any, question: Question, site: str, count: int) -> None:
    """What the file is, for whoever opens it next month."""
    declared = question.declared
    direction = _("descending") if question.descending else _("ascending")
    lines: list[tuple[str, Any]] = [
        (_("List"), str(declared.title)),
        *([(_("Site"), site)] if site else []),
        (_("Filter"), "; ".join(told_filters(question)) or _("none: all rows")),
        (_("Sorted by"), f"{question.sort.title}, {direction}"),
        (_("Rows"), count),
        (_("Exported"), plain(exported_at())),
        (_("Times are those of"), timezone.get_current_timezone_name()),
    ]
    if declared.sheet:
        key = declared.key_column()
        columns = [each for each in _columns(question) if each.edit and each != key]
        editable = [str(each.title) for each in columns]
        lines += [
            (_("May be changed"), ", ".join(editable)),
            (
                _("How it comes back"),
                _("Change cells, or add rows below, save, and send the file on the page Import: "
                  "it shows every change beside the plant before anything is saved."),
            ),
            (_("Rows taken out"), _("Are left as they are: a row missing here deletes nothing.")),
            (_("Known by"), str(key.title) if key else ""),
        ]  # fmt: skip
    else:
        why = str(declared.closed) or _("It shows what happened or follows from other data.")
        lines.append((_("Not changed in Excel"), why))
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 90
    for word, said in lines:
        heading = heading_cell(sheet, word)
        heading.font = Font(bold=True)
        sheet.append([heading, plain(said)])


def told_filters(question: Question) -> list[str]:
    """The filters in words: State: open."""
    told = [_("Search: {text}").format(text=question.text)] if question.text else []
    if question.state in (OPEN, DONE) and not question.names_a_state:
        told.append(_("Shown: {state}").format(state=WORDS[question.state]))
    for each in question.declared.filters:
        if value := question.filters.get(each.name):
            words = {str(code): str(word) for code, word in each.options()}
            told.append(f"{each.title}: {words.get(value, value)}")
    return told
