"""Iterated greedy search for the shortest makespan of a line without passing."""

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance, uniform
from .insertion import Ints32, heads, idle, lengths, tails
from .njit import njit
from .rows import insert, pick, remove, shuffle

Ints64 = NDArray[np.int64]


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
            if tied == 1 or pick(chance, tied) == 0:
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
    room: Ints32,
    chance: Chance,
) -> tuple[int, int]:
    """Move one job after the other to its best place until none gets better.

    Positions of the same makespan are taken too, so the search wanders on plateaus.

    Returns
    -------
    makespan, cells of work
    """
    stages, jobs = run.shape
    head, tail = (
        np.zeros((2, stages, jobs + 1), dtype=np.int32),
        np.zeros((2, stages, jobs + 1), dtype=np.int32),
    )
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
            head[1, stage, : k + 1] = head[0, stage, : k + 1]
            tail[1, stage, k:count] = tail[0, stage, k + 1 : count + 1]
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

    ``length`` holds the makespan of ``order`` and of ``best``; -1 where not known yet.
    """
    stages, jobs = run.shape
    room = np.zeros((2, jobs + 1), dtype=np.int32)
    head, tail = (
        np.zeros((stages, jobs + 1), dtype=np.int32),
        np.zeros((stages, jobs + 1), dtype=np.int32),
    )
    trial, out = np.empty(jobs, dtype=np.int32), np.empty(jobs, dtype=np.int32)
    done = 0
    if length[0] < 0:
        length[0], done = settle(order, jobs, run, setup, setup_to, room, chance)
        if length[1] < 0 or length[0] < length[1]:
            length[1] = length[0]
            best[:] = order
    while done < work:
        trial[:] = order
        count = jobs
        for r in range(min(removed, jobs - 1)):
            out[r] = remove(trial, count, pick(chance, count))
            count -= 1
        _, cells = settle(trial, count, run, setup, setup_to, room, chance)
        done += cells
        for r in range(min(removed, jobs - 1)):
            heads(trial, count, 0, run, setup, head)
            tails(trial, count, count - 1, run, setup, tail)
            place, _ = best_place(
                trial, count, out[r], run, setup, setup_to, head, tail, room, chance
            )
            insert(trial, count, place, out[r])
            count += 1
            done += 3 * stages * count
        now, cells = settle(trial, jobs, run, setup, setup_to, room, chance)
        done += cells
        if now <= length[0] or uniform(chance) < np.exp((length[0] - now) / warmth):
            order[:] = trial
            length[0] = now
            if now < length[1]:
                length[1] = now
                best[:] = trial


@njit
def construct(
    first: Ints32,
    run: Ints32,
    setup: Ints32,
    setup_to: Ints32,
    chance: Chance,
) -> Ints32:
    """Insert jobs, in the order given, each at its best place (Nawaz, Enscore & Ham 1983)."""
    stages, jobs = run.shape
    room = np.zeros((2, jobs + 1), dtype=np.int32)
    head, tail = (
        np.zeros((stages, jobs + 1), dtype=np.int32),
        np.zeros((stages, jobs + 1), dtype=np.int32),
    )
    order = np.empty(jobs, dtype=np.int32)
    order[0] = first[0]
    for count in range(1, jobs):
        heads(order, count, 0, run, setup, head)
        tails(order, count, count - 1, run, setup, tail)
        place, _ = best_place(
            order, count, first[count], run, setup, setup_to, head, tail, room, chance
        )
        insert(order, count, place, first[count])
    return order
