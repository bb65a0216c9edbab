"""Annealing over lists of activities and their modes."""

import math

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance, below, uniform
from ...kernels.filling import copy
from .njit import njit
from .serial import Ints32, Room, Tables, justify, serial

WARMTH, COOLING, REHEAT = 0, 1, 2  # places in `heat`
REPAIRS = 20  # activities that are asked to make room


@njit
def anneal(
    tables: Tables,
    order: Ints32,
    mode: Ints32,
    many: NDArray[np.int64],
    best_order: Ints32,
    best_mode: Ints32,
    best_start: Ints32,
    length: NDArray[np.int64],
    heat: NDArray[np.float64],
    room: Room,
    rounds: int,
    chance: Chance,
) -> None:
    """Move an activity in the list or change a mode; justify; keep what is not too much longer.

    Parameters
    ----------
    many
        Activities that have more than one mode.
    length : shape (2,)
        Makespan of the plan in hand and of the best.
    heat : shape (3,)
        Temperature now, its factor per round, and the temperature that it is raised to again
        when it is below a twentieth of it.
    rounds
        Plans to make.
    """
    count = len(order)
    start, mirror = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int32)
    for _ in range(rounds):
        trial, ways = order.copy(), mode.copy()
        for _ in range(1 + below(chance, 3)):
            if len(many) and uniform(chance) < 0.4:
                _change_modes(tables, ways, many, chance)
            else:
                _shift(tables, trial, below(chance, count), chance)
        found = serial(tables, trial, ways, False, start, room)
        if found <= length[0] + 3 * heat[WARMTH] + 2:
            found = justify(tables, trial, ways, start, mirror, room)
        heat[WARMTH] *= heat[COOLING]
        if heat[WARMTH] < heat[REHEAT] / 20:
            heat[WARMTH] = heat[REHEAT]
        worse = found - length[0]
        if worse <= 0 or uniform(chance) < math.exp(-worse / max(heat[WARMTH], 1e-9)):
            copy(order, trial)
            copy(mode, ways)
            length[0] = found
            if found < length[1]:
                copy(best_order, trial)
                copy(best_mode, ways)
                copy(best_start, start)
                length[1] = found


@njit
def _shift(tables: Tables, order: Ints32, place: int, chance: Chance) -> None:
    """Put the activity at a place elsewhere between its predecessors and successors."""
    i, count = order[place], len(order)
    low, high = place, place
    while low > 0 and not _precedes(tables, order[low - 1], i):
        low -= 1
    while high < count - 1 and not _precedes(tables, i, order[high + 1]):
        high += 1
    target = low + below(chance, high - low + 1)
    while place < target:
        order[place] = order[place + 1]
        place += 1
    while place > target:
        order[place] = order[place - 1]
        place -= 1
    order[place] = i


@njit
def _precedes(tables: Tables, left: int, right: int) -> bool:
    for arc in range(tables.first_after[left], tables.first_after[left + 1]):
        if tables.after[arc] == right:
            return True
    return False


@njit
def _change_modes(tables: Tables, mode: Ints32, many: NDArray[np.int64], chance: Chance) -> None:
    """Give one activity another mode; where that uses up too much, others make room, or none does.

    ``many`` as in `anneal`.
    """
    old, left = mode.copy(), tables.stock.astype(np.int64)  # sums of uses pass 32 bits
    for row in mode:
        left -= tables.use[row]
    i = many[below(chance, len(many))]
    row = tables.first_mode[i] + below(chance, tables.first_mode[i + 1] - tables.first_mode[i] - 1)
    if row >= mode[i]:
        row += 1
    left += tables.use[mode[i]] - tables.use[row]
    mode[i] = row
    for _ in range(REPAIRS):
        if _lacking(left) == 0:
            return
        j = many[below(chance, len(many))]
        if j != i:
            _save(tables, mode, j, left)
    if _lacking(left) > 0:
        copy(mode, old)


@njit
def _save(tables: Tables, mode: Ints32, j: int, left: NDArray[np.int64]) -> None:
    """Give an activity the mode with which least is lacking; of equal ones the shortest."""
    least, before = _lacking(left), mode[j]
    left += tables.use[before]
    for row in range(tables.first_mode[j], tables.first_mode[j + 1]):
        lacking = _lacking(left - tables.use[row])
        shorter = tables.duration[row] < tables.duration[mode[j]]
        if lacking < least or (lacking == least and mode[j] != before and shorter):
            least, mode[j] = lacking, row
    left -= tables.use[mode[j]]


@njit
def _lacking(left: NDArray[np.int64]) -> int:
    """What is used up beyond the stocks, of all resources."""
    lacking = 0
    for kind in range(len(left)):
        lacking -= min(left[kind], 0)
    return lacking
