"""The shapes that chances have: how long, or how many, at a place between 0 and 1.

Each is a quantile: the part ``at`` of all cases lies below it. Whoever draws the places evenly
gets an even share of short and long ones, of each shape as it is stated.
"""

import math
from statistics import NormalDist

_NORMAL = NormalDist()
_WELL_BEYOND = 60.0  # of a gamma variable: what lies above is not seen in a lifetime
_HALVINGS = 60


def exponential(mean: float, at: float) -> float:
    return -mean * math.log1p(-at)


def weibull(shape: float, mean: float, at: float) -> float:
    scale = mean / math.gamma(1 + 1 / shape)
    return scale * float((-math.log1p(-at)) ** (1 / shape))


def weibull_left(shape: float, mean: float, at: float) -> float:
    """What is left of a life that somebody looks into without knowing when it began.

    Its distribution is the integral of the survival over its mean: for a Weibull life a gamma
    distribution of (t / scale) ** shape with parameter 1 / shape (Cox 1962, Renewal Theory, 5.1).
    """
    scale = mean / math.gamma(1 + 1 / shape)
    low, high = 0.0, _WELL_BEYOND
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _gamma_below(1 / shape, middle) < at:
            low = middle
        else:
            high = middle
    return scale * float(high ** (1 / shape))


def normal(at: float) -> float:
    return _NORMAL.inv_cdf(at)


def lognormal(mean: float, sigma: float, at: float) -> float:
    """By its mean, not its median; ``sigma`` is of the logarithm."""
    return mean * math.exp(sigma * normal(at) - sigma**2 / 2)


def poisson(mean: float, at: float) -> int:
    count = 0
    probability = passed = math.exp(-mean)
    while passed < at and probability > 0:
        count += 1
        probability *= mean / count
        passed += probability
    return count


def _gamma_below(parameter: float, value: float) -> float:
    """Regularised lower incomplete gamma function, by its power series."""
    if value <= 0:
        return 0.0
    term = total = 1.0
    number = 0
    while term > total * 1e-16:
        number += 1
        term *= value / (parameter + number)
        total += term
    return total * math.exp(parameter * math.log(value) - value - math.lgamma(parameter + 1))
