"""Luck with a name: the same seed and the same question give the same answer, in any order.

Each draw is computed from the seed and the name of what is drawn ("PRESS-1", "repair", 3), not
taken from a stream. So a crash loses no place in a stream, another breakdown elsewhere changes
nobody's luck, and two plants of one seed can be compared machine by machine.

What comes again and again is drawn in turn: evenly, see `in_turn`.
"""

import math
from dataclasses import dataclass
from hashlib import blake2b

from obeya_demo_plant import shapes

GOLDEN, SILVER, BRONZE = (math.sqrt(5) - 1) / 2, math.sqrt(2) - 1, math.sqrt(3) - 1
_BITS = 53
_LEAST = 0.5 / (1 << _BITS)
_MOST_PLAIN = 50.0  # a Poisson mean above it is drawn as a normal


@dataclass(frozen=True)
class Chance:
    """All the luck of one plant."""

    seed: int

    def uniform(self, *name: str | int) -> float:
        """Above 0, below 1."""
        text = "\x1f".join(str(each) for each in (self.seed, *name))
        drawn = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
        return ((drawn >> (64 - _BITS)) + 0.5) / (1 << _BITS)

    def in_turn(self, number: int, *name: str | int, step: float = GOLDEN) -> float:
        """The ``number``th of a sequence that fills the interval evenly, begun at a place by luck.

        Each number alone is uniform over the seeds, and any few in a row lie apart, so that a week
        gets about its share of long repairs and of short ones (Weyl's sequence with Cranley and
        Patterson's shift). ``step`` is irrational, and another one where two sequences advance
        together.
        """
        return max(_LEAST, (self.uniform(*name) + number * step) % 1.0)

    def one_each(self, place: int, places: int, *name: str | int) -> float:
        """Of so many that are drawn together, one in each equal part of the interval."""
        return max(_LEAST, (self.uniform(*name) + place / places) % 1.0)

    def between(self, low: float, high: float, *name: str | int) -> float:
        return low + (high - low) * self.uniform(*name)

    def normal(self, *name: str | int) -> float:
        return shapes.normal(self.uniform(*name))

    def exponential(self, mean: float, *name: str | int) -> float:
        return shapes.exponential(mean, self.uniform(*name))

    def lognormal(self, mean: float, sigma: float, *name: str | int) -> float:
        return shapes.lognormal(mean, sigma, self.uniform(*name))

    def poisson(self, mean: float, *name: str | int) -> int:
        if mean > _MOST_PLAIN:
            return max(0, round(mean + math.sqrt(mean) * self.normal(*name)))
        return shapes.poisson(mean, self.uniform(*name))
