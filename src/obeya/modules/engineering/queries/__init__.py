"""Reads of engineering: rows as they stand, and what its pages show."""

from obeya.modules.engineering.queries.rows import (
    alternate_rows,
    assumed_operation,
    bom_rows,
    material_rows,
    operation_rows,
    setup_time_rows,
    tool_rows,
)
from obeya.modules.engineering.queries.shown import (
    material_list,
    material_page,
)

__all__ = [
    "alternate_rows",
    "assumed_operation",
    "bom_rows",
    "material_list",
    "material_page",
    "material_rows",
    "operation_rows",
    "setup_time_rows",
    "tool_rows",
]
