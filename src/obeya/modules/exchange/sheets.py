"""The sheets of a plant's workbook, in the order in which they are saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from obeya.modules.engineering import public as engineering
from obeya.modules.exchange.rows import SheetRow, SiteRow
from obeya.modules.inventory import public as inventory
from obeya.modules.orders import public as orders
from obeya.modules.organisation import public as organisation
from obeya.modules.planning import public as planning
from obeya.modules.purchasing import public as purchasing
from obeya.plant.log.saving import Saved


@dataclass(frozen=True)
class SheetKind:
    """One sheet: its row class, the verb that saves its rows, and what they say today."""

    row_class: type[SheetRow]
    save: Callable[..., Saved]  # (site=, rows=, by=)
    rows: Callable[..., Sequence[Any]]  # (site=, by=)
    defines: str = ""  # the noun whose unknown codes this sheet would define
    effort: int = 1  # of saving a row, in rows of a plain sheet
    above: str = ""  # the field that names another row of the sheet, which must be there before

    @property
    def name(self) -> str:
        return self.row_class.SHEET

    @property
    def slug(self) -> str:
        """Its name as it stands in an address."""
        return self.name.lower().replace(" ", "-")


SHEETS: tuple[SheetKind, ...] = (
    SheetKind(organisation.UnitRow, organisation.save_units, organisation.unit_rows, "unit"),
    SheetKind(organisation.ReasonRow, organisation.save_reasons, organisation.reason_rows),
    SheetKind(
        organisation.CalendarRow,
        organisation.save_calendars,
        organisation.calendar_rows,
        "calendar",
    ),
    SheetKind(
        organisation.EquipmentRow,
        organisation.save_equipment,
        organisation.equipment_rows,
        "equipment",
        above="parent",
    ),
    SheetKind(organisation.PersonRow, organisation.save_people, organisation.person_rows, "skill"),
    SheetKind(organisation.PartyRow, organisation.save_parties, organisation.party_rows, "party"),
    SheetKind(engineering.ToolRow, engineering.save_tools, engineering.tool_rows, "tool"),
    SheetKind(
        engineering.MaterialRow,
        engineering.save_materials,
        engineering.material_rows,
        "material",
        effort=2,
    ),
    SheetKind(engineering.BomRow, engineering.save_bom_lines, engineering.bom_rows),
    SheetKind(
        engineering.OperationRow,
        engineering.save_operations,
        engineering.operation_rows,
        "operation",
        effort=2,
    ),
    SheetKind(engineering.AlternateRow, engineering.save_alternates, engineering.alternate_rows),
    SheetKind(engineering.SetupTimeRow, engineering.save_setup_times, engineering.setup_time_rows),
    SheetKind(inventory.StockRow, inventory.set_stock, inventory.stock_rows),
    SheetKind(orders.DemandRow, orders.save_demands, orders.demand_rows),
    SheetKind(purchasing.PurchaseRow, purchasing.save_purchase_orders, purchasing.purchase_rows),
    SheetKind(
        planning.ProductionOrderRow,
        planning.save_production_orders,
        planning.production_order_rows,
    ),
)
BY_NAME = {kind.name: kind for kind in SHEETS}
ROW_CLASSES: tuple[type[SheetRow], ...] = (SiteRow, *(kind.row_class for kind in SHEETS))


def row_class_of(sheet: str) -> type[SheetRow] | None:
    """The row class of a sheet's name, whatever its case."""
    word = sheet.strip().lower()
    return next((each for each in ROW_CLASSES if each.SHEET.lower() == word), None)
