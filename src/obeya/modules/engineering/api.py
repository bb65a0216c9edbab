from obeya.modules.engineering import actions, queries, rows
from obeya.plant.log.api import ListEndpoint, RowsEndpoint

endpoints = [
    RowsEndpoint("tools", actions.save_tools, rows.ToolRow),
    RowsEndpoint("materials", actions.save_materials, rows.MaterialRow),
    RowsEndpoint("bom", actions.save_bom_lines, rows.BomRow),
    RowsEndpoint("operations", actions.save_operations, rows.OperationRow),
    RowsEndpoint("alternates", actions.save_alternates, rows.AlternateRow),
    RowsEndpoint("setup-times", actions.save_setup_times, rows.SetupTimeRow),
    ListEndpoint(
        "materials",
        queries.material_list,
        {
            "code": "code",
            "name": "name",
            "kind": "kind",
            "unit": "unit__code",
            "is_lot_tracked": "is_lot_tracked",
        },
        scope="enterprise",
    ),
]
