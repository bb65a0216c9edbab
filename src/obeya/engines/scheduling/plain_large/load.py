"""No plan is shorter than the load of the machines, however the work is shared out."""

import math

import numpy as np

from ..plain import PlainShop
from .kernels.prices import take_cheapest

STEPS = 300
_STEP = 0.3  # of the logarithm of a price, in the first step, per mean load too much


def shared_load(shop: PlainShop) -> int:
    """Bound the makespan by the fractional assignment of all operations to machines [s].

    The dual of "share the work out so that the greatest load is least": with prices of the
    machines that add up to 1, no plan is shorter than what all operations cost where each is
    cheapest. Prices rise where that puts too much load (mirror descent; Beck & Teboulle 2003,
    Operations Research Letters 31:167). Each step takes O(A).
    """
    load, price = np.zeros(shop.machines), np.full(shop.machines, 1.0 / max(1, shop.machines))
    best = 0.0
    for step in range(STEPS):
        cost = take_cheapest(shop.first_alternative, shop.machine, shop.duration, price, load)
        best = max(best, cost)
        if not load.any():
            break
        surplus = load / load.mean() - 1.0
        price *= np.exp(np.clip(_STEP / math.sqrt(step + 1) * surplus, -1.0, 1.0))
        price /= price.sum()
    return math.ceil(best * (1.0 - 1e-9))
