"""Sheets of one name are read each under a name of its own."""

from email.mime.text import MIMEText

import pytest

from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.tests import files


def workbook_of(*names: str) -> str:
    """Excel's XML with a sheet of each name, in which stands where it was."""
    row = '<Row><Cell><Data ss:Type="String">row of {}</Data></Cell></Row>'
    sheets = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{row.format(at)}</Table></Worksheet>'
        for at, name in enumerate(names)
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{sheets}</Workbook>'
    )


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
    sheets = read_content("list.mht", files.web_archive(*parts)).sheets
    assert [each.name for each in sheets] == ["A", "B", "A 2", "A 2 2"]
    assert [each.rows[1][0] for each in sheets] == ["row of 0", "row of 1"] * 2


def test_many_sheets_of_one_name_are_numbered_quickly():
    sheets = read_content("list.xls", workbook_of(*["A"] * 20_000).encode()).sheets
    assert [each.name for each in sheets[:2] + sheets[-1:]] == ["A", "A 2", "A 20000"]
