"""How wrong the standard times are: hidden from the plant, whose drift report must find it."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from obeya.kestrel.making import all_parts
from obeya.kestrel.routings import ROUTES, standard_s
from obeya.kestrel.stock import weekly_use
from obeya.kestrel.work_centers import CENTERS

MEDIAN, SIGMA = 1.05, 0.15
WRONG_PERCENT = 5  # rows that are off by far
TYPING_SLIP = 10.0
SLIPS_OF_WRONG = 0.3  # the others are off by half to three times
HIDDEN = 0.55  # of a work center's slowness: as much its standards are too short, all in all
UNNOTICED = 0.025  # of a work center's hours: who is off by more is found out at once

Key = tuple[str, int]  # part number, operation


def true_factors(rng: np.random.Generator) -> Mapping[Key, float]:
    """Actual over standard time per piece.

    Single rows are off at random; all rows of a work center together are right but for the part
    of its slowness that nobody has put into the standards, because controllers compare sums.
    What is off by far has survived on parts that are made seldom.
    """
    hours = _hours()
    rows = list(hours)
    factors = dict(zip(rows, rng.lognormal(np.log(MEDIAN), SIGMA, len(rows)), strict=True))
    wrong = _off_by_far(hours, rng)
    for center, of_center in _by_center(rows).items():
        usual = [row for row in of_center if row not in wrong]
        spent = sum(hours[row] for row in usual)
        meant = sum(hours[row] * factors[row] for row in usual)
        aimed = (1 + slowness_of(center)) * sum(hours[row] for row in of_center)
        aimed -= sum(hours[row] * wrong[row] for row in of_center if row in wrong)
        for row in usual if spent else ():
            factors[row] *= aimed / meant
    return {row: float(wrong.get(row, factors[row])) for row in rows}


def slowness_of(center: str) -> float:
    """By how much a work center's standards are too short, on the mean of its hours."""
    return HIDDEN * CENTERS[center].speed_percent / 100


def _off_by_far(hours: Mapping[Key, float], rng: np.random.Generator) -> dict[Key, float]:
    left = {
        center: UNNOTICED * sum(hours[row] for row in rows)
        for center, rows in _by_center(hours).items()
    }
    centers = _centers()
    wanted = round(len(hours) * WRONG_PERCENT / 100)
    slips = round(wanted * SLIPS_OF_WRONG)
    wrong: dict[Key, float] = {}
    rows = list(hours)
    for place in rng.permutation(len(rows)):
        row = rows[place]
        factor = TYPING_SLIP if len(wrong) < slips else float(rng.uniform(1.5, 3.0))
        too_much = hours[row] * (factor - 1)
        if len(wrong) < wanted and too_much <= left[centers[row]]:
            left[centers[row]] -= too_much
            wrong[row] = factor
    return wrong


def _hours() -> dict[Key, float]:
    """Of a usual week, of every operation that is timed by the piece."""
    use = weekly_use(1)
    return {
        (part.code, step.number): use.get(part.code, 0.0) * float(standard_s(step, part)) / 3600
        for part in all_parts()
        for step in ROUTES[part.kind]
        if step.run_s
    }


def _centers() -> Mapping[Key, str]:
    return {
        (part.code, step.number): step.center
        for part in all_parts()
        for step in ROUTES[part.kind]
        if step.run_s
    }


def _by_center(rows: Mapping[Key, float] | list[Key]) -> Mapping[str, list[Key]]:
    centers = _centers()
    found: dict[str, list[Key]] = defaultdict(list)
    for row in rows:
        found[centers[row]].append(row)
    return found
