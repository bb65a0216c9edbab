"""What has begun, and what is done, when the clock has moved on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..kernels.plant import CALENDAR, SPAN_END, SPAN_START, WORKED
from ..packing import Packed
from ..problem import END_TO_START
from ..schedule import Schedule
from .disruption import Breakdown


@dataclass(frozen=True)
class Progress:
    """Rows of the old problem.

    Attributes
    ----------
    remaining
        Seconds of run that operations that have begun still need.
    done
        Operations of which nothing is left, in the order of their starts.
    in_setup
        Operations that are being set up, and will start as planned.
    """

    remaining: dict[int, int]
    done: tuple[int, ...]
    in_setup: tuple[int, ...]


def progress_at(
    pack: Packed, schedule: Schedule, now: int, breakdowns: Sequence[Breakdown]
) -> Progress:
    """What went as planned until now, but for what breakdowns before now held up."""
    problem = pack.problem
    known = problem.operations.remaining.tolist()
    remaining: dict[int, int] = {}
    done: list[int] = []
    finished = np.zeros(len(problem), bool)
    early = np.flatnonzero((schedule.start < now) | (problem.operations.remaining >= 0))
    for row in early[np.argsort(schedule.start[early], kind="stable")].tolist():
        machine, start = int(schedule.machine[row]), int(schedule.start[row])
        stops = [b for b in breakdowns if b.machine == machine]
        if known[row] < 0 and (
            any(b.start <= start < min(b.end, now) for b in stops)
            or not _predecessors_done(pack, finished, row)
        ):
            continue
        way = int(schedule.alternative[row])
        asked = known[row] if known[row] >= 0 else int(problem.alternatives.run[way])
        begin = problem.now if known[row] >= 0 else start
        left = asked - _worked(pack, way, begin, now)
        left += sum(_worked(pack, way, max(begin, b.start), min(now, b.end)) for b in stops)
        if left > 0:
            remaining[row] = left
        else:
            done.append(row)
            finished[row] = True
    under_way = np.flatnonzero((schedule.setup_start < now) & (schedule.start >= now))
    in_setup = tuple(
        row
        for row in under_way.tolist()
        if known[row] < 0
        and not any(
            b.machine == schedule.machine[row]
            and b.start < schedule.end[row]
            and b.end > schedule.setup_start[row]
            for b in breakdowns
        )
    )
    return Progress(remaining, tuple(done), in_setup)


def _predecessors_done(pack: Packed, finished: NDArray[np.bool_], row: int) -> bool:
    arcs = pack.problem.precedence
    rows = slice(arcs.first[row], arcs.first[row + 1])
    waits = arcs.before[rows][arcs.kind[rows] == END_TO_START]
    return bool(finished[waits].all())


def _worked(pack: Packed, way: int, begin: int, finish: int) -> int:
    """Working seconds of an alternative between two moments."""
    if begin >= finish:
        return 0
    plant = pack.plant
    calendar = plant.way[way, CALENDAR]
    span = plant.span[plant.calendar[calendar] : plant.calendar[calendar + 1]]
    return _until(span, finish) - _until(span, begin)


def _until(span: Ints, moment: int) -> int:
    row = int(np.searchsorted(span[:, SPAN_START], moment, side="right")) - 1
    if row < 0:
        return 0
    return int(span[row, WORKED] + min(moment, span[row, SPAN_END]) - span[row, SPAN_START])
