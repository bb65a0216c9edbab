"""Lists as SAP, Odoo and ERPNext export them: headings as there, rows made up here."""

from datetime import datetime
from decimal import Decimal

from obeya.modules.exchange.tests.tables import faults_of, guessed, rows_of, sheet


def test_mb52_in_english_is_unrestricted_stock():
    file = guessed(
        sheet("Sheet1",
              ["Material", "Material Description", "Plant", "Storage Location", "Special Stock",
               "Batch", "Base Unit of Measure", "Unrestricted", "Currency", "Value Unrestricted",
               "Transit and Transfer", "In Quality Insp.", "Restricted-Use Stock", "Blocked",
               "Returns"],
              ["000000000000004711", "Sheet 2 mm", "1000", "0001", "", "B-1", "KG", "1,234.500",
               "EUR", "3,703.50", "0.000", "10.000", "0.000", "2.000", "0.000"])
    )  # fmt: skip
    assert rows_of(file, "Stock") == [
        {"material": "000000000000004711", "location": "0001", "lot": "B-1",
         "quantity": Decimal("1234.5")}
    ]  # fmt: skip
    assert rows_of(file, "Materials") == [
        {"code": "000000000000004711", "name": "Sheet 2 mm", "unit": "KGM"}
    ]


def test_cs12_in_english_is_a_bom_of_each_level():
    file = guessed(
        sheet("Sheet1", ["Material: BIKE-1"],
              ["Explosion level", "Item Number", "Object description", "Component number",
               "Comp. Qty (CUn)", "Component unit", "Valid From", "Valid to"],
              [".1", "0010", "Wheel", "WHEEL", "2.000", "PC", "01/15/2024", "12/31/9999"],
              ["..2", "0010", "Spoke", "SPOKE", "32.500", "PC", "01/15/2024", "12/31/9999"])
    )  # fmt: skip
    wheel, spoke = rows_of(file, "BOM")
    assert (wheel["material"], wheel["component"], wheel["quantity_per"]) == ("BIKE-1", "WHEEL", 2)
    assert (spoke["material"], spoke["component"]) == ("WHEEL", "SPOKE")
    assert (str(spoke["valid_from"]), spoke["valid_to"]) == ("2024-01-15", None)  # 9999: for good


def test_ca03_in_german_is_a_routing():
    file = guessed(
        sheet("Plan",
              ["Material", "Vorgang", "Arbeitsplatz", "Steuerschlüssel", "Vorgangskurztext",
               "Rüstzeit (min)", "Maschinenzeit (min)"],
              ["4711", "0010", "DRE-1", "PP01", "Drehen", "30", "1,5"],
              ["4711", "0020", "FRA-1", "PP01", "Fräsen", "20", "0,75"])
    )  # fmt: skip
    assert rows_of(file, "Operations") == [
        {"material": "4711", "number": 10, "equipment": "DRE-1", "name": "Drehen",
         "setup_min": 30, "run_s": 90},
        {"material": "4711", "number": 20, "equipment": "FRA-1", "name": "Fräsen",
         "setup_min": 20, "run_s": 45},
    ]  # fmt: skip


def test_me2n_in_german_is_what_is_still_to_come_from_whom():
    file = guessed(
        sheet("ME2N",
              ["Einkaufsbeleg", "Position", "Belegdatum", "Lieferant/Lieferwerk", "Material",
               "Kurztext", "Bestellmenge", "Bestellmengeneinheit", "Nettopreis",
               "Noch zu liefern (Menge)", "Lieferdatum"],
              ["4500000001", "10", "02.11.2026", "100012     Stahl AG", "4711", "Blech", "100,000",
               "KG", "3,00", "40,000", "01.12.2026"])
    )  # fmt: skip
    assert rows_of(file, "Purchases") == [
        {"number": "4500000001/10", "material": "4711", "quantity": 40, "supplier": "100012",
         "due_at": datetime(2026, 12, 1)}
    ]  # fmt: skip
    assert rows_of(file, "Parties") == [{"code": "100012", "is_supplier": True}]


def test_va05_in_german_is_demand():
    file = guessed(
        sheet("VA05",
              ["Verkaufsbeleg", "Position", "Auftraggeber", "Name 1", "Material", "Bezeichnung",
               "Auftragsmenge", "Verkaufsmengeneinheit", "Lieferdatum", "Nettowert"],
              ["10001", "10", "2001", "Müller GmbH", "4711", "Blech", "1.200,5", "ST", "24.12.2026",
               "5,00"])
    )  # fmt: skip
    [row] = rows_of(file, "Demand")
    assert (row["code"], row["order_code"], row["customer"]) == ("10001/10", "10001", "2001")
    assert (row["quantity"], row["due_at"]) == (
        Decimal("1200.5"), datetime(2026, 12, 24, 23, 59),
    )  # fmt: skip
    assert rows_of(file, "Parties") == [
        {"code": "2001", "name": "Müller GmbH", "is_customer": True}
    ]


def test_odoo_products_and_bills_of_materials():
    products = guessed(
        sheet("product.template",
              ["Internal Reference", "Name", "Unit of Measure", "Cost", "Sales Price"],
              ["T-1", "Table", "Units", "10.50", "25.00"])
    )  # fmt: skip
    assert rows_of(products, "Materials") == [
        {"code": "T-1", "name": "Table", "unit": "H87", "standard_cost": Decimal("10.5")}
    ]
    bom = guessed(
        sheet("mrp.bom",
              ["Product", "Unit of Measure", "BoM Lines/Component", "BoM Lines/Quantity"],
              ["[T-1] Table", "Units", "[L-1] Leg", "4.00"], ["", "", "[B-1] Bolt", "8.00"])
    )  # fmt: skip
    assert rows_of(bom, "BOM") == [
        {"material": "T-1", "component": "L-1", "quantity_per": 4},
        {"material": "T-1", "component": "B-1", "quantity_per": 8},
    ]


def test_erpnext_items_and_stock_balance():
    items = guessed(
        sheet("Item",
              ["Item Code", "Item Name", "Item Group", "Default Unit of Measure", "Valuation Rate",
               "Safety Stock", "Lead Time in days"],
              ["T-1", "Table", "Products", "Nos", "10.5", "5", "3"])
    )  # fmt: skip
    assert rows_of(items, "Materials") == [
        {"code": "T-1", "name": "Table", "unit": "H87", "standard_cost": Decimal("10.5"),
         "safety_stock": 5, "lead_time_days": 3}
    ]  # fmt: skip
    stock = guessed(
        sheet("Stock Balance",
              ["Item", "Item Name", "Warehouse", "Stock UOM", "Balance Qty", "Balance Value"],
              ["T-1", "Table", "Stores - K", "Nos", "10.0", "105.0"])
    )  # fmt: skip
    assert rows_of(stock, "Stock") == [
        {"material": "T-1", "location": "Stores - K", "quantity": 10}
    ]
    assert faults_of(items) == faults_of(stock) == []
