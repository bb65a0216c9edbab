"""The cheapest way of each operation at given prices of the machines."""

from .njit import njit
from .side import Floats, Ints32


@njit
def take_cheapest(
    first: Ints32, machine: Ints32, duration: Ints32, price: Floats, load: Floats
) -> float:
    """Load each machine with the operations that cost least on it; answers what all cost.

    Parameters
    ----------
    first : shape (N + 1,)
        Where the ways of each operation begin.
    machine, duration : shape (A,)
    price : shape (M,)
        Of a second on each machine.
    load : shape (M,)
        Filled [s].
    """
    for k in range(len(load)):
        load[k] = 0.0
    total = 0.0
    for i in range(len(first) - 1):
        best = first[i]
        least = price[machine[best]] * duration[best]
        for way in range(first[i] + 1, first[i + 1]):
            cost = price[machine[way]] * duration[way]
            if cost < least:
                best, least = way, cost
        load[machine[best]] += duration[best]
        total += least
    return total
