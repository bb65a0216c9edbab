"""What happened at the doors for files. Counts only; each sheet's own event names its rows."""

from dataclasses import dataclass

from obeya.plant.log.events import event


@event("exchange.plant_imported", view="exchange.import_plant")
@dataclass(frozen=True)
class PlantImported:
    """One file was taken over whole; ``counts[sheet]`` is [new, changed, unchanged]."""

    site: int
    counts: dict[str, list[int]]
