"""Iterated greedy search for a line that costs least by due dates."""

import numpy as np

from ...kernels.chance import Chance, below
from ...kernels.filling import copy
from .lateness import LANES, TOO_MUCH, follow, insertion_costs
from .njit import njit
from .rows import Ints32, Ints64, insert, is_kept, note, remove


@njit
def _cheapest(costs: Ints64, count: int, chance: Chance) -> int:
    """The cheapest of ``count`` positions, ties by chance."""
    place, tied = 0, 1
    for k in range(1, count):
        if costs[k] < costs[place]:
            place, tied = k, 1
        elif costs[k] == costs[place]:
            tied += 1
            if below(chance, tied) == 0:
                place = k
    return place


@njit
def put_in(
    order: Ints32,
    count: int,
    out: Ints32,
    missing: int,
    run: Ints32,
    setup: Ints32,
    due: Ints64,
    weight: Ints64,
    chance: Chance,
) -> tuple[int, int]:
    """Insert jobs one after the other, each where the row then costs least.

    Returns
    -------
    cost of the row, cells of work
    """
    jobs, stages = run.shape
    lanes = np.zeros((stages, LANES), dtype=np.int32)
    state, cost = np.zeros((jobs + 1, stages), dtype=np.int32), np.zeros(jobs + 1, dtype=np.int64)
    costs, cells = np.empty(jobs + 1, dtype=np.int64), 2 * stages * count
    total = follow(order, count, 0, run, setup, due, weight, state, cost)
    for m in range(missing):
        cells += insertion_costs(
            order, count, out[m], run, setup, due, weight, state, cost, TOO_MUCH, lanes, costs
        )
        k = _cheapest(costs, count + 1, chance)
        total = costs[k]
        insert(order, count, k, out[m])
        count += 1
        if m + 1 < missing:
            follow(order, count, k, run, setup, due, weight, state, cost)
            cells += stages * (count - k)
    return total, cells


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
    warmth: float,
    work: int,
    chance: Chance,
) -> None:
    """Improve an order by iterated greedy search for so many cells of work.

    Take out 1 to ``removed`` jobs by chance, insert each where the row then costs least, and keep
    the new order if it costs no more or, as in annealing at one temperature, by chance (Ruiz &
    Stuetzle 2007, EJOR 177:2033-2049). No local search follows: with all positions of a job
    known exactly and cheaply, more and smaller steps won.

    ``worth`` holds the cost of ``order`` and of ``best``; see `rows.note`.
    """
    jobs = run.shape[0]
    trial, out = np.empty(jobs, dtype=np.int32), np.empty(jobs, dtype=np.int32)
    done = 0
    if worth[0] < 0:
        now, done = put_in(order, jobs, out, 0, run, setup, due, weight, chance)
        note(order, best, worth, now)
    while done < work:
        copy(trial, order)
        count = jobs
        missing = min(1 + below(chance, removed), jobs)
        for m in range(missing):
            out[m] = remove(trial, count, below(chance, count))
            count -= 1
        now, cells = put_in(trial, count, out, missing, run, setup, due, weight, chance)
        done += cells
        if is_kept(now, worth[0], warmth, chance):
            copy(order, trial)
            note(order, best, worth, now)
