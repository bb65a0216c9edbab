"""What a plan that a search goes on from must be."""

import numpy as np

from ..plain import PlainPlan, PlainShop


def refuse_unfit_start(shop: PlainShop, plan: PlainPlan) -> None:
    """Check a given plan against the shop, in O(N log N).

    Raises
    ------
    ValueError
        If it has other operations or alternatives than the shop, breaks a release, an arc or a
        machine, or is not as long as it says.
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
    meets = (machine[ahead] == machine[next_one]) & (end[ahead] > start[next_one])
    if (at := _first(meets)) >= 0:
        raise _does_not_hold(
            f"Operations {ahead[at]} and {next_one[at]} are on machine"
            f" {machine[ahead[at]]} at once."
        )
    makespan = int((end + shop.tail).max(initial=0))
    if makespan != plan.makespan:
        raise _does_not_hold(f"It is {makespan} long and says {plan.makespan}.")


def _first(wrong: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> int:
    """Where it is True for the first time, or -1."""
    at = np.flatnonzero(wrong)
    return int(at[0]) if len(at) else -1


def _does_not_hold(why: str) -> ValueError:
    return ValueError(f"The start does not hold: {why} Expected a plan that does.")
