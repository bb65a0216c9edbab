from obeya.modules.planning import queries
from obeya.modules.planning.actions import save_production_orders
from obeya.modules.planning.rows import ProductionOrderRow
from obeya.plant.log.api import ListEndpoint, RowsEndpoint

endpoints = [
    RowsEndpoint("production-orders", save_production_orders, ProductionOrderRow),
    ListEndpoint(
        "production-orders",
        queries.production_orders,
        {
            "number": "number",
            "material": "material__code",
            "quantity": "quantity",
            "due_at": "due_at",
            "status": "status",
        },
        key="number",
    ),
    ListEndpoint(
        "purchase-proposals",
        queries.purchase_proposals,
        {
            "proposal": "pk",
            "material": "material__code",
            "quantity": "quantity",
            "due_at": "due_at",
            "supplier": "usual_supplier",
            "lead_time_s": "lead_time_s",
            "as_of": "as_of",
        },
        key="pk",
    ),
]
