"""SAP's lists as other plants lay them out: reordered, short or technical headings, other
languages, without what may be missing, printed for several materials. Rows are made up here.
"""

from datetime import date, datetime
from decimal import Decimal

import pytest

from obeya.modules.exchange.tests.tables import faults_of, guessed, rows_of, sheet


def read(into: str, *rows):
    file = guessed(sheet("Sheet1", *rows))
    assert faults_of(file) == []
    return rows_of(file, into)


@pytest.mark.parametrize(
    "titles",
    [
        ["LABST", "LGORT", "MATNR", "MEINS", "CHARG"],
        ["Frei verwendb.", "LOrt", "Material", "BME", "Charge"],
        ["Unrestr.", "SLoc", "Material", "BUn", "Batch"],
        ["Utilisation libre", "Magasin", "Article", "Unité de quantité de base", "Lot"],
        ["Libre utilización", "Almacén", "Material", "Unidad medida base", "Lote"],
        ["Do wolnego użycia", "Skład", "Materiał", "Podstawowa jednostka miary", "Partia"],
        ["Utilização livre", "Depósito", "Material", "Unidade de medida básica", "Lote"],
        ["Tahditsiz kullanılabilir", "Depo yeri", "Malzeme", "Temel ölçü birimi", "Parti"],
    ],
)
def test_mb52_in_any_layout_is_stock(titles):
    rows = read("Stock", titles, ["1.234,500", "0001", "4711", "KG", "C1"])
    assert rows == [
        {"material": "4711", "location": "0001", "quantity": Decimal("1234.5"), "lot": "C1"}
    ]


@pytest.mark.parametrize(
    "titles",
    [
        ["Lv", "Component number", "Object description", "Comp. Qty (CUn)", "Un"],
        ["Stufe", "Komponentennr.", "Objektkurztext", "Menge (KME)", "ME"],
        ["Niveau", "Composant", "Désignation", "Quantité composant", "Unité"],
    ],
)
def test_cs12_in_any_layout_is_a_bom_below_the_material_that_it_is_about(titles):
    rows = read("BOM", ["Material", "BIKE"], [], titles, [".1", "WHEEL", "Rad", "2,5", "ST"],
                ["..2", "SPOKE", "Speiche", "32", "ST"])  # fmt: skip
    assert [(r["material"], r["component"], r["quantity_per"]) for r in rows] == [
        ("BIKE", "WHEEL", Decimal("2.5")), ("WHEEL", "SPOKE", 32),
    ]  # fmt: skip


def test_a_bom_printed_for_several_materials_gives_each_its_own():
    rows = read("BOM", ["Material: BIKE-1"], ["Komponente", "Menge"], ["WHEEL", "2"],
                ["Material: BIKE-2"], ["Komponente", "Menge"], ["WHEEL", "3"])  # fmt: skip
    assert [(r["material"], r["quantity_per"]) for r in rows] == [("BIKE-1", 2), ("BIKE-2", 3)]


@pytest.mark.parametrize(
    "titles",
    [
        ["ARBPL", "VORNR", "MATNR", "LTXA1"],
        ["Arb.platz", "Vrg", "Material", "Beschreibung"],
        ["Work ctr", "Op.", "Material", "Operation short text"],
        ["Poste de travail", "Opération", "Article", "Désignation opération"],
        ["Pracoviště", "Operace", "Materiál", "Popis operace"],
    ],
)
def test_ca03_in_any_layout_is_a_routing(titles):
    rows = read("Operations", titles, ["DRE-1", "0010", "4711", "Drehen"])
    assert rows == [{"material": "4711", "number": 10, "equipment": "DRE-1", "name": "Drehen"}]


@pytest.mark.parametrize(
    "titles",
    [
        ["STTXT", "GLTRP", "GAMNG", "PLNBEZ", "AUFNR", "GWEMG"],
        ["Systemstatus", "Eckende", "Gesamtmenge", "Material", "Auftrag", "Gelieferte Menge"],
        ["System Status", "Bsc fin. date", "Target qty", "Material", "Order", "Delivered qty"],
        ["Statut système", "Date de fin", "Quantité à fabriquer", "Article",
         "Ordre de fabrication", "Quantité livrée"],
    ],
)  # fmt: skip
def test_coois_in_any_layout_is_production_orders(titles):
    rows = read("Production orders", titles, ["FREI", "04.12.2026", "80,5", "LEG", "100", "0"])
    assert [(r["number"], r["material"], r["quantity"], r["status"]) for r in rows] == [
        ("100", "LEG", Decimal("80.5"), "released")
    ]
    assert rows[0]["due_at"] == datetime(2026, 12, 4, 23, 59)


