"""Numbers, dates and headings as other programs and other languages write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from obeya.modules.exchange.foreign.cells import code_in, mark_of, number_in
from obeya.modules.exchange.foreign.finding import table_of
from obeya.modules.exchange.foreign.periods import day_in, is_day_first, period_of
from obeya.modules.exchange.foreign.words import plain_words
from obeya.modules.exchange.tests.tables import sheet


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.234,50-", ",", "-1234.50"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1,234", ".", "1234"),
        ("0,125", ",", "0.125"),
        ("1 234,5", ",", "1234.5"),
        ("1'234.50", ".", "1234.50"),
        ("1.234.567", ",", "1234567"),
        ("12,50 €", ",", "12.50"),
        ("EUR 12,50", ",", "12.50"),
        (",5", ",", "0.5"),
    ],
)
def test_a_number_is_read_by_the_decimal_mark_of_its_table(text, mark, number):
    assert number_in(text, mark) == Decimal(number)


@pytest.mark.parametrize("text", ["1.23,4", "1,2,3", "12 Stück", "5-6", "1.234,5,6", "abc"])
def test_what_is_no_number_is_left_for_the_reader_to_refuse(text):
    assert number_in(text, ",") == text


def test_a_trailing_minus_moves_to_the_front_even_where_the_mark_is_unknown():
    assert number_in("12-", None) == "-12"


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1.234", "12,5"], ","),
        (["1,234", "12.5"], "."),
        (["1.234,00"], ","),
        (["1.234.567"], ","),
        (["0,125"], ","),
        (["1.234", "5"], None),  # thousands or decimals: nothing tells
        (["1,5", "1.5"], None),  # both
        (["12", "abc"], None),
        (["01.12.2026", "10.20.30.40"], None),
    ],
)
def test_the_decimal_mark_is_the_one_that_some_value_proves(texts, mark):
    assert mark_of(texts) == mark


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01.12.2026", date(2026, 12, 1)),
        ("1.12.26", date(2026, 12, 1)),
        ("20261201", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("1 Dec 2026", date(2026, 12, 1)),
        ("1. Dezember 2026", date(2026, 12, 1)),
        ("01-DEC-2026", date(2026, 12, 1)),
        ("1 août 2026", date(2026, 8, 1)),
        ("3 de", None),
        ("December 1, 2026", date(2026, 12, 1)),
        ("24/12/2026", date(2026, 12, 24)),
        ("12/24/2026", date(2026, 12, 24)),
        ("01/12/2026", None),  # December or January: nothing tells
        ("31.02.2026", None),
        ("99999999", None),
    ],
)
def test_a_date_is_read_where_it_can_only_be_read_one_way(text, day):
    assert day_in(text, is_day_first=None) == day


def test_one_clear_date_of_a_column_tells_how_the_others_are_meant():
    assert is_day_first(["01/12/2026", "24/12/2026"]) is True
    assert is_day_first(["01/12/2026", "12/24/2026"]) is False
    assert is_day_first(["01/12/2026", "02/11/2026"]) is None
    assert is_day_first(["24/12/2026", "12/24/2026"]) is None
    assert day_in("01/12/2026", is_day_first=True) == date(2026, 12, 1)
    assert day_in("01/12/2026", is_day_first=False) == date(2026, 1, 12)


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("KW 49/2026", date(2026, 11, 30)),
        ("2026-W49", date(2026, 11, 30)),
        ("W49 26", date(2026, 11, 30)),
        ("Semaine 49 2026", date(2026, 11, 30)),
        ("12/2026", date(2026, 12, 1)),
        ("2026-12", date(2026, 12, 1)),
        ("Dez 26", date(2026, 12, 1)),
        ("Décembre 2026", date(2026, 12, 1)),
        ("01.12.2026", date(2026, 12, 1)),
        (datetime(2026, 12, 1), date(2026, 12, 1)),
        ("KW 54 2026", None),
        ("Menge", None),
        ("Halle 2026", None),
    ],
)
def test_a_heading_that_names_a_period_begins_on_its_first_day(heading, day):
    assert period_of(heading) == day


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Menge [Stück]", "menge stueck"),
        ("dueDate", "due date"),
        ("BoM Lines/Component", "bom lines component"),
        ("  QUANTITÉ_de base ", "quantite de base"),
        ("Größe", "groesse"),
    ],
)
def test_headings_are_compared_as_words(heading, words):
    assert plain_words(heading) == words


def test_a_code_is_told_from_the_name_beside_it():
    assert code_in("[T-1] Table, oak", of_party=False) == "T-1"
    assert code_in("100012     Stahl AG", of_party=True) == "100012"
    assert code_in("Table [oak]", of_party=True) == "Table [oak]"
    assert code_in("PRESS 4", of_party=True) == "PRESS 4"


def test_a_header_is_found_below_titles_and_dates_of_print():
    table = table_of(
        sheet("x", ["Bestandsliste"], ["Stand", "01.11.2026"], ["Werk 1000"], [],
              ["Material", "Lagerort", "Menge"], ["4711", "0001", 5])
    )  # fmt: skip
    assert (table.header_row, dict(table.titles)) == (5, {0: "Material", 1: "Lagerort", 2: "Menge"})


def test_two_header_rows_with_merged_cells_become_one():
    table = table_of(
        sheet("x", ["Bestandsliste"],
              ["Artikel", "", "Bestand", "", "Lager"],
              ["Nummer", "Bezeichnung", "frei", "gesperrt", ""],
              ["A-1", "Welle", 5, 1, "L1"])
    )  # fmt: skip
    assert table.header_row == 3
    assert list(table.titles.values()) == [
        "Artikel Nummer", "Artikel Bezeichnung", "Bestand frei", "Bestand gesperrt", "Lager",
    ]  # fmt: skip


def test_units_below_the_titles_belong_to_them():
    table = table_of(
        sheet("x", ["Material", "Vorgang", "Rüstzeit", "Stückzeit"], ["", "", "[min]", "[s]"],
              ["4711", 10, 30, 90])
    )  # fmt: skip
    assert table.header_row == 2
    assert list(table.titles.values()) == ["Material", "Vorgang", "Rüstzeit [min]", "Stückzeit [s]"]


def test_a_row_of_texts_below_one_header_is_data():
    table = table_of(sheet("x", ["Code", "Name", ""], ["ALPHA", "Bolt", "check"]))
    assert table.header_row == 1


def test_equal_titles_are_told_apart_by_their_columns():
    table = table_of(sheet("x", ["Material", "Text", "Text"], ["4711", "a", "b"]))
    assert list(table.titles.values()) == ["Material", "Text", "Text (C)"]


def test_what_stands_above_the_table_is_kept_by_its_label():
    table = table_of(
        sheet("x", ["Material: 4711"], ["Werk", "1000"], ["Komponente", "Menge"], ["100", 2])
    )
    assert table.heads == {"^Material": "4711"}


def test_a_sheet_of_numbers_or_of_nothing_has_no_table():
    assert table_of(sheet("x", [1, 2], [3, 4])) is None
    assert table_of(sheet("x")) is None


@pytest.mark.parametrize("text", ["'", "€", "EUR ", "’ ’", "-", "+"])
def test_a_number_of_nothing_but_signs_stays_for_the_reader_to_refuse(text):
    """Seeds 718 and 1318 of tests/fuzz: it crashed."""
    assert number_in(text, ",") == text
    assert isinstance(number_in(text, None), str)
