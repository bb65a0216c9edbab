"""A schedule as columns: small enough to keep every version, fast enough to read on each page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import zstandard
from numpy.typing import NDArray

from obeya.engines.scheduling import Schedule
from obeya.modules.scheduling.bridge.plant_problem import PlantProblem

FORMAT = 1
_COLUMNS = (
    ("supply_order", "id"),
    ("operation_number", "1"),
    ("split", "1"),
    ("equipment", "id"),  # 0: outside, or a lane of its own
    ("lane", "1"),
    ("way", "1"),  # which of the operation's alternatives, crew included
    ("setup_start", "s since 1970"),
    ("start", "s since 1970"),
    ("end", "s since 1970"),
)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and when one step is done; ``key`` is its order, operation number and split."""

    key: tuple[int, int, int]
    equipment: int
    lane: int
    way: int
    setup_start: int
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Placements:
    """One row per operation; times are UTC seconds since 1970."""

    columns: dict[str, NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.columns["start"])

    @classmethod
    def of(cls, plant: PlantProblem, schedule: Schedule) -> "Placements":
        """Name each row by its order and operation instead of the engine's position."""
        origin = int(plant.origin.timestamp())
        keys = np.array([plant.step(i).key for i in range(len(schedule))], dtype=np.int64)
        keys = keys.reshape(-1, 3)
        places = [plant.machines[m] for m in schedule.machine.tolist()]
        return cls(
            {
                "supply_order": keys[:, 0],
                "operation_number": keys[:, 1],
                "split": keys[:, 2],
                "equipment": np.array(
                    [p.equipment.pk if p.equipment else 0 for p in places], dtype=np.int64
                ),
                "lane": np.array([p.lane for p in places], dtype=np.int64),
                "way": schedule.alternative - plant.problem.operations.first_alternative[:-1],
                "setup_start": schedule.setup_start + origin,
                "start": schedule.start + origin,
                "end": schedule.end + origin,
            }
        )

    def rows(self) -> Iterator["Placement"]:
        """Row by row, as plain numbers."""
        columns = [self.columns[name].tolist() for name, _ in _COLUMNS]
        for order, number, split, *place in zip(*columns, strict=True):
            yield Placement((order, number, split), *place)

    def schedule(self, plant: PlantProblem) -> Schedule:
        """The same plan on a problem of today: known steps keep their place, new ones come last.

        The result may break rules (time has passed, a job has started): re-time it.
        """
        origin = int(plant.origin.timestamp())
        known = {row.key: row for row in self.rows()}
        last = max((row.end for row in known.values()), default=origin) - origin
        alternative, times = [], []
        first = plant.problem.operations.first_alternative.tolist()
        for operation in range(len(plant.problem)):
            row = known.get(plant.step(operation).key)
            ways = range(first[operation], first[operation + 1])
            alternative.append(_way(plant, ways, row))
            if row is None:
                times.append((last, last, last))
            else:
                times.append((row.setup_start - origin, row.start - origin, row.end - origin))
        columns = np.array(times, dtype=np.int64).reshape(-1, 3)
        return Schedule.of(
            plant.problem,
            alternative=alternative,
            setup_start=columns[:, 0],
            start=columns[:, 1],
            end=columns[:, 2],
        )

    def pack(self) -> bytes:
        """zstd over delta columns behind a manifest of name, unit and type."""
        manifest = {
            "format": FORMAT,
            "rows": len(self),
            "columns": [{"name": n, "unit": u, "dtype": "<i8"} for n, u in _COLUMNS],
        }
        head = json.dumps(manifest, separators=(",", ":")).encode()
        deltas = [np.diff(self.columns[name], prepend=0).astype("<i8") for name, _ in _COLUMNS]
        body = b"".join(column.tobytes() for column in deltas)
        packed = len(head).to_bytes(4, "little") + head + body
        return zstandard.ZstdCompressor(level=3).compress(packed)

    @classmethod
    def unpack(cls, packed: bytes) -> "Placements":
        """Read what `pack` wrote, also with columns that came or went since."""
        raw = zstandard.ZstdDecompressor().decompress(bytes(packed))
        length = int.from_bytes(raw[:4], "little")
        manifest = json.loads(raw[4 : 4 + length])
        rows, at = manifest["rows"], 4 + length
        columns: dict[str, NDArray[np.int64]] = {}
        for column in manifest["columns"]:
            delta = np.frombuffer(raw, dtype=column["dtype"], count=rows, offset=at)
            columns[column["name"]] = np.cumsum(delta, dtype=np.int64)
            at += delta.nbytes
        return cls(columns)


def _way(plant: PlantProblem, ways: range, row: Placement | None) -> int:
    """The same alternative if it is still on the same machine, else the first there is on it."""
    if row is None:
        return ways[0]
    on_it = [w for w in ways if _place(plant, w) == (row.equipment, row.lane)]
    if row.way < len(ways) and ways[row.way] in on_it:
        return ways[row.way]
    return (on_it or ways)[0]


def _place(plant: PlantProblem, alternative: int) -> tuple[int, int]:
    machine = plant.machines[plant.problem.alternatives.machine[alternative]]
    return machine.equipment.pk if machine.equipment else 0, machine.lane
