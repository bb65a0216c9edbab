"""When an operation may run on a machine, as CP-SAT understands it: pieces of constant length."""

from typing import NamedTuple

import numpy as np

from ..arrays import Ints, distinct

Span = tuple[int, int]


class Timing(NamedTuple):
    """Starts from which setup and run take the same clock time.

    Attributes
    ----------
    starts
        When the run may start: [first, last] pairs, both inclusive [s].
    lead, length
        Clock seconds from the start of the setup to the run, and from the run to its end.
    spans
        The working intervals that it touches, if it stops for a break; else none.
    setups
        How many of ``spans`` the setup touches, counting the one in which the run starts.
    is_exact
        False: breaks and crew are left out, and lead and length are the least.
    """

    starts: tuple[Span, ...]
    lead: int
    length: int
    spans: tuple[Span, ...]
    setups: int
    is_exact: bool = True


class Limits(NamedTuple):
    """What bounds an operation from outside: setup from, run from, done by [s]."""

    begin: int
    start: int
    end: int


def timings(spans: Ints, setup: int, run: int, *, may_stop: bool, limits: Limits) -> list[Timing]:
    """All starts of an operation with its setup as late as possible.

    In working time everything has a constant length; between two neighbouring moments at which
    setup, run or end cross into another interval, the same holds on the clock.

    Parameters
    ----------
    spans : shape (n, 3)
        Working intervals with the seconds worked before each.
    setup, run
        Working seconds.
    """
    start, worked = spans[:, 0], spans[:, 2]
    low = max(worked_until(spans, limits.begin) + setup, worked_until(spans, limits.start))
    high = worked_until(spans, limits.end) - run if run else worked_until(spans, limits.end + 1) - 1
    if low > high:
        return []
    edges = np.concatenate([[low], worked, worked + setup, worked - run + 1])
    edges = distinct(edges[(edges >= low) & (edges <= high)])
    until = np.append(edges[1:] - 1, high)
    setup_in = np.searchsorted(worked, edges - setup, side="right") - 1
    run_in = np.searchsorted(worked, edges, side="right") - 1
    end_in = np.searchsorted(worked, edges + run, side="left") - 1 if run else run_in
    offset = start - worked
    inside = setup_in == end_in
    first, last = (edges + offset[run_in]).tolist(), (until + offset[run_in]).tolist()
    starts = list(zip(first, last, strict=True))
    whole = tuple(starts[i] for i in np.flatnonzero(inside))
    found = [Timing(whole, setup, run, (), 0)] if whole else []
    if not may_stop:
        return found
    for i in np.flatnonzero(~inside):
        begin, middle, finish = int(setup_in[i]), int(run_in[i]), int(end_in[i])
        touched = tuple((a, b) for a, b, _ in spans[begin : finish + 1].tolist())
        lead = setup + int(offset[middle] - offset[begin])
        length = run + int(offset[finish] - offset[middle])
        found.append(Timing((starts[i],), lead, length, touched, middle - begin + 1))
    return found


def worked_until(spans: Ints, moment: int) -> int:
    """Working seconds from the first interval to a moment."""
    row = int(np.searchsorted(spans[:, 0], moment, side="right")) - 1
    if row < 0:
        return 0
    start, end, worked = (int(value) for value in spans[row])
    return worked + min(moment, end) - start
