"""What other rooms may use of orders."""

from obeya.modules.orders.actions import save_demands
from obeya.modules.orders.queries import demand_rows
from obeya.modules.orders.rows import DemandRow

__all__ = ["DemandRow", "demand_rows", "save_demands"]
