"""How wrong the standard times are: hidden from the plant, whose drift report must find it."""

from collections.abc import Mapping

import numpy as np

from obeya.kestrel.making import all_parts
from obeya.kestrel.routings import ROUTES

MEDIAN, SIGMA = 1.05, 0.15
WRONG_PERCENT = 5  # rows that are off by far
TYPING_SLIP = 10.0
SLIPS_OF_WRONG = 0.3  # the others are off by half to three times


def true_factors(rng: np.random.Generator) -> Mapping[tuple[str, int], float]:
    """Actual over standard time per piece, by part number and operation."""
    timed = [
        (part.code, step.number) for part in all_parts() for step in ROUTES[part.kind] if step.run_s
    ]
    factors = rng.lognormal(np.log(MEDIAN), SIGMA, len(timed))
    wrong = rng.choice(len(timed), round(len(timed) * WRONG_PERCENT / 100), replace=False)
    for place in wrong:
        slipped = rng.random() < SLIPS_OF_WRONG
        factors[place] *= TYPING_SLIP if slipped else rng.uniform(1.5, 3.0)
    return {row: float(factor) for row, factor in zip(timed, factors, strict=True)}
