"""Iterated greedy search for the shortest makespan of a line without passing."""

import numpy as np

from ...kernels.chance import Chance, below
from ...kernels.filling import copy
from .insertion import heads, idle, lengths, tails
from .njit import njit
from .rows import Ints32, Ints64, insert, is_kept, note, remove, shuffle


@njit
def best_place(
    order: Ints32,
    count: int,
    job: int,
    run: Ints32,
    setup: Ints32,
    setup_to: Ints32,
    head: Ints32,
    tail: Ints32,
    room: Ints32,
    chance: Chance,
) -> tuple[int, int]:
    """Find the position with the shortest makespan, ties by idle time or, with setups, by chance.

    Returns
    -------
    position, makespan
    """
    lengths(order, count, job, run, setup, setup_to, head, tail, room[0], room[1])
    length = room[1]
    least = length[0]
    for k in range(1, count + 1):
        least = min(least, length[k])
    place, tied, least_idle = -1, 0, 0
    for k in range(count + 1):
        if length[k] != least:
            continue
        tied += 1
        if setup.shape[1] > 1:
            if tied == 1 or below(chance, tied) == 0:
                place = k
        else:
            waste = idle(order, count, k, job, run, head)
            if tied == 1 or waste < least_idle:
                place, least_idle = k, waste
    return place, least


@njit
def settle(
    order: Ints32,
    count: int,
    run: Ints32,
    setup: Ints32,
    setup_to: Ints32,
    chance: Chance,
) -> tuple[int, int]:
    """Move one job after the other to its best place until none gets better.

    Positions of the same makespan are taken too, so the search wanders on plateaus.

    Returns
    -------
    makespan, cells of work
    """
    stages, jobs = run.shape
    head = np.zeros((2, stages, jobs + 1), dtype=np.int32)
    tail, room = np.zeros_like(head), np.zeros((2, jobs + 1), dtype=np.int32)
    heads(order, count, 0, run, setup, head[0])
    tails(order, count, count - 1, run, setup, tail[0])
    length = head[0, stages - 1, count]
    turn = order[:count].copy()
    shuffle(turn, count, chance)
    vain, i, cells = 0, 0, 0
    while vain < count:
        job, k = turn[i], 0
        i = (i + 1) % count
        while order[k] != job:
            k += 1
        remove(order, count, k)
        for stage in range(stages):
            copy(head[1, stage, : k + 1], head[0, stage])
            copy(tail[1, stage, k:count], tail[0, stage, k + 1 :])
        heads(order, count - 1, k, run, setup, head[1])
        if k > 0:
            tails(order, count - 1, k - 1, run, setup, tail[1])
        place, least = best_place(
            order, count - 1, job, run, setup, setup_to, head[1], tail[1], room, chance
        )
        cells += 2 * stages * count
        vain += 1
        if least > length:
            place = k
        elif least < length:
            length, vain = least, 0
        insert(order, count - 1, place, job)
        if place != k:
            heads(order, count, min(place, k), run, setup, head[0])
            tails(order, count, max(place, k), run, setup, tail[0])
            cells += stages * count
    return length, cells


@njit
def put_in(
    order: Ints32,
    count: int,
    out: Ints32,
    missing: int,
    run: Ints32,
    setup: Ints32,
    setup_to: Ints32,
    chance: Chance,
) -> int:
    """Insert jobs one after the other at their best places (Nawaz, Enscore & Ham 1983).

    Returns
    -------
    cells of work
    """
    stages, jobs = run.shape
    head = np.zeros((stages, jobs + 1), dtype=np.int32)
    tail, room, cells = np.zeros_like(head), np.zeros((2, jobs + 1), dtype=np.int32), 0
    for m in range(missing):
        heads(order, count, 0, run, setup, head)
        tails(order, count, count - 1, run, setup, tail)
        place, _ = best_place(order, count, out[m], run, setup, setup_to, head, tail, room, chance)
        insert(order, count, place, out[m])
        count += 1
        cells += 3 * stages * count
    return cells


@njit
def shorten(
    order: Ints32,
    best: Ints32,
    length: Ints64,
    run: Ints32,
    setup: Ints32,
    setup_to: Ints32,
    removed: int,
    warmth: float,
    work: int,
    chance: Chance,
) -> None:
    """Improve an order by iterated greedy search for so many cells of work.

    Take out some jobs by chance, settle the rest (Dubois-Lacoste, Pagnozzi & Stuetzle 2017,
    Computers & OR 81:160-166), insert each again at its best place, settle all, and keep the new
    order if it is no longer or, as in annealing at one temperature, by chance (Ruiz & Stuetzle
    2007, EJOR 177:2033-2049).

    ``length`` holds the makespan of ``order`` and of ``best``; see `rows.note`.
    """
    jobs = run.shape[1]
    trial, out = np.empty(jobs, dtype=np.int32), np.empty(jobs, dtype=np.int32)
    done = 0
    if length[0] < 0:
        now, done = settle(order, jobs, run, setup, setup_to, chance)
        note(order, best, length, now)
    while done < work:
        copy(trial, order)
        missing = min(removed, jobs - 1)
        for r in range(missing):
            out[r] = remove(trial, jobs - r, below(chance, jobs - r))
        _, cells = settle(trial, jobs - missing, run, setup, setup_to, chance)
        done += cells
        done += put_in(trial, jobs - missing, out, missing, run, setup, setup_to, chance)
        now, cells = settle(trial, jobs, run, setup, setup_to, chance)
        done += cells
        if is_kept(now, length[0], warmth, chance):
            copy(order, trial)
            note(order, best, length, now)
