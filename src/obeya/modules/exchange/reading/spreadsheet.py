"""The cells of an Excel workbook (.xlsx, .xlsm): values only, whatever the formulas say.

Our own reader over the safe archive, because the two usual ones lose what matters here: an
error cell (#N/A) and a formula without a calculated value come back as an empty cell, or one
stray cell in column XFD makes the reader fill memory with the empty square before it.
"""

import posixpath
import zipfile
from dataclasses import dataclass

from obeya.modules.exchange.reading import xml
from obeya.modules.exchange.reading.archive import LIMITS, Limits, read_part
from obeya.modules.exchange.reading.book import Book, Sheet
from obeya.modules.exchange.reading.sheet_cells import QUOTED, ZEROS, SheetCells, TextRuns
from obeya.modules.exchange.refusals import FileRefused


def read_workbook(archive: zipfile.ZipFile, limits: Limits = LIMITS) -> Book:
    """Every worksheet of the workbook, cell by cell, without running or following anything."""
    names = set(archive.namelist())
    workbook_part = _target(archive, "_rels/.rels", "officeDocument", "")
    if workbook_part.endswith(".bin"):
        raise FileRefused(
            "The file is a binary workbook (.xlsb), which is not read. Open it in Excel and save "
            "it as “Excel Workbook (.xlsx)”."
        )
    if workbook_part not in names:
        raise FileRefused(
            "The file is no Excel workbook. Save it in Excel as “Excel Workbook (.xlsx)”."
        )
    outline = _outline(archive, workbook_part)
    folder = posixpath.dirname(workbook_part)
    targets = _relations(archive, f"{folder}/_rels/{posixpath.basename(workbook_part)}.rels")
    parts = {
        kind: posixpath.normpath(posixpath.join(folder, target))
        for kind, target in targets.values()
        if kind in ("sharedStrings", "styles")
    }
    strings = _shared_strings(archive, parts.get("sharedStrings", ""), names)
    formats = _formats(archive, parts.get("styles", ""), names)

    notes = _notes(names)
    sheets: list[Sheet] = []
    cells = 0
    for name, relation, hidden in outline.sheets:
        kind, target = targets.get(relation, ("", ""))
        part = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        if kind != "worksheet" or part not in names:
            continue  # a chart or dialog sheet holds no rows
        reader = SheetCells(name, strings, formats, outline.is_1904, limits)
        xml.parse(
            read_part(archive, part), part, start=reader.start, end=reader.end, text=reader.text
        )
        cells += reader.count
        if cells > limits.cells:
            raise FileRefused(
                f"The workbook holds more than {limits.cells:,} filled cells. Split it in two."
            )
        if reader.formulas:
            notes.append(
                f"Sheet {name}: {reader.formulas} formula cell(s); the values that Excel last "
                "calculated were taken."
            )
        if unseen := len(reader.hidden & reader.rows.keys()):
            notes.append(
                f"Sheet {name}: {unseen} row(s) are hidden, by a filter or by hand; they were "
                "read like the others."
            )
        if hidden and reader.rows:
            notes.append(f"Sheet {name} is hidden in the workbook; it was read like the others.")
        sheets.append(Sheet(name, reader.rows))
    return Book(sheets, notes)


def _notes(names: set[str]) -> list[str]:
    notes = []
    if any(name.endswith("vbaProject.bin") for name in names):
        notes.append("The workbook holds macros. They were neither run nor kept.")
    if any("/externalLinks/" in name for name in names):
        notes.append("The workbook links to other workbooks. The links were not followed.")
    return notes


@dataclass
class _Outline:
    """What `workbook.xml` says: sheets in order, and where its calendar begins."""

    sheets: list[tuple[str, str, bool]]
    is_1904: bool = False


def _outline(archive: zipfile.ZipFile, part: str) -> _Outline:
    outline = _Outline([])

    def start(tag: str, attributes: dict[str, str]) -> None:
        match xml.local(tag):
            case "sheet":
                relation = next((v for k, v in attributes.items() if xml.local(k) == "id"), "")
                hidden = attributes.get("state", "visible") != "visible"
                outline.sheets.append((attributes.get("name", ""), relation, hidden))
            case "workbookPr":
                outline.is_1904 = attributes.get("date1904", "0") in ("1", "true")

    xml.parse(read_part(archive, part), part, start=start, end=_ignore, text=_ignore)
    return outline


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """id → (last word of the relation's type, target)."""
    relations: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if xml.local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    if part in archive.namelist():
        xml.parse(read_part(archive, part), part, start=start, end=_ignore, text=_ignore)
    return relations


def _target(archive: zipfile.ZipFile, part: str, wanted: str, folder: str) -> str:
    for kind, target in _relations(archive, part).values():
        if kind == wanted:
            return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
    return ""


def _shared_strings(archive: zipfile.ZipFile, part: str, names: set[str]) -> list[str]:
    part = part.lstrip("/")
    if part not in names:
        return []
    strings: list[str] = []
    runs = TextRuns()

    def start(tag: str, attributes: dict[str, str]) -> None:
        runs.start(xml.local(tag))

    def end(tag: str) -> None:
        name = xml.local(tag)
        runs.end(name)
        if name == "si":
            strings.append(runs.take())

    xml.parse(read_part(archive, part), part, start=start, end=end, text=runs.text)
    return strings


def _formats(archive: zipfile.ZipFile, part: str, names: set[str]) -> list[str | None]:
    """For each cell style whether it shows a date, time, datetime, duration or percentage (or
    none), or to how many digits it fills with zeros: 000000.
    """
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - slow to load

    part = part.lstrip("/")
    if part not in names:
        return []
    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    styles: list[str | None] = []
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = xml.local(tag)
        if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            number = attributes.get("numFmtId", "0")
            code = codes.get(int(number) if number.isdecimal() else 0, "General")
            styles.append(_shown_as(code))
        inside.append(name)

    def end(tag: str) -> None:
        inside.pop()

    xml.parse(read_part(archive, part), part, start=start, end=end, text=_ignore)
    return styles


def _shown_as(code: str) -> str | None:
    if code.casefold() in ("general", "standard", "@"):  # the d of Standard is no day
        return None
    from openpyxl.styles.numbers import (  # noqa: PLC0415 - as above
        is_datetime,
        is_timedelta_format,
    )

    if is_timedelta_format(code):
        return "duration"
    if "%" in QUOTED.sub("", code):
        return "percent"
    return code if ZEROS.fullmatch(code) else is_datetime(code)


def _ignore(*_: object) -> None:
    """This event says nothing that is needed."""
