"""What this room remembers: files on their way in, profiles, and the shadow of an ERP."""

from obeya.modules.exchange.models.imports import (
    FileImport,
    ImportPart,
    ImportRow,
    MappingProfile,
)
from obeya.modules.exchange.models.shadow import (
    FieldOwner,
    ShadowDifference,
    ShadowNight,
    ShadowSource,
)

__all__ = [
    "FieldOwner",
    "FileImport",
    "ImportPart",
    "ImportRow",
    "MappingProfile",
    "ShadowDifference",
    "ShadowNight",
    "ShadowSource",
]
