"""What changed in what we make and how. Ids of materials: the plan hangs on them."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("engineering.materials_saved", view="engineering.view")
@dataclass(frozen=True)
class MaterialsSaved:
    new: list[int]
    changed: list[int]


@event("engineering.materials_archived", view="engineering.view")
@dataclass(frozen=True)
class MaterialsArchived:
    materials: list[int]


@event("engineering.materials_unarchived", view="engineering.view")
@dataclass(frozen=True)
class MaterialsUnarchived:
    materials: list[int]


@event("engineering.bom_saved", view="engineering.view")
@dataclass(frozen=True)
class BomSaved:
    """Ids are of BOM lines; `materials` are those made of them."""

    new: list[int]
    changed: list[int]
    materials: list[int]


@event("engineering.operations_saved", view="engineering.view")
@dataclass(frozen=True)
class OperationsSaved:
    new: list[int]
    changed: list[int]


@event("engineering.alternates_saved", view="engineering.view")
@dataclass(frozen=True)
class AlternatesSaved:
    new: list[int]
    changed: list[int]


@event("engineering.setup_times_saved", view="engineering.view")
@dataclass(frozen=True)
class SetupTimesSaved:
    """Ids are of setup times; `matrices` are those of which anything differs."""

    new: list[int]
    changed: list[int]
    matrices: list[int]


@event("engineering.tools_saved", view="engineering.view")
@dataclass(frozen=True)
class ToolsSaved:
    new: list[int]
    changed: list[int]
