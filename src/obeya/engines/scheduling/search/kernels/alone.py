"""When each operation could be done if its order were alone."""

from ...arrays import Ints
from .fit import by_calendar
from .hours import calendar_of, end_of_work
from .njit import njit
from .tables import (
    ARC_FROM,
    ARC_TO,
    BEFORE,
    END_LAG,
    FAR,
    FIXED,
    KIND,
    LAG,
    NOW,
    RELEASE,
    RUN,
    WAY_FROM,
    WAY_TO,
    Plant,
    Table,
    get,
    wide,
)

_NO_SETUP = wide(0)


@njit
def ends_alone(plant: Plant, times: Table, order: Ints) -> None:
    """Write earliest start and end of each operation by release, routing and calendars.

    Parameters
    ----------
    times : shape (N, 2)
        Start and end; the starts of fixed operations are given [s].
    order : shape (N,)
        Topological.
    """
    op = plant.op
    for operation in order:
        ready, need = get(op, operation, RELEASE), wide(0)
        for row in range(op[operation, ARC_FROM], op[operation, ARC_TO]):
            before = get(plant.arc, row, BEFORE)
            moment = get(times, before, 1 if plant.arc[row, KIND] == 0 else 0)
            ready = max(ready, moment + plant.arc[row, LAG])
            if plant.arc[row, KIND] != 0:
                need = max(need, get(times, before, 1) + plant.arc[row, END_LAG])
        if op[operation, FIXED]:
            if op[operation, FIXED] == 1:
                shortest = FAR
                for way in range(op[operation, WAY_FROM], op[operation, WAY_TO]):
                    end = end_of_work(
                        plant,
                        calendar_of(plant, way),
                        get(times, operation, 0),
                        get(plant.way, way, RUN),
                    )
                    shortest = min(shortest, end)
                times[operation, 1] = shortest
            else:
                times[operation, 1] = plant.fact[NOW]
            continue
        first_start, first_end = FAR, FAR
        for way in range(op[operation, WAY_FROM], op[operation, WAY_TO]):
            _, start, end = by_calendar(plant, way, _NO_SETUP, ready, ready, need)
            first_start, first_end = min(first_start, start), min(first_end, end)
        times[operation, 0], times[operation, 1] = first_start, first_end
