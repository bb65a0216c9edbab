"""The verbs of the doors for files: look at a file beside the plant, take it over."""

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

__all__ = [
    "AlreadyApplied",
    "Imported",
    "NoSuchImport",
    "UnknownSite",
    "apply_import",
    "check_import",
    "forget_imports",
    "import_plant",
    "try_import",
]
