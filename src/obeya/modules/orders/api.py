from obeya.modules.orders import actions, queries
from obeya.modules.orders.rows import DemandRow
from obeya.plant.log.api import ListEndpoint, RowsEndpoint

endpoints = [
    RowsEndpoint("demands", actions.save_demands, DemandRow),
    ListEndpoint(
        "demands",
        queries.demands,
        {
            "code": "code",
            "material": "material__code",
            "quantity": "quantity",
            "due_at": "due_at",
            "customer": "customer__code",
            "order_code": "order_code",
            "kind": "kind",
            "weight": "weight",
            "status": "status",
        },
    ),
]
