"""What happened at the doors for files. Counts only; each sheet's own event names its rows."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("exchange.plant_imported", view="exchange.import_plant")
@dataclass(frozen=True)
class PlantImported:
    """One file was taken over; ``counts[sheet]`` is [new, changed, unchanged]."""

    site: int
    counts: dict[str, list[int]]


@event("exchange.file_checked", view="exchange.import_plant")
@dataclass(frozen=True)
class FileChecked:
    """A file was compared with the plant; its preview shows what it would do."""

    file_import: int


@event("exchange.file_taken_over", view="exchange.import_plant")
@dataclass(frozen=True)
class FileTakenOver:
    """A file was taken over as its preview had shown it."""

    file_import: int


@event("exchange.preview_begun", view="exchange.import_plant")
@dataclass(frozen=True)
class PreviewBegun:
    """A large file was compared; its preview is written in pieces, and shown once it is whole."""

    file_import: int


@event("exchange.take_over_begun", view="exchange.import_plant")
@dataclass(frozen=True)
class TakeOverBegun:
    """A large file is to be taken over in parts, or the parts that are left of it are."""

    file_import: int


@event("exchange.take_over_stopped", view="exchange.import_plant")
@dataclass(frozen=True)
class TakeOverStopped:
    """Somebody called the take-over off; what is in the plant stays until it is undone."""

    file_import: int


@event("exchange.part_taken_over", view="exchange.import_plant")
@dataclass(frozen=True)
class PartTakenOver:
    """A part of a large file was taken over; its place says which."""

    file_import: int
    place: int


@event("exchange.undo_begun", view="exchange.import_plant")
@dataclass(frozen=True)
class UndoBegun:
    """A large import is to be undone in parts, or the parts that are left of it are."""

    file_import: int


@event("exchange.undo_stopped", view="exchange.import_plant")
@dataclass(frozen=True)
class UndoStopped:
    """Somebody called the undo off; what is undone stays so, the rest is in the plant."""

    file_import: int


@event("exchange.undo_refused", view="exchange.import_plant")
@dataclass(frozen=True)
class UndoRefused:
    """Nothing of a large import was undone: so many of its rows were changed or used since."""

    file_import: int
    rows: int


@event("exchange.part_undone", view="exchange.import_plant")
@dataclass(frozen=True)
class PartUndone:
    """A part of a large import was taken back; its change rows say what was put back and went."""

    file_import: int
    place: int
    restored: int
    removed: int


@event("exchange.imports_forgotten", view="exchange.import_plant")
@dataclass(frozen=True)
class ImportsForgotten:
    """Files that were checked were left; their previews are gone."""

    imports: list[int]


@event("exchange.previews_cleared", view="exchange.import_plant")
@dataclass(frozen=True)
class PreviewsCleared:
    """Of imports that have ended long ago the rows are kept no more, nor what named them."""

    imports: list[int]


@event("exchange.imports_given_up", view="exchange.import_plant")
@dataclass(frozen=True)
class ImportsGivenUp:
    """With the rest of these files, of which a part is in the plant, nobody has gone on in time; it
    is kept no more.
    """

    imports: list[int]


@event("exchange.import_undone", view="exchange.import_plant")
@dataclass(frozen=True)
class ImportUndone:
    """An import was taken back; its change rows say what was put back and what went."""

    file_import: int
    restored: int
    removed: int


@event("exchange.data_healed", view="exchange.import_plant")
@dataclass(frozen=True)
class DataHealed:
    """A remedy of the data doctor was applied; the events of the rooms say to what."""

    check: str
    rows: int


@event("exchange.file_held", view="exchange.import_plant")
@dataclass(frozen=True)
class FileHeld:
    """A file was sent whose columns are not ours; it waits until somebody says what they are."""

    file_import: int


@event("exchange.profiles_saved", view="exchange.import_plant")
@dataclass(frozen=True)
class ProfilesSaved:
    """How files of some shape are read was kept under a name."""

    new: list[int]
    changed: list[int]


@event("exchange.profiles_forgotten", view="exchange.import_plant")
@dataclass(frozen=True)
class ProfilesForgotten:
    """Saved profiles are gone; files that were read by them are as they were."""

    profiles: list[int]


@event("exchange.shadow_sources_saved", view="exchange.import_plant")
@dataclass(frozen=True)
class ShadowSourcesSaved:
    """Lists that an ERP writes again and again were entered or changed."""

    new: list[int]
    changed: list[int]


@event("exchange.field_owners_saved", view="exchange.import_plant")
@dataclass(frozen=True)
class FieldOwnersSaved:
    """Fields changed hands; each as source, sheet and field."""

    ours: list[list[str]]
    theirs: list[list[str]]


@event("exchange.shadow_files_sent", view="exchange.import_plant")
@dataclass(frozen=True)
class ShadowFilesSent:
    """Files were put into the folders of these sources; they are taken over in a minute."""

    sources: list[int]


@event("exchange.shadow_file_taken", view="exchange.import_plant")
@dataclass(frozen=True)
class ShadowFileTaken:
    """A file of the ERP was taken over; what differs stands on the page of the shadow."""

    source: int
    night: int
    file_import: int
    differences: dict[str, int]


@event("exchange.shadow_file_not_taken", view="exchange.import_plant")
@dataclass(frozen=True)
class ShadowFileNotTaken:
    """No file came, or one that is not to be trusted; nothing was changed."""

    source: int
    night: int
    state: str


@event("exchange.differences_decided", view="exchange.import_plant")
@dataclass(frozen=True)
class DifferencesDecided:
    """Of differences it was said whose value counts."""

    decision: str
    differences: list[int]
