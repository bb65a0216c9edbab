"""Any file that a plant may bring, as a book of cells."""

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
from obeya.modules.exchange.reading.spreadsheet import read_workbook
from obeya.modules.exchange.refusals import FileRefused

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_TABLES = (".csv", ".tsv", ".txt")


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
    if content.startswith(OLD_EXCEL):
        raise FileRefused(
            f"{name} is protected by a password, or in Excel's old format .xls. "
            "Remove the password and save it as “Excel Workbook (.xlsx)”."
        )
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in TEXT_TABLES:
        return _read_tables([(PurePosixPath(name).stem, content)], limits)
    if content.startswith(b"PK") or suffix in (".xlsx", ".xlsm", ".zip"):
        with open_archive(content, limits) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return read_workbook(archive, limits)
            return _read_zip(name, archive, limits)
    raise FileRefused(
        f"{name} is neither an Excel workbook (.xlsx) nor a CSV file, nor a zip of CSV files. "
        "Save it as one of these, or say which program it comes from."
    )


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
        raise FileRefused(f"{name} holds neither a workbook nor CSV files.")
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
