"""What it costs to work at some hours rather than at others: energy and overtime."""

from .hours import calendar_of, last_span, span_at
from .njit import njit
from .tables import (
    ENERGY_RATE,
    ENERGY_SUM,
    MACHINE,
    MOMENT,
    OVERTIME,
    OVERTIME_RATE,
    OVERTIME_SUM,
    POWER,
    TARIFF_FROM,
    TARIFF_TO,
    Plant,
    get,
    wide,
)


@njit
def of_hours(plant: Plant, way: int, begin: int, end: int) -> float:
    """Energy and overtime of an alternative that is set up and run from begin to end."""
    machine, total = get(plant.way, way, MACHINE), 0.0
    calendar = calendar_of(plant, way)
    i, last = span_at(plant, calendar, begin), last_span(plant, calendar)
    while i < last and plant.span[i, 0] < end:
        start, until = max(begin, get(plant.span, i, 0)), min(end, get(plant.span, i, 1))
        total += _up_to(plant, machine, until) - _up_to(plant, machine, start)
        i += 1
    return total


@njit
def _up_to(plant: Plant, machine: int, moment: int) -> float:
    """Cost of a machine that has worked without pause up to a moment."""
    row, tariff = tariff_at(plant, moment), plant.money
    since = moment - tariff[row, MOMENT]
    energy = tariff[row, ENERGY_SUM] + since * tariff[row, ENERGY_RATE]
    overtime = tariff[row, OVERTIME_SUM] + since * tariff[row, OVERTIME_RATE]
    return plant.money[1 + machine, POWER] * energy + plant.money[1 + machine, OVERTIME] * overtime


@njit
def tariff_at(plant: Plant, moment: int) -> int:
    """The row of the tariff that holds at a moment."""
    low, high = wide(plant.fact[TARIFF_FROM]), wide(plant.fact[TARIFF_TO])
    while high - low > 1:
        middle = (low + high) >> 1
        if plant.money[middle, MOMENT] <= moment:
            low = middle
        else:
            high = middle
    return low
