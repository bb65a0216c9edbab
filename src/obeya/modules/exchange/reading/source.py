"""Any file that a plant may bring, as a book of cells."""

import re
import zipfile
from pathlib import Path, PurePosixPath

from obeya.modules.exchange.reading.archive import (
    LIMITS,
    MEGABYTE,
    Limits,
    open_archive,
    read_part,
)
from obeya.modules.exchange.reading.book import Book
from obeya.modules.exchange.reading.delimited import read_delimited
from obeya.modules.exchange.reading.markup import read_page
from obeya.modules.exchange.reading.spreadsheet import read_workbook
from obeya.modules.exchange.reading.web_archive import read_web_archive
from obeya.modules.exchange.reading.xml_table import is_xml_table, read_xml_table
from obeya.modules.exchange.refusals import FileRefused

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLDER_EXCEL = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
TEXT_TABLES = (".csv", ".tsv", ".txt")
#: what programs call a list that is text or a page: its name says little, its content all
SAID_ANYHOW = (*TEXT_TABLES, ".xls", ".dat", ".asc", ".lst")
DOCUMENTS = {
    b"%PDF": "PDF",
    b"{\\rtf": "text document",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
}
PAGE = re.compile(rb"\s*<(!doctype html|html|head|table|meta|style|body|!--)", re.IGNORECASE)
ARCHIVED = re.compile(
    rb"^(mime-version|content-type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def read_book(path: Path, limits: Limits = LIMITS) -> Book:
    """The cells of a workbook, a CSV file, a folder of CSV files or a zip of them."""
    if path.is_dir():
        return _read_folder(path, limits)
    return read_content(path.name, _content(path, limits.file_bytes), limits)


def read_content(name: str, content: bytes, limits: Limits = LIMITS) -> Book:
    """The same for a file that arrived as bytes, as by upload."""
    if len(content) > limits.file_bytes:
        raise _too_big(name, len(content), limits.file_bytes)
    if not content.strip():
        raise FileRefused(f"{name} is empty. Fill it, or begin with `obeya template`.")
    suffix = PurePosixPath(name).suffix.lower()
    _refuse_others(name, suffix, content)
    stem = PurePosixPath(name).stem
    if content.startswith(b"PK\x03\x04") or suffix in (".xlsx", ".xlsm", ".zip"):
        return _read_archive(name, content, limits)
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"")
    if is_xml_table(content):
        return read_xml_table(stem, content, limits)
    if PAGE.match(head) or (head.lstrip().startswith(b"<") and b"<html" in head.lower()):
        return read_page(stem, content, limits)
    if ARCHIVED.search(head) and b"multipart/" in head.lower():
        return read_web_archive(stem, content, limits)
    if suffix in SAID_ANYHOW:
        return _read_tables([(stem, content)], limits)
    raise FileRefused(
        f"{name} is neither an Excel workbook (.xlsx) nor a CSV file, nor a zip of CSV files. "
        "Save it as one of these, or say which program it comes from."
    )


def _refuse_others(name: str, suffix: str, content: bytes) -> None:
    """What no list is, and what only Excel can open, with the way out."""
    if content.startswith(OLD_EXCEL) or (suffix == ".xls" and content.startswith(OLDER_EXCEL)):
        raise FileRefused(
            f"{name} is protected by a password, or in Excel's old format .xls. "
            "Remove the password and save it as “Excel Workbook (.xlsx)”."
        )
    kind = next((said for sign, said in DOCUMENTS.items() if content.startswith(sign)), "")
    if kind and suffix not in (".xlsx", ".xlsm", ".zip"):
        raise FileRefused(
            f"{name} is a {kind}, not a list. Export the list as a spreadsheet (.xlsx) or CSV file."
        )


def _read_archive(name: str, content: bytes, limits: Limits) -> Book:
    with open_archive(content, limits) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names:
            return read_workbook(archive, limits)
        if "mimetype" in names and read_part(archive, "mimetype").startswith(OPEN_DOCUMENT):
            raise FileRefused(
                f"{name} is an OpenDocument file (.ods), which is not read. Open it and save it "
                "as “Excel 2007-365 (.xlsx)”."
            )
        return _read_zip(name, archive, limits)


def _read_folder(folder: Path, limits: Limits) -> Book:
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in TEXT_TABLES)
    if not files:
        raise FileRefused(f"The folder {folder.name} holds no CSV file.")
    size = sum(path.stat().st_size for path in files)
    if size > limits.unpacked_bytes:
        raise _too_big(folder.name, size, limits.unpacked_bytes)
    return _read_tables(
        [(path.stem, _content(path, limits.unpacked_bytes)) for path in files], limits
    )


def _read_zip(name: str, archive: zipfile.ZipFile, limits: Limits) -> Book:
    tables = [
        part
        for part in archive.namelist()
        if PurePosixPath(part).suffix.lower() in TEXT_TABLES
        and not PurePosixPath(part).name.startswith(".")
        and not part.startswith("__MACOSX/")
    ]
    if not tables:
        raise FileRefused(
            f"{name} holds neither a workbook nor CSV files. Save the list as .xlsx or CSV."
        )
    stems = [PurePosixPath(part).stem for part in tables]
    if doubled := {stem for stem in stems if stems.count(stem) > 1}:
        raise FileRefused(f"{name} holds {sorted(doubled)[0]} twice. Keep one of them.")
    contents = [read_part(archive, part) for part in tables]
    return _read_tables(list(zip(stems, contents, strict=True)), limits)


def _read_tables(tables: list[tuple[str, bytes]], limits: Limits) -> Book:
    book = Book([])
    for name, content in tables:
        sheet, notes = read_delimited(name, content, limits)
        book.sheets.append(sheet)
        book.notes.extend(notes)
    return book


def _content(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            raise _too_big(path.name, size, limit)
        return path.read_bytes()
    except FileNotFoundError:
        raise FileRefused(f"There is no file {path.name}. Look at its name and folder.") from None
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be read: {error.strerror}.") from error


def _too_big(name: str, size: int, limit: int) -> FileRefused:
    return FileRefused(
        f"{name} has {size / MEGABYTE:,.1f} MB; at most {limit / MEGABYTE:,.0f} MB are read. "
        "Split it, or delete pictures and unused sheets."
    )
