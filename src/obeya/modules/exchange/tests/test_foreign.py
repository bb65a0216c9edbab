"""Tables of other programs and languages, guessed and read into our sheets."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from obeya.modules.exchange.foreign.converting import convert, tables_in
from obeya.modules.exchange.foreign.guessing import guess
from obeya.modules.exchange.foreign.mapping import from_json, to_json
from obeya.modules.exchange.own_format import understand
from obeya.modules.exchange.reading.book import Book
from obeya.modules.exchange.refusals import FileRefused
from obeya.modules.exchange.tests.tables import faults_of, guessed, rows_of, sheet

MB52 = (
    ["Material", "Materialkurztext", "Werk", "Lagerort", "Charge", "Basismengeneinheit",
     "Frei verwendbar", "Währung", "Wert frei verw.", "In Qualitätsprüfung", "Gesperrt"],
    ["000000000000012345", "Schraube M8", "1000", "0001", "", "ST", "1.234", "EUR", "617,00"],
    ["4711", "Blech 2 mm", "1000", "0002", "C1", "KG", "12,5-", "EUR", "3,00", "0", "0"],
    ["", "", "", "", "", "", "1.221,5", "EUR", "620,00"],
)  # fmt: skip


def test_a_german_stock_list_of_sap_is_stock_with_its_materials_and_storages():
    file = guessed(sheet("Sheet1", *MB52))

    assert rows_of(file, "Stock") == [
        {"material": "000000000000012345", "location": "0001", "lot": "",
         "quantity": Decimal(1234)},
        {"material": "4711", "location": "0002", "lot": "C1", "quantity": Decimal("-12.5")},
    ]  # fmt: skip
    assert rows_of(file, "Materials") == [
        {"code": "000000000000012345", "name": "Schraube M8", "unit": "H87"},
        {"code": "4711", "name": "Blech 2 mm", "unit": "KGM"},
    ]
    assert rows_of(file, "Equipment") == [
        {"code": "0001", "level": "storage"}, {"code": "0002", "level": "storage"},
    ]  # fmt: skip
    assert faults_of(file) == []
    assert file.notes == [
        "Sheet Sheet1: 1 row(s) that name nothing, such as totals, blank or repeated headers, "
        "were not read."
    ]


def test_a_refusal_names_the_column_as_the_file_does():
    rows = [*MB52[:2], [*MB52[2][:6], "viel"]]
    [fault] = faults_of(guessed(sheet("Sheet1", *rows)))
    assert fault == (
        "Stock, row 3, column Frei verwendbar: “viel” is text where a number is expected. "
        "Type a number, without a unit."
    )


def test_a_number_that_may_be_two_things_is_refused_unless_the_mark_is_said():
    book = Book([sheet("b", ["Artikel", "Lager", "Menge"], ["A-1", "L1", "1.234"])])
    [stock, *others] = [each.mapping for each in guess(tables_in(book))]
    [fault] = faults_of(understand(convert(book, [stock, *others])))
    assert fault == (
        "Stock, row 2, column Menge: “1.234” may mean thousands or decimals. "
        "Write 1234, or 1.2340 if decimals are meant."
    )
    said = understand(convert(book, [replace(stock, mark=",")]))
    assert rows_of(said, "Stock")[0]["quantity"] == Decimal(1234)


def test_the_number_of_an_order_and_of_its_line_make_one():
    file = guessed(
        sheet("VA05",
              ["Sales Document", "Item", "Sold-to party", "Name 1", "Material", "Description",
               "Order Quantity", "Sales unit", "Delivery date"],
              ["10001", "10", "C1", "Acme", "4711", "Plate", "1,200.5", "PC", "12/24/2026"],
              ["10001", "20", "C1", "Acme", "4712", "Bolt", "5", "PC", "01/08/2027"])
    )  # fmt: skip
    first, second = rows_of(file, "Demand")
    assert (first["code"], first["order_code"], first["customer"]) == ("10001/10", "10001", "C1")
    assert first["quantity"] == Decimal("1200.5")
    assert second["due_at"] == datetime(2027, 1, 8, 23, 59)  # month first, as the line above tells
    assert rows_of(file, "Parties") == [{"code": "C1", "name": "Acme", "is_customer": True}]
    assert [row["code"] for row in rows_of(file, "Materials")] == ["4711", "4712"]


def test_a_line_number_that_begins_anew_in_each_order_is_joined_whatever_its_title():
    file = guessed(
        sheet("Aufträge",
              ["Auftrag", None, "Lieferung", None, None],
              ["Auftrag", "Position", "Artikel", "Menge", "Liefertermin"],
              ["A1", "1", "4711", "2,5", "24.12.2026"],
              ["A1", "2", "4712", "1,0", "24.12.2026"],
              ["A2", "1", "4711", "4,0", "28.12.2026"])
    )  # fmt: skip
    assert [row["code"] for row in rows_of(file, "Demand")] == ["A1/1", "A1/2", "A2/1"]


ARTICLES = ["Artikel", "Bezeichnung"], *([f"A-{n}", f"Rad {n}"] for n in range(1, 6))


def test_materials_that_lines_name_in_passing_are_not_made_where_the_file_lists_its_own():
    orders = [[f"SO-{n}", f"A-{n}", "1", "24.12.2026"] for n in range(1, 6)]
    slip = ["SO-6", "Fahrrad", "1", "24.12.2026"]
    head = ["Auftrag", "Artikel", "Menge", "Liefertermin"]
    file = guessed(sheet("Artikel", *ARTICLES), sheet("Aufträge", head, *orders, slip))

    assert [row["code"] for row in rows_of(file, "Materials")] == [
        "A-1", "A-2", "A-3", "A-4", "A-5",
    ]  # fmt: skip
    assert rows_of(file, "Demand")[-1]["material"] == "Fahrrad"  # refused later, by name


def test_storages_that_the_list_of_machines_does_not_hold_still_come_along():
    machines = sheet("Maschinen", ["Maschine", "Bezeichnung"], ["M-1", "Säge"])
    stock = sheet("Bestand", ["Artikel", "Lagerort", "Menge"], ["A-1", "L1", "5"])
    file = guessed(machines, stock)

    assert [row["code"] for row in rows_of(file, "Equipment")] == ["M-1", "L1"]


def test_weeks_as_columns_become_a_forecast_row_for_each_quantity():
    file = guessed(
        sheet("Absatzplan", ["Artikel", "Kunde", "KW 49/2026", "KW 50/2026", "KW 51/2026"],
              ["A-1", "ACME", "10", "", "20,5"], ["A-2", "ACME", "0", "1.000", "-"])
    )  # fmt: skip
    assert [(r["code"], r["quantity"], r["due_at"].date()) for r in rows_of(file, "Demand")] == [
        ("A-1/ACME/2026-11-30", Decimal(10), date(2026, 11, 30)),
        ("A-1/ACME/2026-12-14", Decimal("20.5"), date(2026, 12, 14)),
        ("A-2/ACME/2026-12-07", Decimal(1000), date(2026, 12, 7)),
    ]
    assert {row["kind"] for row in rows_of(file, "Demand")} == {"forecast"}


def test_orders_whose_lines_repeat_nothing_are_filled_down_and_counted():
    file = guessed(
        sheet("sale.order", ["Order Reference", "Customer", "Delivery Date", "Order Lines/Product",
                             "Order Lines/Quantity"],
              ["S00001", "Acme", "2026-12-01 10:00:00", "[T-1] Table", "4"],
              ["", "", "", "[T-2] Bench", "1"],
              ["S00002", "Bolt & Co", "2026-12-02 10:00:00", "[T-1] Table", "2"])
    )  # fmt: skip
    assert [(r["code"], r["customer"], r["material"]) for r in rows_of(file, "Demand")] == [
        ("S00001/1", "Acme", "T-1"), ("S00001/2", "Acme", "T-2"), ("S00002/1", "Bolt & Co", "T-1"),
    ]  # fmt: skip
    assert rows_of(file, "Demand")[1]["due_at"] == datetime(2026, 12, 1, 10)


def test_a_list_of_all_levels_becomes_the_parents_own_lines():
    file = guessed(
        sheet("CS12", ["Material", "BIKE-1"],
              ["Stufe", "Komponentennummer", "Objektkurztext", "Komponentenmenge", "ME"],
              [".1", "WHEEL", "Rad", "2,0", "ST"], ["..2", "RIM", "Felge", "1,0", "ST"],
              ["..2", "SPOKE", "Speiche", "32,0", "ST"], [".1", "FRAME", "Rahmen", "1,0", "ST"])
    )  # fmt: skip
    assert [(r["material"], r["component"], r["quantity_per"]) for r in rows_of(file, "BOM")] == [
        ("BIKE-1", "WHEEL", 2), ("WHEEL", "RIM", 1), ("WHEEL", "SPOKE", 32), ("BIKE-1", "FRAME", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "into", "columns"),
    [
        (["Ensemble", "Composant", "Quantité"], "BOM", ["component", "material", "quantity_per"]),
        (["Código artículo", "Descripción", "Stock de seguridad"], "Materials",
         ["code", "name", "safety_stock"]),
        (["Ordine", "Riga", "Cliente", "Codice articolo", "Quantità", "Data di consegna"],
         "Demand", ["code", "customer", "due_at", "material", "order_code", "quantity"]),
        (["MATNR", "LGORT", "CHARG", "LABST"], "Stock",
         ["location", "lot", "material", "quantity"]),
        (["EBELN", "EBELP", "LIFNR", "MATNR", "MENGE", "EINDT"], "Purchases",
         ["due_at", "material", "number", "quantity", "supplier"]),
        (["MATNR", "VORNR", "ARBPL", "LTXA1", "VGW01", "VGW02"], "Operations",
         ["equipment", "material", "name", "number", "run_s", "setup_min"]),
        (["default_code", "name", "uom_id", "standard_price"], "Materials",
         ["code", "name", "standard_cost", "unit"]),
        (["item_code", "warehouse", "actual_qty"], "Stock", ["location", "material", "quantity"]),
        (["Item Code", "Item Name", "Default Unit of Measure", "Lead Time in days"], "Materials",
         ["code", "lead_time_days", "name", "unit"]),
        (["Material", "Vorgang", "Arbeitsplatz", "Rüstzeit (min)", "Maschinenzeit (h)"],
         "Operations", ["equipment", "material", "number", "run_h", "setup_min"]),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names_in_other_languages_and_programs(titles, into, columns):
    [first, *_] = guess(tables_in(Book([sheet("Sheet1", titles, ["1"] * len(titles))])))
    assert (first.mapping.into, sorted(first.mapping.columns)) == (into, columns)


def test_a_name_of_the_vocabulary_is_surer_than_a_name_that_is_only_like_it():
    [first, *_] = guess(
        tables_in(Book([sheet("x", ["Materialnr", "Lager", "Bestand frei"], ["1", "L", 2])]))
    )
    sure = first.confidence
    assert sure["location"] > 0.9 > sure["quantity"] > 0.55
    assert sure["material"] == 0.75


def test_a_column_whose_values_do_not_fit_is_left_to_the_person():
    [first, *_] = guess(
        tables_in(Book([sheet("x", ["Artikel", "Lager", "Menge", "Status"],
                              ["A", "L", "viel", "gut"])]))
    )  # fmt: skip
    assert "quantity" not in first.mapping.columns
    assert "status" not in first.mapping.columns
    assert first.mapping.ignored == ("Menge", "Status")


def test_two_tables_into_one_sheet_count_on_and_say_so():
    first = sheet("Halle 1", ["Artikel", "Lager", "Menge"], ["A", "L1", 1], ["B", "L1", 2])
    second = sheet("Halle 2", ["Artikel", "Lager", "Menge"], ["A", "L2", 3])
    file = guessed(first, second)
    [stock] = [each for each in file.sheets if each.name == "Stock"]
    assert [(r.number, r.given["location"], r.given["quantity"]) for r in stock.rows] == [
        (2, "L1", 1), (3, "L1", 2), (4, "L2", 3),
    ]  # fmt: skip
    assert "Stock: row 2 of Halle 2 counts as row 4, below those read before." in file.notes
    assert [row["code"] for row in rows_of(file, "Materials")] == ["A", "B"]


def test_a_mapping_is_the_same_after_it_was_stored():
    book = Book([sheet("Sheet1", *MB52)])
    mappings = tuple(each.mapping for each in guess(tables_in(book)))
    assert from_json(to_json(mappings)) == mappings


def test_values_and_fixed_words_of_a_mapping_are_used():
    book = Book([sheet("x", ["Artikel", "Einheit"], ["A", "Rolle"])])
    [first] = [each.mapping for each in guess(tables_in(book))]
    said = replace(first, values={"unit": {"ROLLE": "MTR"}}, fixed={"kind": "raw"})
    assert rows_of(understand(convert(book, [said])), "Materials") == [
        {"code": "A", "unit": "MTR", "kind": "raw"}
    ]


def test_a_mapping_to_a_column_that_there_is_not_is_refused():
    stored = [{"source": "x", "into": "Stock", "columns": {"colour": ["Farbe"]}}]
    with pytest.raises(FileRefused, match="Sheet Stock has no column colour"):
        from_json(stored)


def test_a_book_of_which_nothing_is_mapped_is_refused():
    book = Book([sheet("x", ["Farbe", "Form"], ["rot", "rund"])])
    with pytest.raises(FileRefused, match="No sheet of the file is mapped"):
        convert(book, [replace(each.mapping, into="") for each in guess(tables_in(book))])
