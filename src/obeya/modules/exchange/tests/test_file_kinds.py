"""What programs give out under the name of a list: text, pages and old workbooks, whatever the
file's ending says. Each is made here as the program writes it.
"""

from datetime import date, datetime, time
from decimal import Decimal
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from obeya.modules.exchange.foreign.converting import convert, tables_in
from obeya.modules.exchange.foreign.guessing import guess
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.tests import files
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


PAGE = """\
<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<style>td {{ color: red }}</style></head><body>
<table><tr><td>Lagerliste</td></tr></table>
<table border=1>
<tr><th rowspan=2>Material<th rowspan=2>Lagerort<th colspan=2>Bestand</tr>
<tr><th>frei verwendbar<th>gesperrt</tr>
<tr><td x:str>0012<td>0001<td x:num="1234.5">1.234,50<td>0,00</tr>
<tr><td>R&ouml;hre&nbsp;7<br>lang<td>0002<td>5,00<td>1,25</tr>
</table><script>var x = "<table><tr><td>no</td></tr></table>"</script></body></html>"""


@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "utf-16"])
def test_a_page_that_is_called_xls_is_read_by_its_table(charset):
    book = read_content("list.xls", PAGE.format(charset=charset).encode(charset))
    [sheet] = book.sheets
    assert sheet.rows == {
        1: {0: "Material", 1: "Lagerort", 2: "Bestand"},
        2: {2: "frei verwendbar", 3: "gesperrt"},
        3: {0: "0012", 1: "0001", 2: Decimal("1234.5"), 3: "0,00"},
        4: {0: "Röhre 7 lang", 1: "0002", 2: "5,00", 3: "1,25"},
    }


def test_a_page_in_rows_of_which_nobody_closes_a_cell_or_one_lies_in_another():
    text = "<table><tr><td>code<td>name<tr><td>A<td><table><tr><td>a<td>b<tr><td>c<td>d</table>x"
    sheets = read_content("list.htm", text.encode()).sheets
    assert [sheet.rows for sheet in sheets] == [
        {1: {0: "code", 1: "name"}, 2: {0: "A"}},
        {1: {0: "a", 1: "b"}, 2: {0: "c", 1: "d"}},
    ]


def archive(*pages: MIMEText) -> bytes:
    whole = MIMEMultipart("related")
    for page in pages:
        whole.attach(page)
    return whole.as_bytes()


@pytest.mark.parametrize("name", ["list.mhtml", "list.mht", "list.xls"])
def test_a_web_archive_of_sap_or_excel_is_read_by_its_pages(name):
    frame = MIMEText("<html><frameset><frame src=sheet001.htm></frameset></html>", "html", "utf-8")
    page = MIMEText(PAGE.format(charset="windows-1252"), "html", "windows-1252")
    [sheet] = read_content(name, archive(frame, page)).sheets
    assert sheet.rows[3] == {0: "0012", 1: "0001", 2: Decimal("1234.5"), 3: "0,00"}
    assert sheet.rows[4][0] == "Röhre 7 lang"


