"""What the pages of this room show."""

from obeya.modules.exchange.queries.imports import (
    file_import,
    findings,
    imports_at,
    mapping_profiles,
    plant_sheets,
    preview_rows,
    saved_profiles,
)
from obeya.modules.exchange.queries.shadow import (
    last_nights,
    open_differences,
    shadow_differences,
    shadow_nights,
    shadow_sources,
)

__all__ = [
    "file_import",
    "findings",
    "imports_at",
    "last_nights",
    "mapping_profiles",
    "open_differences",
    "plant_sheets",
    "preview_rows",
    "saved_profiles",
    "shadow_differences",
    "shadow_nights",
    "shadow_sources",
]
