"""AdventureWorks' bills of materials, stock in bins, and open purchase orders."""

from datetime import datetime, time
from typing import Any

from obeya.modules.engineering.public import BomRow
from obeya.modules.exchange.plant_file import sheet_of
from obeya.modules.exchange.profiles.adventureworks.masters import bin_of
from obeya.modules.exchange.profiles.adventureworks.tables import Tables
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.inventory.public import StockRow
from obeya.modules.purchasing.public import PurchaseRow

OPEN = ("1", "2")  # pending, approved; 3 is rejected, 4 complete
Given = tuple[int, dict[str, Any]]


def bom_sheet(tables: Tables) -> TypedSheet:
    """Lines with their days of effect; rows without an assembly say only what is sold."""
    codes = tables.texts("Product", "ProductID", "ProductNumber")
    rows: list[Given] = []
    tops = 0
    for row in tables.of_kind("BillOfMaterials"):
        if not row.text("ProductAssemblyID"):
            tops += 1
            continue
        given = {
            "material": codes.get(row.text("ProductAssemblyID"), row.text("ProductAssemblyID")),
            "component": codes.get(row.text("ComponentID"), row.text("ComponentID")),
            "quantity_per": row.number_of("PerAssemblyQty"),
            "valid_from": row.day("StartDate"),
            "valid_to": row.day("EndDate"),
        }
        rows.append((row.number, given))
    if tops:
        tables.note(
            f"{tops} row(s) of BillOfMaterials have no assembly: they name products that are "
            "sold, which need no line here."
        )
    return sheet_of(BomRow, rows)


def stock_sheet(tables: Tables) -> TypedSheet:
    codes = tables.texts("Product", "ProductID", "ProductNumber")
    return sheet_of(
        StockRow,
        [
            (row.number, {"material": codes.get(row.text("ProductID"), row.text("ProductID")),
                          "location": bin_of(row), "quantity": row.number_of("Quantity")})
            for row in tables.of_kind("ProductInventory")
        ],
    )  # fmt: skip


def purchases_sheet(tables: Tables) -> TypedSheet:
    """What is still to come of orders that are neither complete nor rejected."""
    codes = tables.texts("Product", "ProductID", "ProductNumber")
    accounts = tables.texts("Vendor", "BusinessEntityID", "AccountNumber")
    orders = {row.text("PurchaseOrderID"): row for row in tables.of_kind("PurchaseOrderHeader")}
    rows: list[Given] = []
    done = 0
    for row in tables.of_kind("PurchaseOrderDetail"):
        order = orders.get(row.text("PurchaseOrderID"))
        left = row.number_of("OrderQty") - row.number_of("ReceivedQty")
        due = row.day("DueDate")
        if order is None or order.text("Status") not in OPEN or left <= 0 or due is None:
            done += 1
            continue
        given = {
            "number": f"{row.text('PurchaseOrderID')}/{row.text('PurchaseOrderDetailID')}",
            "material": codes.get(row.text("ProductID"), row.text("ProductID")),
            "quantity": left,
            "due_at": datetime.combine(due, time.min),
            "supplier": accounts.get(order.text("VendorID"), ""),
        }
        rows.append((row.number, given))
    if done:
        tables.note(
            f"{done:,} line(s) of purchase orders were not carried over: they are received, "
            "complete or rejected. A purchase here is what is still to come."
        )
    return sheet_of(PurchaseRow, rows)
