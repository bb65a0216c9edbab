"""A plant small enough to read: it saws and assembles one table. A test imports it."""

from datetime import date, datetime, time
from decimal import Decimal

from obeya.modules.engineering.public import (
    AlternateRow,
    BomRow,
    MaterialRow,
    OperationRow,
    SetupTimeRow,
    ToolRow,
)
from obeya.modules.exchange.rows import Sheets, SiteRow
from obeya.modules.inventory.public import StockRow
from obeya.modules.orders.public import DemandRow
from obeya.modules.organisation.public import (
    CalendarRow,
    EquipmentRow,
    PartyRow,
    PersonRow,
)
from obeya.modules.planning.public import ProductionOrderRow
from obeya.modules.purchasing.public import PurchaseRow

EXAMPLE: Sheets = (
    (SiteRow, [SiteRow("OAK", "Oak Tables", "Europe/Berlin", "EUR")]),
    (
        CalendarRow,
        [
            CalendarRow(
                "DAY", "early", "Mon-Fri", time(6), time(14), breaks="10:00-10:30", name="Day shift"
            ),
            CalendarRow("DAY", "Christmas", on_date=date(2026, 12, 25), ends_on=date(2026, 12, 26)),
        ],
    ),
    (
        EquipmentRow,
        [
            EquipmentRow("HALL", "Hall 1", "area", calendar="DAY"),
            EquipmentRow("SAW-1", "Panel saw", parent="HALL", classes=("SAWS",)),
            EquipmentRow("SAW-2", "Old saw", parent="HALL", classes=("SAWS",)),
            EquipmentRow("BENCH", "Assembly bench", parent="HALL", capacity=2),
            EquipmentRow("STORE", "Store", "storage"),
        ],
    ),
    (
        PersonRow,
        [
            PersonRow("1001", "Ann Field", "SAWING", 4, calendar="DAY"),
            PersonRow("1001", skill="ASSEMBLY"),
            PersonRow("1002", "Ben Wood", "ASSEMBLY", calendar="DAY"),
        ],
    ),
    (
        PartyRow,
        [
            PartyRow("C-100", "Home & Garden", is_customer=True),
            PartyRow("S-200", "Timber Brothers", is_supplier=True, lead_time_days=Decimal(5)),
        ],
    ),
    (ToolRow, [ToolRow("JIG-1", "Assembly jig", 1)]),
    (
        MaterialRow,
        [
            MaterialRow("TABLE", "Oak table", storage="STORE"),
            MaterialRow("LEG", "Table leg", "semifinished", storage="STORE"),
            MaterialRow(
                "BEAM",
                "Oak beam",
                "raw",
                policy="buy",
                lead_time_days=Decimal(5),
                lot_multiple=Decimal(10),
                standard_cost=Decimal("12.5"),
                storage="STORE",
                supplier="S-200",
            ),
            MaterialRow("TOP", "Table top", "purchased", policy="buy", supplier="S-200"),
        ],
    ),
    (
        BomRow,
        [
            BomRow("TABLE", "LEG", Decimal(4), operation=10),
            BomRow("TABLE", "TOP", Decimal(1), operation=10),
            BomRow("LEG", "BEAM", Decimal(1), per_quantity=Decimal(3), scrap_percent=Decimal(2)),
        ],
    ),
    (
        OperationRow,
        [
            OperationRow(
                "LEG",
                10,
                "Saw",
                equipment_class="SAWS",
                setup_min=Decimal(15),
                run_s=Decimal(90),
                setup_family="OAK",
                skill="SAWING",
            ),
            OperationRow(
                "TABLE",
                10,
                "Assemble",
                "BENCH",
                run_s=Decimal(1800),
                skill="ASSEMBLY",
                tool="JIG-1",
            ),
        ],
    ),
    (AlternateRow, [AlternateRow("LEG", 10, "SAW-2", preference=2, run_s=Decimal(120))]),
    (
        SetupTimeRow,
        [
            SetupTimeRow("SAWS", setup_min=Decimal(15), equipment=("SAW-1", "SAW-2")),
            SetupTimeRow("SAWS", "OAK", "OAK", Decimal(2), equipment=("SAW-1", "SAW-2")),
        ],
    ),
    (StockRow, [StockRow("BEAM", "STORE", Decimal(30)), StockRow("TOP", "STORE", Decimal(6))]),
    (
        DemandRow,
        [
            DemandRow("SO-1/1", "TABLE", Decimal(5), datetime(2026, 12, 11, 14), "C-100", "SO-1"),  # noqa: DTZ001
            DemandRow("SO-2/1", "TABLE", Decimal(3), datetime(2026, 12, 18, 14), "C-100", "SO-2"),  # noqa: DTZ001
        ],
    ),
    (
        PurchaseRow,
        [PurchaseRow("PO-7/1", "TOP", Decimal(10), datetime(2026, 12, 4, 8), "S-200")],  # noqa: DTZ001
    ),
    (
        ProductionOrderRow,
        [ProductionOrderRow("100200", "LEG", Decimal(8), datetime(2026, 12, 9, 14))],  # noqa: DTZ001
    ),
)
