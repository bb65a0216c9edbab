"""The verbs of the doors for files: look at a file beside the plant, take it over."""

from obeya.modules.exchange.actions.clearing import (
    clear_previews,
    give_up_imports,
    to_clear,
    to_give_up,
)
from obeya.modules.exchange.actions.healing import NoRemedy, NotSick, heal
from obeya.modules.exchange.actions.in_parts import (
    NothingToTakeOver,
    begin_take_over,
    stop_take_over,
    take_part,
)
from obeya.modules.exchange.actions.mapped import (
    NoSuchProfile,
    ProfileRow,
    forget_profiles,
    hold_file,
    save_profiles,
)
from obeya.modules.exchange.actions.plant import (
    Imported,
    UnknownSite,
    import_plant,
    try_import,
)
from obeya.modules.exchange.actions.previewed import (
    AlreadyApplied,
    NoSuchImport,
    apply_import,
    check_import,
    forget_imports,
)
from obeya.modules.exchange.actions.shadow import (
    NoSuchSource,
    NotDecidable,
    TakenBefore,
    decide_differences,
    note_shadow_night,
    save_field_owners,
    save_shadow_sources,
    send_shadow_files,
    take_shadow_file,
)
from obeya.modules.exchange.actions.turns import TakingOver
from obeya.modules.exchange.actions.undo import (
    ChangedOrUsedSince,
    NotUndoable,
    Undone,
    undo_import,
)
from obeya.modules.exchange.actions.undo_in_parts import (
    begin_undo,
    end_undo,
    refuse_undo,
    try_undo,
    undo_part,
)

__all__ = [
    "AlreadyApplied",
    "ChangedOrUsedSince",
    "Imported",
    "NoRemedy",
    "NoSuchImport",
    "NoSuchProfile",
    "NoSuchSource",
    "NotDecidable",
    "NotSick",
    "NotUndoable",
    "NothingToTakeOver",
    "ProfileRow",
    "TakenBefore",
    "TakingOver",
    "Undone",
    "UnknownSite",
    "apply_import",
    "begin_take_over",
    "begin_undo",
    "check_import",
    "clear_previews",
    "decide_differences",
    "end_undo",
    "forget_imports",
    "forget_profiles",
    "give_up_imports",
    "heal",
    "hold_file",
    "import_plant",
    "note_shadow_night",
    "refuse_undo",
    "save_field_owners",
    "save_profiles",
    "save_shadow_sources",
    "send_shadow_files",
    "stop_take_over",
    "take_part",
    "take_shadow_file",
    "to_clear",
    "to_give_up",
    "try_import",
    "try_undo",
    "undo_import",
    "undo_part",
]
