"""Text and pages that nearly are tables, or that are made to hurt who reads them."""

import time
from decimal import Decimal

import pytest

from obeya.modules.exchange.reading.source import read_content
from obeya.modules.exchange.refusals import FileRefused


def rows(name, content):
    [sheet] = read_content(name, content).sheets
    return [[row.get(at) for at in range(3)] for row in sheet.rows.values()]


def test_a_bar_between_the_values_of_one_cell_separates_no_columns():
    text = b"code;name;tags\nA;x;red|blue\nB;y;green|red\n"

    assert rows("tags.csv", text) == [
        ["code", "name", "tags"],
        ["A", "x", "red|blue"],
        ["B", "y", "green|red"],
    ]


def test_a_cell_behind_one_that_holds_a_table_keeps_its_column():
    page = (
        b"<table><tr><td>0<td>1<td>2"
        b"<tr><td>A<td><table><tr><td>x</table><td>B"
        b"<tr><td>C<td>D<td>E</table>"
    )

    assert rows("page.html", page) == [["0", "1", "2"], ["A", None, "B"], ["C", "D", "E"]]


@pytest.mark.parametrize("delimiter", ["\t", "|"])
def test_a_cell_of_more_letters_than_any_cell_has_is_refused_in_words(delimiter):
    text = f"code{delimiter}name\nA{delimiter}{'x' * 2_000_000}\n".encode()

    with pytest.raises(FileRefused, match="is damaged"):
        read_content("long.csv", text)


def test_wide_and_tall_empty_cells_take_no_room():
    wide = b"<td colspan=512 rowspan=512>" * 20_000
    page = b"<table><tr>" + wide + b"<tr><td>a<td>b<tr><td>c<td>d</table>"

    began = time.process_time()
    with pytest.raises(FileRefused, match="more than 512 columns"):
        read_content("wide.html", page)
    assert time.process_time() - began < 5


def test_comments_without_an_end_are_read_over_at_once():
    page = b"<table><tr><td>a<td>b<tr><td>c<td>d</table>" + b"<!--x>" * 200_000

    began = time.process_time()
    assert rows("page.html", page) == [["a", "b", None], ["c", "d", None]]
    assert time.process_time() - began < 5


def test_an_archive_of_messages_in_messages_is_refused():
    deep = b"MIME-Version: 1.0\nX: multipart/\nContent-Type: message/rfc822\n\n"
    deep += b"Content-Type: message/rfc822\n\n" * 3_000

    with pytest.raises(FileRefused):
        read_content("deep.mhtml", deep)


@pytest.mark.parametrize(
    ("shown", "noted", "read"),
    [
        ("15.12.2026", "46371", "15.12.2026"),
        ("45-0012", "450012", "45-0012"),
        ("1.234.567", "1234567", Decimal(1234567)),
        ("12,5", "12.5", Decimal("12.5")),
    ],
)
def test_what_excel_notes_beside_a_cell_counts_only_where_the_cell_shows_a_number(
    shown, noted, read
):
    page = f'<table><tr><td>a<td>b<tr><td>c<td x:num="{noted}">{shown}</table>'

    assert rows("page.html", page.encode())[1][1] == read
