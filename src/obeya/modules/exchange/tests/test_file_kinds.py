"""What a file is goes by its content, not by its name; what cannot be read is refused with the
way out.
"""

from datetime import date, datetime
from decimal import Decimal
from email.mime.text import MIMEText

import pytest

from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.tests import files

BINARY = files.zip_of(
    {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b'<Relationships xmlns="x"><Relationship Id="r1" Type="http://x/officeDocument"'
        b' Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": b"\x83\x01\x00",
    }
)

OPEN_DOCUMENT = files.zip_of(
    {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
)


@pytest.mark.parametrize(
    ("name", "content", "said", "remedy"),
    [
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old format .xls", ".xlsx"),
        ("list.xls", b"\x09\x08\x10\x00\x00\x05", "old format .xls", ".xlsx"),
        ("list.xlsb", BINARY, "binary workbook", ".xlsx"),
        ("list.ods", OPEN_DOCUMENT, "OpenDocument", ".xlsx"),
        ("list.xls", b"%PDF-1.7 x", "is a PDF", ".xlsx"),
        ("list.csv", b"%PDF-1.7 x", "is a PDF", "CSV"),
        ("list.txt", b"{\\rtf1 x}", "is a text document", "CSV"),
        ("list.xls", b"<html><body>Please log in</body></html>", "without a table", "CSV"),
        ("list.csv", b"<!DOCTYPE html><p>Session expired", "without a table", "CSV"),
        ("list.mht", files.web_archive(MIMEText("<p>x", "html")), "without a table", ".xlsx"),
        ("list.numbers", files.zip_of({"Index/Document.iwa": b"x"}), "neither a workbook", "CSV"),
        ("list.xls", bytes(range(256)), "no text file", "CSV"),
        ("list.xml", b"<orders><order/></orders>", "neither an Excel workbook", "CSV"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(name, content, said, remedy):
    with pytest.raises(FileRefused, match=said) as refused:
        read_content(name, content)
    assert remedy in str(refused.value)


def test_a_workbook_is_known_by_what_it_is_not_by_its_name():
    content = files.workbook({"Materials": [["code"], ["M1"]]})
    for name in ("list.xls", "list.csv", "list"):
        assert read_content(name, content).sheets[0].rows == {1: {0: "code"}, 2: {0: "M1"}}


def test_dates_written_as_text_standard_numbers_and_hidden_rows_of_a_workbook():
    content = files.workbook({"S": [["x"], ["y"], [1], [2]]})
    part = files.part(content, "xl/worksheets/sheet1.xml")
    body = (
        b'<row><c t="d"><v>2026-12-01T00:00:00</v></c><c t="d"><v>2026-12-01T06:30:00</v></c>'
        b'<c s="1"><v>5</v></c></row><row hidden="1"><c t="inlineStr"><is><r><t>a</t></r><r><t>b'
        b"</t></r></is></c></row></sheetData>"
    )
    head, _, tail = part.partition(b"<sheetData>")
    sheet = head + b"<sheetData>" + body + tail.partition(b"</sheetData>")[2]
    styles = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
        b'<numFmt numFmtId="170" formatCode="Standard"/></numFmts><cellXfs><xf numFmtId="0"/>'
        b'<xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    replaced = {"xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": styles}
    book = read_content("list.xlsx", files.rezipped(content, replace=replaced))
    assert book.sheets[0].rows == {
        1: {0: date(2026, 12, 1), 1: datetime(2026, 12, 1, 6, 30), 2: Decimal(5)},
        2: {0: "ab"},
    }
    assert book.notes == [
        "Sheet S: 1 row(s) are hidden, by a filter or by hand; they were read like the others."
    ]
