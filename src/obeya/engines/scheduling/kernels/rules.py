"""Dispatch rules: the order in which a machine takes the work that waits for it.

EDD, slack, critical ratio and most work remaining are in Panwalkar & Iskander 1977, Operations
Research 25(1):45-61; ATC in Vepsalainen & Morton 1987, Management Science 33(8):1035-1047; ATCS
in Lee, Bhaskaran & Pinedo 1997, IIE Transactions 29(1):45-52.
"""

from math import log
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from .njit import njit

EDD: Final = 0
SLACK: Final = 1
CRITICAL_RATIO: Final = 2
ATC: Final = 3
ATCS: Final = 4
MOST_WORK: Final = 5
SETUP_RUNS: Final = 6

# Columns of the urgency of an operation
TAIL: Final = 0  # clock seconds from its start to the end of its order
DUE: Final = 1
OWN: Final = 2  # clock seconds that it takes itself
WEIGHT: Final = 3

# Entries of the scale
LOOK_AHEAD: Final = 0  # [s] ATC: k times the mean processing time
SETUP_SCALE: Final = 1  # [s] ATCS: k2 times the mean setup


class Priority(NamedTuple):
    """A rule with its figures."""

    rule: int
    urgency: Ints  # (N, 4)
    scale: NDArray[np.float64]  # (2,)


@njit
def index(priority: Priority, operation: int, setup: int, now: int) -> float:
    """How late in the queue an operation belongs at a moment: the least goes first."""
    rule, urgency, scale = priority.rule, priority.urgency, priority.scale
    tail, due = urgency[operation, TAIL], urgency[operation, DUE]
    if rule == EDD:
        return float(due)
    if rule == SLACK:
        return float(due - tail)
    if rule == CRITICAL_RATIO:
        left = float(due - now)
        return left / max(tail, 1) if left > 0 else left * max(tail, 1)
    if rule == MOST_WORK:
        return -float(tail)
    if rule == SETUP_RUNS:
        return float(due) + (0.0 if setup == 0 else 1e12)
    worth = log(max(urgency[operation, WEIGHT], 0.01) / max(urgency[operation, OWN], 1))
    slack = max(0.0, float(due - tail - now))
    if rule == ATCS:
        return slack / scale[LOOK_AHEAD] + setup / scale[SETUP_SCALE] - worth
    return slack / scale[LOOK_AHEAD] - worth


@njit
def queue_key(priority: Priority, operation: int, now: int) -> float:
    """An order of the queue that no passing of time and no setup changes.

    ATC falls alike for all work that has slack, so its index at arrival, put back by the time of
    arrival, keeps the order; only what has become late since should stand a little further ahead.
    The first few of the queue are ranked by their exact index.
    """
    value = index(priority, operation, 0, now)
    if priority.rule in (ATC, ATCS):
        return value + now / priority.scale[LOOK_AHEAD]
    return value
