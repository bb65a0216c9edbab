"""MHTML: a page and its parts in one file, as SAP and Excel save a list "as a web archive"."""

import email
from dataclasses import replace
from email.message import Message

from obeya.modules.exchange.reading.archive import Limits
from obeya.modules.exchange.reading.book import Book, SheetNames
from obeya.modules.exchange.reading.markup import KNOWN, read_page
from obeya.modules.exchange.reading.xml_table import is_xml_table, read_xml_table
from obeya.modules.exchange.refusals import FileRefused

PAGES = ("text/html", "application/xhtml+xml")
MOST_PARTS = 500


def read_web_archive(name: str, content: bytes, limits: Limits) -> Book:
    """The tables of all its pages; a page without one (a frame, a list of styles) is left."""
    try:
        message = email.message_from_bytes(content)
    except RecursionError:
        raise FileRefused(f"{name} is nested too deeply. Save it as .xlsx.") from None
    book, names = Book([]), SheetNames()
    for at, part in enumerate(message.walk()):
        if at > MOST_PARTS:
            raise FileRefused(f"{name} has more than {MOST_PARTS} parts. Save it as .xlsx.")
        body = _body(part)
        if not body:
            continue
        called = name if not book.sheets else f"{name} {len(book.sheets) + 1}"
        if is_xml_table(body):
            found = read_xml_table(called, body, limits)
        elif part.get_content_type() in PAGES and b"<table" in body.lower():
            try:
                found = read_page(called, body, limits)
            except FileRefused:
                continue
        else:
            continue
        book.sheets.extend(replace(each, name=names.unlike(each.name)) for each in found.sheets)
        book.notes.extend(found.notes)
    if not book.sheets:
        raise FileRefused(
            f"{name} is a web archive without a table. Open it in Excel and save it as .xlsx."
        )
    return book


def _body(part: Message) -> bytes:
    """The bytes of one part; its pages say their own encoding, else as the archive says."""
    if part.is_multipart():
        return b""
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return b""
    charset = part.get_content_charset()
    if (
        charset
        and KNOWN.fullmatch(charset.encode("ascii", "replace"))
        and b"charset=" not in body[:4096].lower()
    ):
        try:
            return body.decode(charset).encode()
        except (LookupError, ValueError):
            return body
    return body
