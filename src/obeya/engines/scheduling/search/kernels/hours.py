"""Working time, walked interval by interval from a hint: work is short, its calendar long."""

from .njit import njit
from .tables import CALENDAR, CALENDARS, FAR, HINT, HORIZON, Plant, get, wide


@njit
def first_span(plant: Plant, calendar: int) -> int:
    """The first interval of a calendar."""
    return wide(plant.fact[plant.fact[CALENDARS] + calendar])


@njit
def last_span(plant: Plant, calendar: int) -> int:
    """One past the last interval of a calendar."""
    return wide(plant.fact[plant.fact[CALENDARS] + calendar + 1])


@njit
def span_at(plant: Plant, calendar: int, moment: int) -> int:
    """First interval that ends after a moment; one past the last if none does."""
    last = last_span(plant, calendar)
    if moment > plant.fact[HORIZON]:
        return last
    if moment < 0:
        i = first_span(plant, calendar)
    else:
        i = get(plant.hint, calendar, moment >> plant.fact[HINT])
    while i < last and plant.span[i, 1] <= moment:
        i += 1
    return i


@njit
def setup_begin(plant: Plant, calendar: int, start: int, work: int) -> int:
    """When work that is done just before a working moment must begin; -FAR if there is no time."""
    i = span_at(plant, calendar, start)
    room = start - get(plant.span, i, 0)
    while work > room:
        work -= room
        i -= 1
        if i < first_span(plant, calendar):
            return -FAR
        room = get(plant.span, i, 1) - get(plant.span, i, 0)
    return get(plant.span, i, 0) + room - work


@njit
def end_of_work(plant: Plant, calendar: int, start: int, work: int) -> int:
    """By the calendar alone, when work ends that can begin at ``start``; FAR if never."""
    last = last_span(plant, calendar)
    i = span_at(plant, calendar, start)
    if i >= last:
        return FAR
    moment = max(start, get(plant.span, i, 0))
    while moment + work > plant.span[i, 1]:
        work -= get(plant.span, i, 1) - moment
        i += 1
        if i >= last:
            return FAR
        moment = get(plant.span, i, 0)
    return moment + work


@njit
def start_to_end_by(plant: Plant, calendar: int, end: int, work: int) -> int:
    """Earliest working start of work that ends at ``end`` or later; FAR if there is none."""
    i = span_at(plant, calendar, end - 1)
    if i >= last_span(plant, calendar):
        return FAR
    start = get(plant.span, i, 0)
    room = 1 if start >= end else end - start  # off shift: one second into the next interval
    if work == 0:
        moment = max(start, end)
        if moment < plant.span[i, 1]:
            return moment
        i += 1
        return get(plant.span, i, 0) if i < last_span(plant, calendar) else FAR
    while work > room:
        work -= room
        i -= 1
        if i < first_span(plant, calendar):
            return get(plant.span, i + 1, 0)
        room = get(plant.span, i, 1) - get(plant.span, i, 0)
        start = get(plant.span, i, 0)
    return start + room - work


@njit
def calendar_of(plant: Plant, way: int) -> int:
    """The calendar of an alternative: its machine's hours, less maintenance, with its crew."""
    return get(plant.way, way, CALENDAR)
