"""Lists as text, with tabs, frames or commas, whatever the ending of the file says."""

from decimal import Decimal

import pytest

from obeya.modules.exchange.foreign.converting import convert, tables_in
from obeya.modules.exchange.foreign.guessing import guess
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.tests.tables import faults_of, rows_of

UNCONVERTED = """\
26.11.2026                      Dynamische Listenausgabe                             1
--------------------------------------------------------------------------------------
Werk 1000, Lagerort 0001, Stand heute
--------------------------------------------------------------------------------------
|Material  |Materialkurztext      |Werk|LOrt|    Frei verwendbar|BME|Charge|
|-------------------------------------------------------------------------------------|
|4711      |Rohr 1/2" x 3         |1000|0001|          1.234,500 |KG |C1    |
|4712      |"Spezial" Blech       |1000|0001|             12,000-|ST |      |
--------------------------------------------------------------------------------------
27.11.2026                      Dynamische Listenausgabe                             2
--------------------------------------------------------------------------------------
|Material  |Materialkurztext      |Werk|LOrt|    Frei verwendbar|BME|Charge|
|-------------------------------------------------------------------------------------|
|0815      |Mutter                |1000|0002|         10.000,000 |ST |      |
|*         |                      |    |    |         11.222,500 |   |      |
--------------------------------------------------------------------------------------
"""

TABBED = (
    "26.11.2026\tDynamische Listenausgabe\t1\r\n\r\n"
    "\tMaterial\tMaterialkurztext\tLOrt\t Frei verwendbar\tBME\r\n\r\n"
    '\t4711\t"Spezial" Röhre\t0001\t      1.234,500 \tKG\r\n'
    '\t4712\tRohr 1/2"\t0001\t          5,000-\tST\r\n'
    "27.11.2026\tDynamische Listenausgabe\t2\r\n\r\n"
    "\tMaterial\tMaterialkurztext\tLOrt\t Frei verwendbar\tBME\r\n"
    "\t0815\tMutter\t0002\t         10,000 \tST\r\n"
)


def read(name: str, content: bytes):
    """The file as if every guess were believed."""
    book = read_content(name, content)
    return understand(convert(book, [each.mapping for each in guess(tables_in(book))]))


def stock(file):
    return [(r["material"], r["location"], r["quantity"]) for r in rows_of(file, "Stock")]


def test_a_list_that_sap_saves_unconverted_is_read_without_its_frame_and_its_page_headings():
    file = read("mb52.txt", UNCONVERTED.encode("cp1252"))
    assert stock(file) == [
        ("4711", "0001", Decimal("1234.5")),
        ("4712", "0001", Decimal(-12)),
        ("0815", "0002", Decimal(10000)),
    ]
    assert faults_of(file) == []
    assert [row["name"] for row in rows_of(file, "Materials")] == [
        'Rohr 1/2" x 3', '"Spezial" Blech', "Mutter",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mb52.xls", TABBED.encode("cp1252")),
        ("mb52.XLS", TABBED.encode("latin-1")),
        ("mb52.xls", b"\xff\xfe" + TABBED.encode("utf-16-le")),
        ("mb52.xls", TABBED.encode("utf-16-le")),
        ("mb52.dat", b"\xef\xbb\xbf" + TABBED.encode()),
        ("mb52.txt", TABBED.encode()),
    ],
)
def test_text_with_tabs_that_sap_calls_xls_is_read_in_any_encoding(name, content):
    file = read(name, content)
    assert stock(file) == [
        ("4711", "0001", Decimal("1234.5")),
        ("4712", "0001", Decimal(-5)),
        ("0815", "0002", Decimal(10)),
    ]
    assert faults_of(file) == []
    assert [row["name"] for row in rows_of(file, "Materials")] == [
        '"Spezial" Röhre', 'Rohr 1/2"', "Mutter",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\r\ncode;name\r\nA;x,y\r\n", {2: ["code", "name"], 3: ["A", "x,y"]}),
        ("sep=|\ncode|name\nA|x;y\n", {2: ["code", "name"], 3: ["A", "x;y"]}),
        ('code;name\n="0012";"=""007"""\n', {1: ["code", "name"], 2: ["0012", "007"]}),
        ('code,name\n"A","two\nlines"\n', {1: ["code", "name"], 2: ["A", "two\nlines"]}),
        (
            "Plant 1000, storage 1, as of today\ncode;qty;cost\nA;1,5;2,5\nB;2,5;3,5\n",
            {
                1: ["Plant 1000, storage 1, as of today"],
                2: ["code", "qty", "cost"],
                3: ["A", "1,5", "2,5"],
                4: ["B", "2,5", "3,5"],
            },
        ),
        ("code\tqty\tcost\nA\t1,5\t2,5\n", {1: ["code", "qty", "cost"], 2: ["A", "1,5", "2,5"]}),
        ("code;qty\n-----;---\nA;1\n", {1: ["code", "qty"], 3: ["A", "1"]}),
    ],
)
def test_a_csv_file_says_in_many_ways_where_its_cells_end(text, rows):
    [sheet] = read_content("list.csv", text.encode()).sheets
    assert {number: list(row.values()) for number, row in sheet.rows.items()} == rows
