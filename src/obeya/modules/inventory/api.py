from obeya.modules.inventory import actions, queries
from obeya.modules.inventory.rows import StockRow
from obeya.plant.log.api import ListEndpoint, RowsEndpoint

endpoints = [
    RowsEndpoint("stock", actions.set_stock, StockRow),
    RowsEndpoint("stock-moves", actions.move_stock, actions.StockTransfer, argument="transfers"),
    ListEndpoint(
        "stock",
        queries.balances,
        {
            "material": "material__code",
            "location": "location__code",
            "lot": "lot__code",
            "status": "status",
            "quantity": "quantity",
        },
        key="material__code",
    ),
]