XML = """\
<?xml version="1.0"{encoding}?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="z"><NumberFormat ss:Format="000000"/></Style></Styles>
<Worksheet ss:Name="Bestand"><Table>
<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">Artikel</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="String">Menge</Data></Cell>
<Cell><Data ss:Type="String">Wann</Data></Cell></Row>
<Row><Cell ss:Index="2" ss:StyleID="z"><Data ss:Type="Number">4711</Data></Cell>
<Cell ss:Formula="=1+1"><Data ss:Type="Number">1234.5</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="DateTime">2026-12-01T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">1899-12-31T06:30:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-12-01T14:00:00.000</Data></Cell></Row>
<Row><Cell ss:Index="2"><ss:Data ss:Type="String"><html:B>R</html:B>öhre</ss:Data></Cell>
<Cell ss:StyleID="p"><Data ss:Type="Number">0.025</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["", "utf-8", "windows-1252", "utf-16"])
def test_excels_xml_of_2003_is_a_workbook(encoding):
    said = f' encoding="{encoding}"' if encoding else ""
    book = read_content("list.xls", XML.format(encoding=said).encode(encoding or "utf-8"))
    [sheet] = book.sheets
    assert sheet.name == "Bestand"
    assert sheet.rows[3] == {1: "Artikel", 2: "Menge", 4: "Wann"}
    assert sheet.rows[4] == {
        1: "004711", 2: Decimal("1234.5"), 4: date(2026, 12, 1), 5: time(6, 30),
        6: datetime(2026, 12, 1, 14),
    }  # fmt: skip
    assert (sheet.rows[5][1], sheet.rows[5][2], sheet.rows[5][3]) == ("Röhre", "2.5 %", True)
    assert sheet.rows[5][4].text == "#N/A"
    assert book.notes == [
        "Sheet Bestand: 1 formula cell(s); the values that Excel last calculated were taken."
    ]


def test_excels_xml_may_not_declare_entities():
    evil = XML.format(encoding="").replace("<?mso", '<!DOCTYPE x [<!ENTITY a "b">]><?mso')
    with pytest.raises(FileRefused, match="declares XML entities"):
        read_content("list.xls", evil.encode())


def test_excels_xml_that_counts_back_is_refused_not_read_in_half():
    for good, bad in (('ss:Index="5"', 'ss:Index="2"'), ('ss:Index="3"', 'ss:Index="0"')):
        with pytest.raises(FileRefused, match=r"damaged: in sheet Bestand.*save it again as .xlsx"):
            read_content("list.xls", XML.format(encoding="").replace(good, bad).encode())


def workbook_of(*names: str) -> str:
    """A sheet of each name, in which stands where it was."""
    row = '<Row><Cell><Data ss:Type="String">row of {}</Data></Cell></Row>'
    sheets = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{row.format(at)}</Table></Worksheet>'
        for at, name in enumerate(names)
    )
    head, rest = XML.format(encoding="").split("<Worksheet", 1)
    return head + sheets + rest.split("</Worksheet>")[1]


@pytest.mark.parametrize(
    ("called", "named"),
    [
        (("A 3", "A", "A"), ["A 3", "A", "A 2"]),
        (("A 2", "A", "A", "A"), ["A 2", "A", "A 3", "A 4"]),
        (("A", "A", "A 2"), ["A", "A 2", "A 2 2"]),
        (("", "", "list"), ["list", "list 2", "list 3"]),
        (("A", "B", "C"), ["A", "B", "C"]),
    ],
)
def test_sheets_of_one_name_are_all_read_each_under_a_name_of_its_own(called, named):
    sheets = read_content("list.xls", workbook_of(*called).encode()).sheets
    assert [each.name for each in sheets] == named
    assert [each.rows[1][0] for each in sheets] == [f"row of {at}" for at in range(len(called))]


def test_sheets_of_one_name_in_two_parts_of_a_web_archive_are_all_read():
    parts = [MIMEText(workbook_of(*names), "xml", "utf-8") for names in (("A", "B"), ("A", "A 2"))]
    sheets = read_content("list.mht", archive(*parts)).sheets
    assert [each.name for each in sheets] == ["A", "B", "A 2", "A 2 2"]
    assert [each.rows[1][0] for each in sheets] == ["row of 0", "row of 1"] * 2


def test_many_sheets_of_one_name_are_numbered_quickly():
    sheets = read_content("list.xls", workbook_of(*["A"] * 20_000).encode()).sheets
    assert [each.name for each in sheets[:2] + sheets[-1:]] == ["A", "A 2", "A 20000"]


@pytest.mark.parametrize("charset", ["punycode", "idna", "undefined", "zlib", "no-such"])
def test_a_page_that_claims_an_encoding_that_is_none_of_text_is_read_all_the_same(charset):
    content = PAGE.format(charset=charset).encode("windows-1252")
    assert read_content("list.xls", content).sheets[0].rows[4][0] == "Röhre 7 lang"


def outcome(name: str, content: bytes) -> str:
    try:
        return f"read {len(read_content(name, content).sheets)}"
    except FileRefused as refused:
        return "refused" if "save it as .xlsx" in str(refused) else f"no remedy: {refused}"


def test_spoilt_pages_are_read_or_refused_but_never_crash():
    whole = archive(MIMEText(PAGE.format(charset="utf-8"), "html", "utf-8"))
    outcomes = {outcome("list.mht", whole[:length]) for length in range(200, len(whole), 97)}
    assert outcomes == {"read 1", "refused"}
    marked = b"<html><![foo[ x ]]><table><tr><td>a<td>b<tr><td>c<td>d</table>"
    assert outcome("list.xls", marked) in ("read 1", "refused")  # as this Python's parser does


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
        ("list.mht", archive(MIMEText("<p>x", "html")), "without a table", ".xlsx"),
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
