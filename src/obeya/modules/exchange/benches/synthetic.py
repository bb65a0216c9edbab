"""A made-up plant of four plain tables, as the sheets of our own workbook.

The folder holds `items.csv` (item, kind, supplier_lead_days, on_hand), `bom.csv` (parent,
component, qty_per), `routing.csv` (item, work_center, setup_min, run_sec_per_unit) and
`demand.csv` (order, item, qty, due, priority).
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path

from obeya.modules.engineering.public import BomRow, MaterialRow, OperationRow
from obeya.modules.exchange.rows import Sheets, SiteRow
from obeya.modules.inventory.public import StockRow
from obeya.modules.orders.public import DemandRow
from obeya.modules.organisation.public import CalendarRow, EquipmentRow

TABLES = ("items", "bom", "routing", "demand")
SHIFTS = (("Early", time(6), time(14)), ("Late", time(14), time(22)))
NOON = "T12:00"
Records = Sequence[Mapping[str, str]]


def is_synthetic(path: Path) -> bool:
    return all((path / f"{name}.csv").is_file() for name in TABLES)


def sheets_of(folder: Path) -> Sheets:
    items, bom, routing, demand = (_records(folder / f"{name}.csv") for name in TABLES)
    centers = sorted({each["work_center"] for each in routing})
    components = {each["component"] for each in bom}
    return [
        (SiteRow, [SiteRow("SYN", "Synthetic plant", "Europe/Berlin", "EUR")]),
        (CalendarRow, [CalendarRow("2S", name, "Mon-Fri", *hours) for name, *hours in SHIFTS]),
        (
            EquipmentRow,
            [
                EquipmentRow("STORE", level="storage"),
                *(EquipmentRow(code, calendar="2S") for code in centers),
            ],
        ),
        (MaterialRow, [_material(each, components) for each in items]),
        (
            BomRow,
            [BomRow(each["parent"], each["component"], Decimal(each["qty_per"])) for each in bom],
        ),
        (OperationRow, [_operation(each) for each in routing]),
        (
            StockRow,
            [
                StockRow(each["item"], "STORE", Decimal(each["on_hand"]))
                for each in items
                if Decimal(each["on_hand"] or 0) > 0
            ],
        ),
        (DemandRow, [_demand(each) for each in demand]),
    ]


def _records(file: Path) -> Records:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _material(item: Mapping[str, str], components: set[str]) -> MaterialRow:
    kind = "purchased" if item["kind"] != "make" else "finished"
    if kind == "finished" and item["item"] in components:
        kind = "semifinished"
    lead_time = Decimal(item["supplier_lead_days"] or 0)
    return MaterialRow(item["item"], kind=kind, lead_time_days=lead_time)


def _operation(step: Mapping[str, str]) -> OperationRow:
    return OperationRow(
        step["item"],
        10,
        equipment=step["work_center"],
        setup_min=Decimal(step["setup_min"]),
        run_s=Decimal(step["run_sec_per_unit"]),
        crew_size=0,
    )


def _demand(order: Mapping[str, str]) -> DemandRow:
    return DemandRow(
        order["order"],
        order["item"],
        Decimal(order["qty"]),
        datetime.fromisoformat(order["due"] + NOON),
        weight=int(order["priority"]),
    )
