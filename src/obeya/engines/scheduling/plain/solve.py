"""The shortest plan of a plain shop that a budget allows."""

from collections.abc import Callable

import numpy as np

from ..budget import Budget
from ..islands import Worth, explore
from .bound import lower_bound
from .given import refuse_unfit_start
from .island import Elite, PlainIsland
from .kernels.construct import topological
from .kernels.line import decode
from .kernels.tables import DURATION, HEAD, Shop
from .packing import empty_plan, packed
from .shop import PlainPlan, PlainShop, frozen_ints32

_EPOCH = 3  # work units between two looks at the budget: about a tenth of a second
_SHARE_EVERY = 20  # epochs between two looks at the other islands
_ELITES = 6


def solve_plain(
    shop: PlainShop,
    *,
    budget: Budget,
    seed: int = 0,
    workers: int = 1,
    start: PlainPlan | None = None,
    on_better: Callable[[PlainPlan], None] | None = None,
) -> PlainPlan:
    """Search a plan of least makespan, one island of search per worker.

    Parameters
    ----------
    budget
        A work unit is a million operations visited or moves estimated by each worker: 20 to 50
        milliseconds. The budget is asked about every tenth of a second. The search also stops
        when no plan can be shorter.
    seed
        With the same shop, seed, workers and work units the plan is the same.
    start
        A plan that holds, to go on from.
    on_better
        Told of each better plan, in this thread.

    Raises
    ------
    ValueError
        If an operation waits for itself, or ``start`` is no plan of the shop.
    """
    if start is not None:
        refuse_unfit_start(shop, start)
    if not len(shop):
        return PlainPlan(frozen_ints32([]), frozen_ints32([]), 0)
    bound, tables = lower_bound(shop), packed(shop)
    first = None if start is None else _elite(tables, start)
    islands = [
        PlainIsland(tables, bound=bound, seed=seed, stream=stream, size=_ELITES, start=first)
        for stream in range(workers)
    ]
    if _has_one_order(shop):  # the bound counts no setups
        bound = islands[0].solution().length

    def tell(_: Worth, found: Elite) -> None:
        if on_better is not None:
            on_better(_plan(tables, found, bound))

    best = explore(
        islands,
        budget=budget,
        epoch=_EPOCH,
        share_every=_SHARE_EVERY,
        least=bound,
        on_better=tell,
    )
    return _plan(tables, best, bound)


def _has_one_order(shop: PlainShop) -> bool:
    """Whether all operations are one chain without a choice: no plan is shorter than the first."""
    links = (np.diff(shop.first_predecessor), np.diff(shop.first_successor))
    is_chain = len(shop.predecessor) == len(shop) - 1 and all(each.max() <= 1 for each in links)
    return is_chain and bool((shop.alternatives == 1).all())


def _plan(tables: Shop, elite: Elite, bound: int) -> PlainPlan:
    plan = empty_plan(tables)
    length = decode(tables, plan, elite.order, elite.way)
    return PlainPlan(frozen_ints32(elite.way), frozen_ints32(plan.op[:-1, HEAD]), length, bound)


def _elite(tables: Shop, plan: PlainPlan) -> Elite:
    """Operations by start, then by end, then in the order of the routings.

    Of two that start together on a machine, the one without duration came first.
    """
    waits, order = np.zeros((2, len(plan.way)), dtype=np.int32)
    topological(tables, waits, order)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    end = plan.start + tables.way[plan.way, DURATION]
    by_start = np.lexsort((rank, end, plan.start)).astype(np.int32)
    return Elite(plan.makespan, by_start, np.array(plan.way))
