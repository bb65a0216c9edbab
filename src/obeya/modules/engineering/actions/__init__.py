"""The verbs of engineering: the only writers of what we make and how."""

from obeya.modules.engineering.actions.alternates import save_alternates
from obeya.modules.engineering.actions.archive import archive_materials, unarchive_materials
from obeya.modules.engineering.actions.bom import save_bom_lines
from obeya.modules.engineering.actions.materials import save_materials
from obeya.modules.engineering.actions.operations import save_operations
from obeya.modules.engineering.actions.setups import save_setup_times
from obeya.modules.engineering.actions.tools import save_tools

__all__ = [
    "archive_materials",
    "save_alternates",
    "save_bom_lines",
    "save_materials",
    "save_operations",
    "save_setup_times",
    "save_tools",
    "unarchive_materials",
]
