"""The verbs of the shadow: lists, owners of fields, files and decisions."""

from obeya.modules.exchange.actions.shadow.deciding import NotDecidable, decide_differences
from obeya.modules.exchange.actions.shadow.saving import (
    NoSuchSource,
    save_field_owners,
    save_shadow_sources,
    send_shadow_files,
)
from obeya.modules.exchange.actions.shadow.taking import (
    TakenBefore,
    TakenFile,
    note_shadow_night,
    take_shadow_file,
)

__all__ = [
    "NoSuchSource",
    "NotDecidable",
    "TakenBefore",
    "TakenFile",
    "decide_differences",
    "note_shadow_night",
    "save_field_owners",
    "save_shadow_sources",
    "send_shadow_files",
    "take_shadow_file",
]
