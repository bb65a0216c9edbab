"""Work to clock time and back, by binary search in prefix sums."""

from .njit import njit
from .plant import NONE, SPAN_END, SPAN_START, WORKED, Plant


@njit
def span_at(plant: Plant, calendar: int, moment: int) -> int:
    """First interval that ends after a moment; the end of the row if none does."""
    low, high = plant.calendar[calendar], plant.calendar[calendar + 1]
    while low < high:
        middle = (low + high) >> 1
        if plant.span[middle, SPAN_END] > moment:
            high = middle
        else:
            low = middle + 1
    return low


@njit
def working_from(plant: Plant, calendar: int, moment: int) -> int:
    """First working moment at or after this one, or NONE."""
    i = span_at(plant, calendar, moment)
    if i == plant.calendar[calendar + 1]:
        return NONE
    return max(moment, plant.span[i, SPAN_START])


@njit
def worked_until(plant: Plant, calendar: int, moment: int) -> int:
    """Working seconds of a calendar before a moment."""
    i = span_at(plant, calendar, moment)
    if i < plant.calendar[calendar + 1]:
        return plant.span[i, WORKED] + max(0, moment - plant.span[i, SPAN_START])
    if i == plant.calendar[calendar]:
        return 0
    return plant.span[i - 1, WORKED] + plant.span[i - 1, SPAN_END] - plant.span[i - 1, SPAN_START]


@njit
def moment_of(plant: Plant, calendar: int, worked: int) -> int:
    """The working moment before which a calendar has offered so many seconds, or NONE."""
    low, high = plant.calendar[calendar], plant.calendar[calendar + 1]
    if worked < 0 or low == high:
        return NONE
    first = low
    while low < high:  # first interval with more worked before it
        middle = (low + high) >> 1
        if plant.span[middle, WORKED] > worked:
            high = middle
        else:
            low = middle + 1
    i = max(low - 1, first)
    moment = plant.span[i, SPAN_START] + worked - plant.span[i, WORKED]
    return moment if moment < plant.span[i, SPAN_END] else NONE


@njit
def work_end(plant: Plant, calendar: int, start: int, work: int) -> int:
    """When work that starts at a working moment ends, or NONE if the calendar ends before."""
    if work == 0:
        return start
    i = span_at(plant, calendar, start)
    if start + work <= plant.span[i, SPAN_END]:
        return start + work
    last = plant.span[i, WORKED] + start - plant.span[i, SPAN_START] + work - 1
    moment = moment_of(plant, calendar, last)
    return NONE if moment == NONE else moment + 1


@njit
def work_start(plant: Plant, calendar: int, end: int, work: int) -> int:
    """Latest start of work that is to be done by ``end``, or NONE."""
    if work == 0:
        return end
    return moment_of(plant, calendar, worked_until(plant, calendar, end) - work)


@njit
def start_to_end_by(plant: Plant, calendar: int, end: int, work: int) -> int:
    """Earliest working start of work that ends at ``end`` or later, or NONE."""
    if work == 0:
        return working_from(plant, calendar, end)
    worked = worked_until(plant, calendar, end)
    if worked == worked_until(plant, calendar, end - 1):
        worked += 1  # ``end`` is in off-shift time: one second into the next interval
    return moment_of(plant, calendar, max(worked - work, 0))
