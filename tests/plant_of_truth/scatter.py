"""By how much a week of a work center scatters, in closed form, and what it shows on average."""

import math
from collections import defaultdict
from itertools import pairwise
from statistics import NormalDist

from obeya_demo_plant.floor import Floor
from obeya_demo_plant.truth import CENTERS, REPAIR_SIGMA
from tests.plant_of_truth.figures import Figures, Made, Told

KINDS = 2  # of breakdowns, each spread evenly: its number is off by one half at most


def even_scatter(code: str, each: Figures) -> float:
    """Points of OEE, one standard deviation, that whole breakdowns leave however evenly drawn.

    Below one breakdown in so many hours there is one or none. From there on repairs are like one
    drawn from each equal part of their distribution: the mean square less that of the parts'
    means, see `test_chance`.
    """
    center = CENTERS[code]
    number = each.taken_h / (center.mtbf_h + center.mttr_h)
    mean_square = math.exp(REPAIR_SIGMA**2)  # of a lognormal of mean one
    if number < 1:
        variance = number * mean_square - number**2
    else:
        parts = round(number)
        normal = NormalDist()
        bounds = [-math.inf, *(normal.inv_cdf(n / parts) for n in range(1, parts)), math.inf]
        shares = [
            normal.cdf(high - REPAIR_SIGMA) - normal.cdf(low - REPAIR_SIGMA)
            for low, high in pairwise(bounds)
        ]
        variance = parts * mean_square - parts**2 * sum(share**2 for share in shares) + KINDS / 4
    return each.oee * center.mttr_h * math.sqrt(variance) / each.taken_h


def expected_oee(floor: Floor, told: Told, *, first: int) -> dict[str, float]:
    """Of the lots that were finished: the specification's formula with setups by their steps."""
    ideal_h: dict[str, float] = defaultdict(float)
    setup_h: dict[str, float] = defaultdict(float)
    of_machine: dict[str, dict[int, list[Made]]] = defaultdict(lambda: defaultdict(list))
    for job in told.whole(first):
        of_machine[job.machine][job.began].append(job)
    for machine, batches in of_machine.items():
        place = floor.places[machine]
        part, family = "", place.family
        for _, jobs in sorted(batches.items()):
            lot = jobs[0]
            step = "part" if part == lot.material else "family" if family == lot.family else "other"
            setup_h[place.center] += CENTERS[place.center].setup_min[step] / 60
            ideal_h[place.center] += max(_ideal_h(floor, job) for job in jobs)
            part, family = lot.material, lot.family or family
    found = {}
    for code, ideal in ideal_h.items():
        center = CENTERS[code]
        running = ideal / (1 - center.slow)
        good = ideal * (1 - center.scrap)
        found[code] = 100 * center.busy * good / (running + setup_h[code])
    return found


def _ideal_h(floor: Floor, job: Made) -> float:
    factor = floor.truth.time_factor(job.material, job.operation)
    return (job.fixed_s or (job.good + job.scrap) * job.run_s * factor) / 3600
