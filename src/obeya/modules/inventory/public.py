"""What other rooms may use of the store."""

from obeya.modules.inventory.actions import StockTransfer, move_stock, set_stock
from obeya.modules.inventory.queries import stock_rows
from obeya.modules.inventory.rows import StockRow

__all__ = ["StockRow", "StockTransfer", "move_stock", "set_stock", "stock_rows"]
