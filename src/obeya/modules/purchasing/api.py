from obeya.modules.purchasing import actions, queries
from obeya.modules.purchasing.receiving import receive_purchases
from obeya.modules.purchasing.rows import PurchaseRow, ReceiptRow
from obeya.plant.log.api import ListEndpoint, RowsEndpoint
from obeya.plant.work.open_and_done import SUPPLY

endpoints = [
    RowsEndpoint("purchases", actions.save_purchase_orders, PurchaseRow),
    RowsEndpoint("receipts", receive_purchases, ReceiptRow),
    ListEndpoint(
        "purchases",
        queries.purchases,
        {
            "number": "number",
            "material": "material__code",
            "quantity": "quantity",
            "due_at": "due_at",
            "supplier": "supplier__code",
            "status": "status",
        },
        key="number",
        state=SUPPLY,
    ),
]