@pytest.mark.parametrize(
    "titles",
    [
        ["LIFNR", "EINDT", "MENGE", "MATNR", "EBELP", "EBELN", "TXZ01"],
        ["Lieferant", "Lieferdatum", "Noch zu lief.", "Material", "Pos.", "Bestellung", "Kurztext"],
        ["Supplier", "Deliv. Date", "Still to be del.", "Material", "Item", "Purch.Doc.", "Text"],
        ["Fournisseur", "Date de livraison", "Quantité restante", "Article", "Poste",
         "Document d'achat", "Texte court"],
    ],
)  # fmt: skip
def test_me2n_in_any_layout_is_purchases(titles):
    rows = read("Purchases", titles, ["V1", "2026/12/01", "40,5", "4711", "10", "45", "Blech"])
    assert rows == [
        {"number": "45/10", "material": "4711", "quantity": Decimal("40.5"), "supplier": "V1",
         "due_at": datetime(2026, 12, 1)}
    ]  # fmt: skip


@pytest.mark.parametrize(
    "titles",
    [
        ["VDATU", "KWMENG", "MATNR", "POSNR", "VBELN", "KUNNR", "ARKTX"],
        ["Dlv.date", "Order qty", "Material", "Item", "Sales doc.", "Sold-to pt", "Description"],
        ["Date livraison", "Quantité", "Article", "Poste", "Doc. vente", "Donneur d'ordre",
         "Désignation"],
        ["Data de entrega", "Quantidade da ordem", "Material", "Item", "Documento de vendas",
         "Emissor da ordem", "Descrição"],
    ],
)  # fmt: skip
def test_va05_in_any_layout_is_demand(titles):
    [row] = read("Demand", titles, ["24.12.2026", "5,5", "4711", "10", "S1", "C1", "Blech"])
    assert (row["code"], row["order_code"], row["customer"]) == ("S1/10", "S1", "C1")
    assert (row["material"], row["quantity"]) == ("4711", Decimal("5.5"))
    assert row["due_at"] == datetime(2026, 12, 24, 23, 59)


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("12/24/2026 12:00:00 AM", "12/01/2026 12:00:00 AM", [(24, 23, 59), (1, 23, 59)]),
        ("12/24/2026 3:45 PM", "12/01/2026 06:00:00 AM", [(24, 15, 45), (1, 6, 0)]),
        ("24/12/2026 14:00", "01/12/2026 00:00:00", [(24, 14, 0), (1, 23, 59)]),
        ("2026.12.24", "2026.12.01", [(24, 23, 59), (1, 23, 59)]),
        ("2026/12/24", "2026/12/01", [(24, 23, 59), (1, 23, 59)]),
        ("2026-12-24 00:00:00.000", "2026-12-01T06:00:00", [(24, 23, 59), (1, 6, 0)]),
    ],
)
def test_a_moment_is_read_in_the_way_that_the_list_writes_it(first, second, days):
    rows = read("Demand", ["Sales Order", "Item", "Material", "Order quantity", "Delivery Date"],
                ["S1", "10", "A", "5", first], ["S2", "10", "A", "5", second])  # fmt: skip
    assert [row["due_at"] for row in rows] == [datetime(2026, 12, *each) for each in days]


def test_a_title_or_a_name_in_two_lines_is_one():
    rows = read("Materials", ["Material-\nnummer", "Bezeichnung", "Sicherheits-\nbestand"],
                ["A", "Blech\n2 mm", "5"], ["Material-\nnummer", "Bezeichnung",
                "Sicherheits-\nbestand"])  # fmt: skip
    assert rows[0]["name"] == "Blech 2 mm"
    assert len(rows) == 1


def test_what_stands_on_every_page_of_a_printed_list_is_no_row():
    rows = read("Stock", ["Lagerliste Werk", "Seite 1"], ["Artikel", "Lagerort", "Menge"],
                ["A", "L1", "5"], ["Lagerliste Werk", "Seite 2"],
                ["Artikel", "Lagerort", "Menge"], ["B", "L1", "6"])  # fmt: skip
    assert [row["material"] for row in rows] == ["A", "B"]


def test_a_table_may_begin_at_c7_below_notes_and_end_with_a_total_after_a_gap():
    rows = read("Stock", ["", "", "Bestandsliste, bitte nicht löschen"], [],
                ["", "", "Stand:", date(2026, 11, 1)], [], [], [],
                ["", "", "Artikel", "Menge [ST]", "Lagerort"], ["", "", "A", 5, "L1"], [],
                ["", "", "B", 6, "L1"], [], ["", "", "Razem", 11])  # fmt: skip
    assert [(r["material"], r["quantity"]) for r in rows] == [("A", 5), ("B", 6)]


def test_a_header_merged_over_two_rows_is_read_once():
    rows = read("Stock", ["Artikel", "Lagerort", "Bestand", ""],
                ["", "", "frei verwendbar", "gesperrt"], ["A", "L1", 5, 2])  # fmt: skip
    assert rows == [{"material": "A", "location": "L1", "quantity": 5}]
