from obeya.modules.orders import actions, queries
from obeya.modules.orders.rows import DemandRow, ShipmentRow
from obeya.modules.orders.shipping import ship_demands
from obeya.plant.log.api import ListEndpoint, RowsEndpoint
from obeya.plant.work.open_and_done import DEMAND

endpoints = [
    RowsEndpoint("demands", actions.save_demands, DemandRow),
    RowsEndpoint("shipments", ship_demands, ShipmentRow),
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
        state=DEMAND,
    ),
]
