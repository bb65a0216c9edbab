from datetime import date, datetime, time
from decimal import Decimal

import pytest

from obeya.modules.engineering.rows import BomRow, MaterialRow, OperationRow
from obeya.modules.exchange.reading.archive import LIMITS, Limits
from obeya.modules.exchange.reading.book import BrokenCell, Sheet
from obeya.modules.exchange.reading.source import read_book, read_content
from obeya.modules.exchange.reading.typed import read_rows
from obeya.modules.exchange.refusals import Fault, FileRefused
from obeya.modules.exchange.tests import files
from obeya.modules.orders.rows import DemandRow

SMALL = files.workbook({"Materials": [["code", "name"], ["M1", "Bolt"]]})


def cells(content: bytes, name: str = "plant.xlsx"):
    return read_content(name, content).sheets[0].rows


def test_every_kind_of_cell_comes_as_what_excel_shows():
    content = files.workbook(
        {
            "S": [
                ["0010", 10, 1.5, 0.1 + 0.2, True, None, "  "],
                [date(2026, 1, 2), datetime(2026, 1, 2), datetime(2026, 1, 2, 13, 30), time(6, 0)],
            ]
        }
    )
    assert cells(content) == {
        1: {0: "0010", 1: Decimal(10), 2: Decimal("1.5"), 3: Decimal("0.3"), 4: True},
        2: {
            0: date(2026, 1, 2),
            1: datetime(2026, 1, 2),
            2: datetime(2026, 1, 2, 13, 30),
            3: time(6),
        },
    }


def test_an_error_cell_and_a_formula_without_a_value_are_not_taken_for_empty():
    first = cells(files.workbook({"S": [["#N/A", "=1+1"]]}))[1]
    assert first[0] == BrokenCell("#N/A", "Correct the formula, or type the value.")
    assert isinstance(first[1], BrokenCell)
    assert first[1].text == "formula without a value"


def test_one_stray_cell_far_away_fills_no_memory():
    content = files.workbook({"S": [["x"]]})
    sheet = files.part(content, "xl/worksheets/sheet1.xml")
    far = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(FileRefused, match="row 1048576: there is a value in column XFD"):
        cells(files.rezipped(content, replace={"xl/worksheets/sheet1.xml": far}))
    near = far.replace(b"XFD1048576", b"A1048576")
    rows = cells(files.rezipped(content, replace={"xl/worksheets/sheet1.xml": near}))
    assert rows == {1: {0: "x"}, 1_048_576: {0: Decimal(1)}}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (SMALL[: len(SMALL) // 2], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "protected by a password, or in Excel's old"),
        (b"%PDF-1.7", "damaged"),
        (files.zip_of({"a.txt.exe": b"x"}), "neither a workbook nor CSV"),
        (files.zip_of({"inner.zip": SMALL}), "another packed file"),
        (files.zip_of({"Materials.csv": SMALL}), "another packed file"),
        (files.zip_of({f"{n}.csv": b"code" for n in range(2_001)}), "more than 2,000"),
        (files.bomb(SMALL), "zip bomb"),
    ],
)
def test_a_file_that_is_not_safe_or_not_whole_is_refused_with_a_remedy(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read_content("plant.xlsx", content)


def test_many_parts_that_are_each_within_limits_are_too_much_together():
    parts = {f"{n}.csv": b"a,b\n" * 1000 for n in range(20)}
    with pytest.raises(FileRefused, match="Unpacked the file would take"):
        read_content("p.zip", files.zip_of(parts), Limits(unpacked_bytes=50_000))
    with pytest.raises(FileRefused, match="at most"):
        read_content("p.zip", files.zip_of(parts), Limits(file_bytes=100))


def test_a_part_whose_declared_size_is_a_lie_is_not_unpacked_further():
    content = bytearray(files.zip_of({"Materials.csv": b"code\n" + b"A" * 100_000 + b"\n"}))
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")  # unpacked size
    with pytest.raises(FileRefused, match="damaged"):
        read_content("plant.zip", bytes(content))


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>',
        b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE w SYSTEM "http://example.invalid/evil.dtd">',
    ],
)
@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
def test_xml_entities_are_never_declared(prolog, name):
    evil = b'<?xml version="1.0"?>' + prolog + files.part(SMALL, name).partition(b"?>")[2]
    with pytest.raises(FileRefused, match="declares XML entities"):
        read_content("plant.xlsx", files.rezipped(SMALL, replace={name: evil}))


