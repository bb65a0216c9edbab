"""What other rooms may use of purchasing."""

from obeya.modules.purchasing.actions import save_purchase_orders
from obeya.modules.purchasing.queries import purchase_rows
from obeya.modules.purchasing.receiving import receive_purchases
from obeya.modules.purchasing.rows import PurchaseRow, ReceiptRow

__all__ = [
    "PurchaseRow",
    "ReceiptRow",
    "purchase_rows",
    "receive_purchases",
    "save_purchase_orders",
]
