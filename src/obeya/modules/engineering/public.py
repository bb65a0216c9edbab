"""What other rooms may use of engineering."""

from obeya.modules.engineering.actions import (
    archive_materials,
    save_alternates,
    save_bom_lines,
    save_materials,
    save_operations,
    save_setup_times,
    save_tools,
    unarchive_materials,
)
from obeya.modules.engineering.eligibility import (
    Eligible,
    Machines,
    eligible_machines,
    machines_of,
)
from obeya.modules.engineering.queries import (
    alternate_rows,
    bom_rows,
    material_rows,
    operation_rows,
    setup_time_rows,
    tool_rows,
)
from obeya.modules.engineering.revisions import in_effect
from obeya.modules.engineering.rows import (
    AlternateRow,
    BomRow,
    MaterialRow,
    OperationRow,
    SetupTimeRow,
    ToolRow,
)
from obeya.modules.engineering.sharing import must_change

__all__ = [
    "AlternateRow",
    "BomRow",
    "Eligible",
    "Machines",
    "MaterialRow",
    "OperationRow",
    "SetupTimeRow",
    "ToolRow",
    "alternate_rows",
    "archive_materials",
    "bom_rows",
    "eligible_machines",
    "in_effect",
    "machines_of",
    "material_rows",
    "must_change",
    "operation_rows",
    "save_alternates",
    "save_bom_lines",
    "save_materials",
    "save_operations",
    "save_setup_times",
    "save_tools",
    "setup_time_rows",
    "tool_rows",
    "unarchive_materials",
]
