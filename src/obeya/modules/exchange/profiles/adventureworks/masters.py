"""AdventureWorks' units, reasons, places, vendors and products."""

from typing import Any

from obeya.modules.engineering.public import MaterialRow
from obeya.modules.exchange.plant_file import sheet_of
from obeya.modules.exchange.profiles.adventureworks.tables import Row, Tables
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.organisation.public import EquipmentRow, PartyRow, ReasonRow, UnitRow

Given = tuple[int, dict[str, Any]]
PIECE = "H87"
#: their unit → ours by UN/ECE recommendation 20, with its name, dimension and decimals
UNITS = {
    "EA": (PIECE, "pcs", "count", 0),
    "OZ": ("ONZ", "oz", "mass", 2),
    "IN": ("INH", "in", "length", 2),
}
#: whether it is made, whether it is sold → our kind
KINDS = {
    (True, True): "finished",
    (True, False): "semifinished",
    (False, True): "purchased",
    (False, False): "purchased",
}


def units_sheet(tables: Tables) -> TypedSheet:
    used = {row.text("UnitMeasureCode") for row in tables.of_kind("BillOfMaterials")}
    rows: list[Given] = []
    for row in tables.of_kind("UnitMeasure"):
        if (theirs := row.text("UnitMeasureCode")) in UNITS and theirs in used:
            code, name, dimension, decimals = UNITS[theirs]
            given = {"code": code, "name": name, "dimension": dimension, "decimals": decimals}
            rows.append((row.number, given))
    return sheet_of(UnitRow, rows)


def reasons_sheet(tables: Tables) -> TypedSheet:
    return sheet_of(
        ReasonRow,
        [
            (row.number, {"kind": "scrap", "code": row.text("ScrapReasonID"),
                          "name": row.text("Name")})
            for row in tables.of_kind("ScrapReason")
        ],
    )  # fmt: skip


def bin_of(row: Row) -> str:
    """The code of a bin: its location, shelf and number."""
    return f"{row.text('LocationID')}-{row.text('Shelf')}-{row.text('Bin')}".replace("/", "")


def equipment_sheet(tables: Tables) -> TypedSheet:
    """A location becomes an area; with a rate it holds a work center; its bins are storages."""
    rows: list[Given] = []
    hours: list[str] = []
    for row in tables.of_kind("Location"):
        code, name = row.text("LocationID"), row.text("Name")
        rows.append((row.number, {"code": code, "name": name, "level": "area"}))
        if row.number_of("CostRate"):
            center = {"code": f"WC{code}", "name": name, "level": "work_center", "parent": code}
            rows.append((row.number, center | {"calendar": "All shifts"}))
            hours.append(f"{name} {row.text('CostRate')}/h, {row.number_of('Availability')} h")
    if hours:
        tables.note(
            f"Cost rates and available hours were not carried over ({'; '.join(hours)}): nothing "
            "here holds rates yet, and hours name no days. The work centers work all shifts."
        )
    seen: set[str] = set()
    for row in tables.of_kind("ProductInventory"):
        if (code := bin_of(row)) not in seen:
            seen.add(code)
            place = {"code": code, "name": code, "level": "storage"}
            rows.append((row.number, place | {"parent": row.text("LocationID")}))
    return sheet_of(EquipmentRow, rows)


def parties_sheet(tables: Tables) -> TypedSheet:
    rows = tables.of_kind("Vendor")
    if idle := sum(not row.flag("ActiveFlag") for row in rows):
        tables.note(f"{idle} vendor(s) are marked inactive there; they came along like the others.")
    return sheet_of(
        PartyRow,
        [
            (row.number, {"code": row.text("AccountNumber"), "name": row.text("Name"),
                          "is_supplier": True})
            for row in rows
        ],
    )  # fmt: skip


def materials_sheet(tables: Tables) -> TypedSheet:
    units = {r.text("ComponentID"): r.text("UnitMeasureCode") for r in
             tables.of_kind("BillOfMaterials")}  # fmt: skip
    accounts = tables.texts("Vendor", "BusinessEntityID", "AccountNumber")
    sources = _sources(tables)
    rows: list[Given] = []
    for row in tables.of_kind("Product"):
        is_made = row.flag("MakeFlag")
        source = sources.get(row.text("ProductID"))
        given: dict[str, Any] = {
            "code": row.text("ProductNumber"),
            "name": row.text("Name"),
            "kind": KINDS[is_made, row.flag("FinishedGoodsFlag")],
            "unit": UNITS.get(units.get(row.text("ProductID"), "EA"), UNITS["EA"])[0],
            "policy": "make" if is_made else "buy",
            "safety_stock": row.number_of("SafetyStockLevel"),
            "lead_time_days": row.number_of("DaysToManufacture"),
            "standard_cost": row.number_of("StandardCost"),
            "supplier": "",
        }
        if source is not None and not is_made:
            given["lead_time_days"] = source.number_of("AverageLeadTime")
            given["supplier"] = accounts.get(source.text("BusinessEntityID"), "")
        rows.append((row.number, given))
    tables.note(
        "Reorder points, list prices, sizes, weights, colours, lines, classes and styles of "
        "products were not carried over: no rule reads them yet."
    )
    return sheet_of(MaterialRow, rows)


def _sources(tables: Tables) -> dict[str, Row]:
    """Of several vendors of a product the one that delivered last."""
    found: dict[str, Row] = {}
    others = 0
    for row in sorted(tables.of_kind("ProductVendor"), key=lambda r: r.text("LastReceiptDate")):
        others += row.text("ProductID") in found
        found[row.text("ProductID")] = row
    if others:
        tables.note(
            f"{others} further vendor(s) of a product were not carried over: a material has one "
            "usual supplier; the one that delivered last is taken."
        )
        tables.note(
            "Order quantities of vendors count in their packages (CTN, CS), whose content the "
            "tables do not name; they were not carried over."
        )
    return found
