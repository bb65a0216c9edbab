"""Iterated greedy search for a line that costs least by due dates."""

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance, uniform
from .lateness import LANES, TOO_MUCH, follow, insertion_costs
from .njit import njit
from .rows import insert, pick, remove, shuffle

Ints32 = NDArray[np.int32]
Ints64 = NDArray[np.int64]


@njit
def _cheapest(costs: Ints64, count: int, chance: Chance) -> int:
    """The cheapest of ``count`` positions, ties by chance."""
    place, tied = 0, 1
    for k in range(1, count):
        if costs[k] < costs[place]:
            place, tied = k, 1
        elif costs[k] == costs[place]:
            tied += 1
            if pick(chance, tied) == 0:
                place = k
    return place


@njit
def punctual(
    order: Ints32,
    best: Ints32,
    worth: Ints64,
    run: Ints32,
    setup: Ints32,
    due: Ints64,
    weight: Ints64,
    removed: int,
    turns: int,
    warmth: float,
    work: int,
    chance: Chance,
) -> None:
    jobs, stages = run.shape
    lanes = np.zeros((stages, LANES), dtype=np.int32)
    state, cost = np.zeros((jobs + 1, stages), dtype=np.int32), np.zeros(jobs + 1, dtype=np.int64)
    costs = np.empty(jobs + 1, dtype=np.int64)
    trial, out = np.empty(jobs, dtype=np.int32), np.empty(jobs, dtype=np.int32)
    turn = np.arange(jobs).astype(np.int32)
    done = 0
    if worth[0] < 0:
        worth[0] = follow(order, jobs, 0, run, setup, due, weight, state, cost)
        worth[1] = worth[0]
        best[:] = order
    while done < work:
        trial[:] = order
        count = jobs
        least = jobs
        number = min(1 + pick(chance, removed), jobs - 1)
        for r in range(number):
            k = pick(chance, count)
            out[r] = remove(trial, count, k)
            least = min(least, k)
            count -= 1
        now = 0
        follow(trial, count, 0, run, setup, due, weight, state, cost)
        for r in range(number):
            done += insertion_costs(
                trial, count, out[r], run, setup, due, weight, state, cost, TOO_MUCH, lanes, costs
            )
            k = _cheapest(costs, count + 1, chance)
            now = costs[k]
            insert(trial, count, k, out[r])
            count += 1
            follow(trial, count, k, run, setup, due, weight, state, cost)
            done += stages * (count - k)
        if turns > 0:
            shuffle(turn, jobs, chance)
        vain, i = 0, 0
        while vain < turns:
            job, k = turn[i], 0
            i = (i + 1) % jobs
            while trial[k] != job:
                k += 1
            remove(trial, jobs, k)
            follow(trial, jobs - 1, k, run, setup, due, weight, state, cost)
            done += insertion_costs(
                trial, jobs - 1, job, run, setup, due, weight, state, cost, now + 1, lanes, costs
            )
            place = _cheapest(costs, jobs, chance)
            vain += 1
            if costs[place] > now:
                place = k
            elif costs[place] < now:
                now, vain = costs[place], 0
            insert(trial, jobs - 1, place, job)
            follow(trial, jobs, min(k, place), run, setup, due, weight, state, cost)
            done += 2 * stages * jobs
        if now <= worth[0] or uniform(chance) < np.exp((worth[0] - now) / warmth):
            order[:] = trial
            worth[0] = now
            if now < worth[1]:
                worth[1] = now
                best[:] = trial
