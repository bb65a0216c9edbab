"""Luck with a name: the same seed and the same question give the same answer, in any order.

Each draw is computed from the seed and the name of what is drawn ("PRESS-1", "repair", 3), not
taken from a stream. So a crash loses no place in a stream, another breakdown elsewhere changes
nobody's luck, and two plants of one seed can be compared machine by machine.
"""

import math
from dataclasses import dataclass
from hashlib import blake2b
from statistics import NormalDist

_NORMAL = NormalDist()
_BITS = 53
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

    def between(self, low: float, high: float, *name: str | int) -> float:
        return low + (high - low) * self.uniform(*name)

    def exponential(self, mean: float, *name: str | int) -> float:
        return -mean * math.log(self.uniform(*name))

    def weibull(self, shape: float, mean: float, *name: str | int) -> float:
        scale = mean / math.gamma(1 + 1 / shape)
        return scale * float((-math.log(self.uniform(*name))) ** (1 / shape))

    def normal(self, *name: str | int) -> float:
        return _NORMAL.inv_cdf(self.uniform(*name))

    def lognormal(self, mean: float, sigma: float, *name: str | int) -> float:
        """By its mean, not its median; ``sigma`` is of the logarithm."""
        return mean * math.exp(sigma * self.normal(*name) - sigma**2 / 2)

    def poisson(self, mean: float, *name: str | int) -> int:
        if mean > _MOST_PLAIN:
            return max(0, round(mean + math.sqrt(mean) * self.normal(*name)))
        sought, count = self.uniform(*name), 0
        probability = passed = math.exp(-mean)
        while passed < sought and probability > 0:
            count += 1
            probability *= mean / count
            passed += probability
        return count
