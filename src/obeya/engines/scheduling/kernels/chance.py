"""Chance that is the same on every machine: one state per search, never a global one."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from .njit import njit

Chance = NDArray[np.uint64]  # shape (1,): the state of one generator


def chance_of(seed: int, stream: int = 0) -> Chance:
    """Make a generator; different streams of one seed are independent."""
    return np.random.SeedSequence([seed, stream]).generate_state(1, np.uint64).astype(np.uint64)


_signed = cast("Callable[[Any], int]", np.int64)


@njit
def draw(chance: Chance) -> np.uint64:
    """Draw 64 random bits (SplitMix64; Steele, Lea & Flood 2014, OOPSLA)."""
    chance[0] += np.uint64(0x9E3779B97F4A7C15)
    z = chance[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@njit
def uniform(chance: Chance) -> float:
    """Draw from [0, 1)."""
    return float(draw(chance) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit
def below(chance: Chance, n: int) -> int:
    """Draw an integer from [0, n), n up to 2^32."""
    high = (draw(chance) >> np.uint64(32)) * np.uint64(n)
    return _signed(high >> np.uint64(32))  # int() would leave it unsigned
