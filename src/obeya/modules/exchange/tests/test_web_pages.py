"""Web pages and web archives that programs give out as lists, under the name of a workbook."""

from decimal import Decimal
from email.mime.text import MIMEText

import pytest

from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.tests import files

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


@pytest.mark.parametrize("charset", ["punycode", "idna", "undefined", "zlib", "no-such"])
def test_a_page_that_claims_an_encoding_that_is_none_of_text_is_read_all_the_same(charset):
    content = PAGE.format(charset=charset).encode("windows-1252")
    assert read_content("list.xls", content).sheets[0].rows[4][0] == "Röhre 7 lang"


@pytest.mark.parametrize("name", ["list.mhtml", "list.mht", "list.xls"])
def test_a_web_archive_of_sap_or_excel_is_read_by_its_pages(name):
    frame = MIMEText("<html><frameset><frame src=sheet001.htm></frameset></html>", "html", "utf-8")
    page = MIMEText(PAGE.format(charset="windows-1252"), "html", "windows-1252")
    [sheet] = read_content(name, files.web_archive(frame, page)).sheets
    assert sheet.rows[3] == {0: "0012", 1: "0001", 2: Decimal("1234.5"), 3: "0,00"}
    assert sheet.rows[4][0] == "Röhre 7 lang"


def outcome(name: str, content: bytes) -> str:
    try:
        return f"read {len(read_content(name, content).sheets)}"
    except FileRefused as refused:
        return "refused" if "save it as .xlsx" in str(refused) else f"no remedy: {refused}"


def test_spoilt_pages_are_read_or_refused_but_never_crash():
    whole = files.web_archive(MIMEText(PAGE.format(charset="utf-8"), "html", "utf-8"))
    outcomes = {outcome("list.mht", whole[:length]) for length in range(200, len(whole), 97)}
    assert outcomes == {"read 1", "refused"}
    marked = b"<html><![foo[ x ]]><table><tr><td>a<td>b<tr><td>c<td>d</table>"
    assert outcome("list.xls", marked) in ("read 1", "refused")  # as this Python's parser does