def test_macros_and_links_are_left_aside_with_a_note():
    content = files.rezipped(
        SMALL,
        add=[("xl/vbaProject.bin", b"macro"), ("xl/externalLinks/externalLink1.xml", b"<x/>")],
    )
    book = read_content("plant.xlsm", content)
    assert book.notes == [
        "The workbook holds macros. They were neither run nor kept.",
        "The workbook links to other workbooks. The links were not followed.",
    ]
    assert book.sheets[0].rows[2] == {0: "M1", 1: "Bolt"}


def test_a_protected_zip_is_refused():
    content = bytearray(SMALL)
    directory = content.find(b"PK\x01\x02")
    content[directory + 8] |= 1
    with pytest.raises(FileRefused, match="password"):
        read_content("plant.xlsx", bytes(content))


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("code;cost\nÄ1;1,5\n".encode(), {1: {0: "code", 1: "cost"}, 2: {0: "Ä1", 1: "1,5"}}),
        ("code,cost\nÄ1,1.5\n".encode("cp1252"),
         {1: {0: "code", 1: "cost"}, 2: {0: "Ä1", 1: "1.5"}}),
        ("code\tcost\n\nÄ1\t\n".encode("utf-16"), {1: {0: "code", 1: "cost"}, 3: {0: "Ä1"}}),
        (b'\xef\xbb\xbf"a;b",c\n1,2\n', {1: {0: "a;b", 1: "c"}, 2: {0: "1", 1: "2"}}),
    ],
)  # fmt: skip
def test_encoding_and_delimiter_of_a_csv_file_are_found_out(content, rows):
    assert cells(content, "Materials.csv") == rows


def test_a_folder_and_a_zip_of_csv_files_are_one_book(tmp_path):
    (tmp_path / "Materials.csv").write_text("code\nM1\n", "utf-8")
    (tmp_path / "BOM.csv").write_text("material\n", "utf-8")
    (tmp_path / "readme.md").write_text("no sheet", "utf-8")
    assert [sheet.name for sheet in read_book(tmp_path).sheets] == ["BOM", "Materials"]
    zipped = files.zip_of({"x/Materials.csv": b"code\nM1\n", "__MACOSX/._Materials.csv": b"\0"})
    assert [sheet.name for sheet in read_content("p.zip", zipped).sheets] == ["Materials"]


def test_a_csv_file_with_an_open_quote_is_refused():
    with pytest.raises(FileRefused, match=r"damaged after row 1.*quotation mark"):
        read_content("Materials.csv", b'code\n"M1\nM2\n')


def test_rows_are_typed_by_the_rooms_dataclass_whatever_the_headers_case():
    sheet = Sheet(
        "Operations",
        {
            3: {0: "Material", 1: "NUMBER", 2: "Setup [h]", 3: "run s", 4: "predecessors"},
            5: {0: "0010", 1: Decimal(20), 2: Decimal("0.5"), 3: "1:30", 4: "10, 15"},
        },
    )
    typed = read_rows(sheet, OperationRow)
    assert typed.faults == []
    [row] = typed.rows
    assert row.number == 5
    assert row.given == {
        "material": "0010",
        "number": 20,
        "setup_min": Decimal(30),
        "run_s": Decimal(5400),
        "predecessors": ("10", "15"),
    }


