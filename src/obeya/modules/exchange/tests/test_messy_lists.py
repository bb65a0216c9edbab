"""Lists as people keep them: what could silently become wrong data is refused or left out."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from obeya.modules.engineering.rows import BomRow
from obeya.modules.exchange.reading import read_book
from obeya.modules.exchange.reading.typed import read_rows
from obeya.modules.exchange.tests.tables import faults_of, guessed, rows_of, sheet

STOCK = ["Artikel", "Lagerort", "Menge"]
ORDERS = ["Auftrag", "Kunde", "Artikel", "Menge", "Liefertermin"]


@pytest.mark.parametrize(
    "total",
    [
        ["Summe", "", "5"],
        ["Gesamtergebnis", "", "5"],
        ["Total:", "", "5"],
        ["A Ergebnis", "", "5"],  # as Excel writes subtotals
        ["*", "", "5"],
        ["** Total", "", "5"],
    ],
)
def test_a_row_of_totals_is_neither_a_row_nor_a_new_material(total):
    file = guessed(sheet("Bestand", STOCK, ["A", "L1", "5"], total))
    assert rows_of(file, "Stock") == [{"material": "A", "location": "L1", "quantity": 5}]
    assert rows_of(file, "Materials") == [{"code": "A"}]
    assert faults_of(file) == []
    assert "1 row(s) that name nothing, such as totals" in file.notes[0]


def test_a_code_with_a_word_for_totals_in_it_is_a_code():
    file = guessed(sheet("Bestand", STOCK, ["Total Fluid 5", "L1", "5"], ["Summe-1", "L1", "6"]))
    assert [row["material"] for row in rows_of(file, "Stock")] == ["Total Fluid 5", "Summe-1"]


def test_the_totals_below_a_forecast_are_no_demand():
    titles = ["Artikel", "KW 49/2026", "KW 50/2026"]
    file = guessed(sheet("Absatzplan", titles, ["A", "10", "20"], ["Summe", "10", "20"]))
    assert [row["code"] for row in rows_of(file, "Demand")] == ["A/2026-11-30", "A/2026-12-07"]


def test_a_new_order_takes_neither_customer_nor_date_of_the_one_above():
    file = guessed(
        sheet("Auftraege", ORDERS, ["S1", "Acme", "A", "5", "1.12.2026"], ["", "", "B", "6", ""],
              ["S2", "", "A", "7", "3.12.2026"], ["S3", "Bolt", "A", "8", ""])
    )  # fmt: skip
    assert [(r["code"], r.get("customer"), r["due_at"]) for r in rows_of(file, "Demand")] == [
        ("S1/1", "Acme", datetime(2026, 12, 1, 23, 59)),
        ("S1/2", "Acme", datetime(2026, 12, 1, 23, 59)),
        ("S2/1", "", datetime(2026, 12, 3, 23, 59)),
    ]
    [fault] = faults_of(file)
    assert fault.startswith("Demand, row 5, column Liefertermin: is empty.")


def test_lines_below_their_order_are_numbered_by_it_and_their_own_position():
    titles = ["Bestellung", "Position", "Lieferant", "Artikel", "Bestellmenge", "Liefertermin"]
    file = guessed(
        sheet("Bestellungen", titles, ["45", "10", "V1", "A", "5", "1.12.2026"],
              ["", "20", "", "B", "6", "2.12.2026"], ["46", "10", "V2", "B", "7", "1.12.2026"])
    )  # fmt: skip
    assert [(r["number"], r["supplier"]) for r in rows_of(file, "Purchases")] == [
        ("45/10", "V1"), ("45/20", "V1"), ("46/10", "V2"),
    ]  # fmt: skip


def test_a_position_without_its_order_is_refused_where_every_line_names_its_order():
    titles = ["Bestellung", "Position", "Lieferant", "Artikel", "Bestellmenge", "Liefertermin"]
    rows = [[order, pos, "V1", "A", "5", "1.12.2026"] for order, pos in
            [("45", "10"), ("45", "20"), ("", "30")]]  # fmt: skip
    [fault] = faults_of(guessed(sheet("Bestellungen", titles, *rows)))
    assert fault.startswith("Purchases, row 4, column Bestellung / Position: is empty.")


def test_a_missing_assembly_is_refused_where_every_other_line_names_its_own():
    rows = [["A", "X", "1"], ["A", "Y", "1"], ["", "Z", "1"], ["B", "X", "2"]]
    [fault] = faults_of(guessed(sheet("Stueckliste", ["Baugruppe", "Komponente", "Menge"], *rows)))
    assert fault.startswith("BOM, row 4, column Baugruppe: is empty.")


def test_materials_whose_codes_hold_blanks_stay_apart():
    file = guessed(sheet("Bestand", STOCK, ["AB  12", "L1", "5"], ["AB  13", "L1", "6"]))
    assert [row["material"] for row in rows_of(file, "Stock")] == ["AB  12", "AB  13"]
    assert [row["code"] for row in rows_of(file, "Materials")] == ["AB  12", "AB  13"]


def test_positions_and_versions_do_not_tell_the_decimal_mark_of_quantities():
    for title, first, second in (("Pos", "1.1", "1.2"), ("Index", "2.1", "2.14"),
                                 ("Monat", "12.2026", "1.2027")):  # fmt: skip
        file = guessed(
            sheet("Lager", [title, *STOCK], [first, "A", "L", "1.234"], [second, "B", "L", "2.500"])
        )
        assert rows_of(file, "Stock") == []
        assert [fault.split("”")[1] for fault in faults_of(file)] == [
            " may mean thousands or decimals. Write 1234, or 1.2340 if decimals are meant.",
            " may mean thousands or decimals. Write 2500, or 2.5000 if decimals are meant.",
        ]


def test_prices_tell_the_decimal_mark_of_quantities():
    rows = [["A", "L1", "1.234", "617,00"], ["B", "L1", "1.200", "1.617,00 EUR"]]
    file = guessed(sheet("Bestand", [*STOCK, "Wert"], *rows))
    assert [row["quantity"] for row in rows_of(file, "Stock")] == [Decimal(1234), Decimal(1200)]


@pytest.mark.parametrize(
    ("titles", "column"),
    [
        (["Artikel", "Bezeichnung", "Lieferzeit (Wochen)"], "lead_time_days"),
        (["Item", "Description", "Lead time weeks"], "lead_time_days"),
        (["Article", "Désignation", "Délai (mois)"], "lead_time_days"),
    ],
)
def test_a_time_in_a_unit_that_is_not_ours_is_left_to_the_person(titles, column):
    [row] = rows_of(guessed(sheet("items", titles, ["A", "x", "2"])), "Materials")
    assert column not in row


def test_a_time_for_a_hundred_pieces_is_not_taken_for_one():
    titles = ["Artikel", "Vorgang", "Arbeitsplatz", "Stückzeit (min/100)"]
    [row] = rows_of(guessed(sheet("Arbeitsplan", titles, ["A", "10", "M1", "50"])), "Operations")
    assert not any(name.startswith("run") for name in row)


def test_a_date_with_dashes_and_a_short_year_is_refused():
    rows = [["S1", "Acme", "A", "5", "26-12-01"], ["S2", "Acme", "A", "5", "26-11-30"]]
    file = guessed(sheet("Auftraege", ORDERS, *rows))
    assert rows_of(file, "Demand") == []
    assert [fault.split("”")[0][-8:] for fault in faults_of(file)] == ["26-12-01", "26-11-30"]


def test_leading_zeros_that_excel_only_shows_belong_to_the_code(tmp_path):
    book = Workbook()
    book.active.append(["Artikel", "Lagerort", "Menge", "Datum"])
    book.active.append([4711, 1, 5, date(2026, 12, 1)])
    for place, code in (("A2", "000000"), ("B2", "0000"), ("C2", "0")):
        book.active[place].number_format = code
    book.active.append([1234567, 1, 5.5])
    for place in ("A3", "B3", "C3"):
        book.active[place].number_format = "0000"
    book.save(tmp_path / "stock.xlsx")

    rows = read_book(tmp_path / "stock.xlsx").sheets[0].rows

    assert rows[2] == {0: "004711", 1: "0001", 2: Decimal(5), 3: date(2026, 12, 1)}
    assert rows[3] == {0: "1234567", 1: "0001", 2: Decimal("5.5")}


@pytest.mark.parametrize(
    ("value", "code", "read"),
    [(0.025, "0.0%", "2.5"), (0.02125, "0.000%", "2.125"), (2.5, "0.0", "2.5")],
)
def test_a_percentage_is_what_excel_shows(tmp_path, value, code, read):
    book = Workbook()
    book.active.title = "BOM"
    book.active.append(["material", "component", "quantity_per", "scrap_percent"])
    book.active.append(["TABLE", "LEG", 4, value])
    book.active["D2"].number_format = code
    book.save(tmp_path / "plant.xlsx")

    typed = read_rows(read_book(tmp_path / "plant.xlsx").sheets[0], BomRow)

    assert typed.faults == []
    assert typed.rows[0].given["scrap_percent"] == Decimal(read)


def test_a_percentage_is_no_quantity(tmp_path):
    book = Workbook()
    book.active.append(["material", "component", "quantity_per"])
    book.active.append(["TABLE", "LEG", 0.5])
    book.active["C2"].number_format = "0%"
    book.save(tmp_path / "plant.xlsx")

    [fault] = read_rows(read_book(tmp_path / "plant.xlsx").sheets[0], BomRow).faults

    assert (fault.row, fault.column, fault.value) == (2, "quantity_per", "50 %")
    assert fault.rule == "is text where a number is expected"
