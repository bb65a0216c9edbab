"""Files as plants bring them, good and bad, made on the spot."""

import io
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

from openpyxl import Workbook

Table = Sequence[Sequence[Any]]


def workbook(sheets: Mapping[str, Table]) -> bytes:
    """A workbook with these sheets, as openpyxl writes it: text beginning with = is a formula."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if not sheets:
        book.create_sheet("Sheet1")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_spoilt_bytes(content: bytes, chance: random.Random) -> bytes:
    """One to eight bytes changed, and now and then cut off."""
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    del spoilt[chance.randrange(len(spoilt)) if chance.random() < 0.2 else len(spoilt) :]
    return bytes(spoilt)


def with_text(content: bytes, cells: Mapping[tuple[str, str], str]) -> bytes:
    """The workbook with these cells as text, whatever they begin with: (sheet, A2) → text."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    for (sheet, place), text in cells.items():
        book[sheet][place] = text
        book[sheet][place].data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def rezipped(
    content: bytes,
    *,
    replace: Mapping[str, bytes] | None = None,
    add: Iterable[tuple[str, bytes]] = (),
) -> bytes:
    """The same zip with parts replaced and added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, (replace or {}).get(name, old.read(name)))
        for name, part in add:
            new.writestr(name, part)
    return target.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def bomb(content: bytes) -> bytes:
    """The workbook with 300 MB of nothing in one part that packs to 300 kB."""
    return rezipped(content, add=[("xl/worksheets/sheet99.xml", b" " * 300_000_000)])


def web_archive(*pages: MIMEText) -> bytes:
    whole = MIMEMultipart("related")
    for page in pages:
        whole.attach(page)
    return whole.as_bytes()
