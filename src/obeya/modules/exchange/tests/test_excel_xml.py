"""Excel's XML of 2003, under the name of a workbook."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.refusals import FileRefused

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
