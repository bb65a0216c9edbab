"""What a plan that a search goes on from must be."""

import numpy as np

from .fitting import Longs
from .shop import PlainPlan, PlainShop


def refuse_unfit_start(shop: PlainShop, plan: PlainPlan) -> None:
    """Check a given plan against the shop, in O(N log N).

    Raises
    ------
    ValueError
        If it has other operations or alternatives than the shop, breaks a release, an arc, a
        machine or a setup, or is not as long as it says.
    """
    count = len(shop)
    rows = (len(plan.way), len(plan.start))
    if rows != (count, count):
        raise ValueError(f"The start is a plan of {rows[0]} operations. Expected {count}.")
    way, start = plan.way.astype(np.int64), plan.start.astype(np.int64)
    first, behind = shop.first_alternative[:-1], shop.first_alternative[1:]
    if (at := _first((way < first) | (way >= behind))) >= 0:
        raise ValueError(
            f"The start has operation {at} on alternative {way[at]}. Expected one of its own, "
            f"{first[at]} to {behind[at] - 1}."
        )
    end = start + shop.duration[way]
    if (at := _first(start < shop.release)) >= 0:
        raise _does_not_hold(f"Operation {at} begins before its release.")
    after = np.repeat(np.arange(count), np.diff(shop.first_predecessor))
    if (at := _first(end[shop.predecessor] > start[after])) >= 0:
        raise _does_not_hold(
            f"Operation {after[at]} begins before operation {shop.predecessor[at]} has ended."
        )
    machine = shop.machine[way]
    line = np.lexsort((end, start, machine))
    ahead, next_one = line[:-1], line[1:]
    shares = machine[ahead] == machine[next_one]
    if (at := _first(shares & (end[ahead] > start[next_one]))) >= 0:
        raise _does_not_hold(
            f"Operations {ahead[at]} and {next_one[at]} are on machine"
            f" {machine[ahead[at]]} at once."
        )
    # of two without duration at one moment nobody can tell which came first
    shares &= start[ahead] < start[next_one]
    ready = end[ahead] + _setups(shop, way[ahead], way[next_one])
    if (at := _first(shares & (ready > start[next_one]))) >= 0:
        raise _does_not_hold(
            f"Operation {next_one[at]} begins before machine {machine[ahead[at]]} is set up after"
            f" operation {ahead[at]}."
        )
    makespan = int((end + shop.tail).max(initial=0))
    if makespan != plan.makespan:
        raise _does_not_hold(f"It is {makespan} long and says {plan.makespan}.")


def _setups(shop: PlainShop, before: Longs, after: Longs) -> Longs:
    """Setup of each alternative after another one, on the machine of the later one [s]."""
    setups, found = shop.setups, np.zeros(len(after), np.int64)
    if not shop.has_setups:
        return found
    machine, row, column = shop.machine[after], setups.family[before], setups.family[after]
    same = machine == shop.machine[before]
    rows = np.flatnonzero((row >= 0) & (column >= 0) & same)
    machine, row, column = machine[rows], row[rows].astype(np.int64), column[rows]
    found[rows] = setups.seconds[setups.first[machine] + row * setups.families[machine] + column]
    return found


def _first(wrong: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> int:
    """Where it is True for the first time, or -1."""
    at = np.flatnonzero(wrong)
    return int(at[0]) if len(at) else -1


def _does_not_hold(why: str) -> ValueError:
    return ValueError(f"The start does not hold: {why} Expected a plan that does.")