def test_languages_and_custom_fields_have_columns_of_their_own():
    sheet = Sheet(
        "Materials",
        {1: {0: "code", 1: "name_de", 2: "extra.colour"}, 2: {0: "M1", 1: "Schraube", 2: "red"}},
    )
    [row] = read_rows(sheet, MaterialRow).rows
    assert row.given == {
        "code": "M1",
        "translations": {"de": "Schraube"},
        "extra": {"colour": "red"},
    }


def test_a_bare_due_date_is_the_end_of_that_day():
    sheet = Sheet(
        "Demand",
        {
            1: {0: "code", 1: "material", 2: "quantity", 3: "due_at"},
            2: {0: "D1", 1: "M1", 2: Decimal(5), 3: date(2026, 12, 1)},
            3: {0: "D2", 1: "M1", 2: Decimal(5), 3: "2026-12-01 06:00"},
        },
    )
    due = [row.given["due_at"] for row in read_rows(sheet, DemandRow).rows]
    assert due == [datetime(2026, 12, 1, 23, 59), datetime(2026, 12, 1, 6, 0)]


def test_all_faults_of_a_sheet_are_told_at_once_with_place_rule_and_remedy():
    sheet = Sheet(
        "BOM",
        {
            1: {0: "material", 1: "component", 2: "quantity_per", 3: "prioritty", 4: "# mine"},
            2: {0: "A", 1: "B", 2: "two"},
            3: {0: "A", 2: Decimal(1)},
            4: {0: "=A", 1: "C", 2: Decimal(1)},
        },
    )
    typed = read_rows(sheet, BomRow)
    assert typed.rows == []
    assert typed.notes == ["Sheet BOM: column # mine was not read."]
    assert typed.faults == [
        Fault("BOM", 1, "D", "prioritty", "the sheet has no such column",
              "Did you mean priority? Begin its header with # to keep it for yourself."),
        Fault("BOM", 2, "quantity_per", "two", "is text where a number is expected",
              "Type a number, without a unit."),
        Fault("BOM", 3, "component", "", "is empty",
              "Fill it in: code of what goes in (or falls out)."),
        Fault("BOM", 4, "material", "=A",
              "begins with “=”, which a spreadsheet would run as a formula",
              "Begin it with a letter or digit, or put an apostrophe before it."),
    ]  # fmt: skip


def test_a_missing_column_is_told_once_not_in_every_row():
    sheet = Sheet("BOM", {1: {0: "material", 1: "quantity_per"}, 2: {0: "A", 1: Decimal(1)}})
    [fault] = read_rows(sheet, BomRow).faults
    assert (fault.column, fault.rule) == ("component", "the column is missing")


def test_an_empty_sheet_is_refused_and_one_with_only_a_header_is_not():
    [fault] = read_rows(Sheet("BOM", {}), BomRow).faults
    assert fault.rule == "the sheet is empty: not even a header"
    header = dict(enumerate(["material", "component", "quantity_per"]))
    typed = read_rows(Sheet("BOM", {1: header}), BomRow)
    assert (typed.faults, typed.rows) == ([], [])


def test_the_limits_leave_room_for_a_very_large_plant():
    assert LIMITS.cells >= 10_000_000
    assert LIMITS.unpacked_bytes // 50 >= 12_000_000


def test_no_truncated_workbook_crashes_the_reader():
    for length in range(0, len(SMALL), 97):
        with pytest.raises(FileRefused):
            read_content("plant.xlsx", SMALL[:length])


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Stock list\n\nMaterial;Bestand;ME\nA;1,5;KG\n", ["Material", "Bestand", "ME"]),
        ("As of 26 November, 14:00\nMaterial;Bestand;ME\n", ["Material", "Bestand", "ME"]),
        ("Material: 4711\nDatum;Menge\n", ["Datum", "Menge"]),
    ],
)
def test_titles_above_a_table_do_not_hide_its_delimiter(text, cells):
    [sheet] = read_content("list.csv", text.encode()).sheets
    rows = [list(row.values()) for row in sheet.rows.values()]
    assert cells in rows
