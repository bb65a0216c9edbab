"""What other rooms may use of purchasing."""

from obeya.modules.purchasing.actions import save_purchase_orders
from obeya.modules.purchasing.queries import purchase_rows
from obeya.modules.purchasing.rows import PurchaseRow

__all__ = ["PurchaseRow", "purchase_rows", "save_purchase_orders"]
