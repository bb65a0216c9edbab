"""The shortest order of a line without waiting: a round trip over jobs with one-way distances.

City J stands for the empty line, so the trip is J, first job, ..., last job and back to J. The
distance from job to job is the time between their starts on the first stage, that from the last
job back to J is its whole time in the line.
"""

import numpy as np
from numpy.typing import NDArray

from ...kernels.chance import Chance, below
from ...kernels.filling import copy
from .njit import njit
from .rows import Ints32, Ints64, is_kept, note


@njit
def swap_segments(trip: Ints32, at: Ints32, i: int, j: int, k: int, room: Ints32) -> None:
    """Swap the neighbouring stretches i + 1 to j and j + 1 to k (0 <= i < j < k < cities)."""
    ahead = j - i
    for p in range(ahead):
        room[p] = trip[i + 1 + p]
    for p in range(k - j):
        city = trip[j + 1 + p]
        trip[i + 1 + p] = city
        at[city] = i + 1 + p
    start = i + 1 + k - j
    for p in range(ahead):
        trip[start + p] = room[p]
        at[room[p]] = start + p


@njit
def better_swap(
    trip: Ints32,
    at: Ints32,
    city: int,
    far: Ints32,
    near_to: Ints32,
    near_from: Ints32,
    cut: Ints64,
) -> int:
    """Find two neighbouring stretches, one next to ``city``, whose swap shortens the trip.

    Three ways are cut and three new ones go, in the old direction, to near cities only. Each of
    the first two gains must be above 0 in one of the three rotations, so nothing is missed by
    starting with the way that leaves ``city`` (Lin & Kernighan 1973, Operations Research
    21:498-516). Fills ``cut`` with i, j and k for `swap_segments`.

    Returns
    -------
    What the trip gets shorter by, 0 if nothing was found.
    """
    cities = len(trip)
    best = 0
    a = at[city]
    successor = trip[a + 1 if a + 1 < cities else 0]
    for n in range(near_to.shape[1]):
        target = near_to[city, n]
        gain = far[city, successor] - far[city, target]
        if gain <= 0:
            break
        t = at[target]
        p = t - 1 if t > 0 else cities - 1
        if target == successor or p == a:
            continue
        source = trip[p]
        gain += far[source, target]
        for m in range(near_from.shape[1]):
            origin = near_from[successor, m]
            part = gain - far[origin, successor]
            if part <= best:
                break
            o = at[origin]
            # origin must lie on the way from target round to city
            if not ((t <= o <= a) if t <= a else (o >= t or o <= a)) or o == a:
                continue
            end = trip[o + 1 if o + 1 < cities else 0]
            whole = part + far[origin, end] - far[source, end]
            if whole > best:
                best = whole
                cut[0], cut[1], cut[2] = a, p, o
    while best > 0 and (cut[0] > cut[1] or cut[1] > cut[2]):  # they stand so round the trip
        cut[0], cut[1], cut[2] = cut[1], cut[2], cut[0]
    return best


@njit
def _settle(
    trip: Ints32,
    at: Ints32,
    queue: Ints32,
    waiting: int,
    queued: NDArray[np.bool_],
    far: Ints32,
    near_to: Ints32,
    near_from: Ints32,
    cut: Ints64,
    room: Ints32,
) -> tuple[int, int]:
    """Swap stretches next to the cities that wait until none of the trip's swaps gains.

    Returns
    -------
    total gain, cities looked at
    """
    cities = len(trip)
    gained, looks, front = 0, 0, 0
    while waiting > 0:
        city = queue[front]
        front = front + 1 if front + 1 < cities else 0
        waiting -= 1
        queued[city] = False
        looks += 1
        gain = better_swap(trip, at, city, far, near_to, near_from, cut)
        if gain <= 0:
            continue
        gained += gain
        swap_segments(trip, at, cut[0], cut[1], cut[2], room)
        for c in range(3):
            # both ends of each new way: at i, at the seam between the stretches, and at k
            p = cut[c] if c != 1 else cut[0] + cut[2] - cut[1]
            for step in range(2):
                q = p + step
                touched = trip[q if q < cities else 0]
                if not queued[touched]:
                    queued[touched] = True
                    back = front + waiting
                    queue[back if back < cities else back - cities] = touched
                    waiting += 1
    return gained, looks


@njit
def shorten_trip(
    trip: Ints32,
    best: Ints32,
    length: Ints64,
    far: Ints32,
    near_to: Ints32,
    near_from: Ints32,
    reach: int,
    warmth: float,
    work: int,
    chance: Chance,
) -> None:
    """Improve a trip by iterated local search for so many cells of work.

    Reverse the order of three stretches that follow each other, which no swap takes back at once
    (Martin, Otto & Felten 1991, Complex Systems 5:299-326), swap stretches around the new ways
    while that gains, and keep the result if it is no longer or, at one temperature, by chance.

    Parameters
    ----------
    length : shape (2,)
        Of ``trip`` and of ``best``; see `rows.note`.
    reach
        Longest stretch that is moved by chance.
    """
    cities = len(trip)
    at, queue, room = np.empty(cities, np.int32), np.empty(cities, np.int32), np.empty_like(trip)
    queued, old = np.zeros(cities, dtype=np.bool_), np.empty(cities, dtype=np.int32)
    cut, done = np.zeros(3, dtype=np.int64), 0
    for p in range(cities):
        at[trip[p]] = p
    if length[0] < 0:
        whole = 0
        for p in range(cities):
            whole += far[trip[p], trip[p + 1 if p + 1 < cities else 0]]
            queue[p] = trip[p]
            queued[trip[p]] = True
        gain, looks = _settle(trip, at, queue, cities, queued, far, near_to, near_from, cut, room)
        done += looks * near_to.shape[1] * near_to.shape[1]
        note(trip, best, length, whole - gain)
    if cities < 4:
        return
    longest = min(reach, (cities - 1) // 3)
    while done < work:
        copy(old, trip)
        first, second = 1 + below(chance, longest), 1 + below(chance, longest)
        third = 1 + below(chance, longest)
        i = below(chance, cities - first - second - third)
        j, k = i + first, i + first + second
        last = k + third
        beyond = trip[last + 1 if last + 1 < cities else 0]
        before = far[trip[i], trip[i + 1]] + far[trip[j], trip[j + 1]]
        before += far[trip[k], trip[k + 1]] + far[trip[last], beyond]
        swap_segments(trip, at, i, j, last, room)
        swap_segments(trip, at, i, i + second, i + second + third, room)
        j, k = i + third, i + third + second
        after = far[trip[i], trip[i + 1]] + far[trip[j], trip[j + 1]]
        after += far[trip[k], trip[k + 1]] + far[trip[last], beyond]
        waiting = 0
        for cut_at in (i, j, k, last):
            for p in range(cut_at, cut_at + 2):
                city = trip[p if p < cities else 0]
                if not queued[city]:
                    queued[city] = True
                    queue[waiting] = city
                    waiting += 1
        gain, looks = _settle(trip, at, queue, waiting, queued, far, near_to, near_from, cut, room)
        done += looks * near_to.shape[1] * near_to.shape[1]
        now = length[0] + after - before - gain
        if is_kept(now, length[0], warmth, chance):
            note(trip, best, length, now)
        else:
            copy(trip, old)
            for p in range(cities):
                at[trip[p]] = p
