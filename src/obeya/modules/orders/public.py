"""What other rooms may use of orders."""

from obeya.modules.orders.actions import save_demands
from obeya.modules.orders.queries import demand_rows
from obeya.modules.orders.rows import DemandRow, ShipmentRow
from obeya.modules.orders.shipping import ship_demands

__all__ = ["DemandRow", "ShipmentRow", "demand_rows", "save_demands", "ship_demands"]
