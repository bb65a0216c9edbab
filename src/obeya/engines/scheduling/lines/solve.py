"""Answers for lines: search on every core, from one seed."""

from collections.abc import Callable
from functools import partial

from ..arrays import Ints
from ..budget import Budget
from ..islands import Island, Worth, explore
from .bounds import least_of_hybrid, least_of_line
from .checking import faults_of_hybrid
from .flow_line import Aim, FlowLine
from .hybrid import HybridIsland
from .hybrid_line import HybridLine
from .no_wait import NoWaitIsland, Ways, ways_of
from .plans import HybridPlan, LinePlan, line_plan
from .punctual import PunctualIsland
from .shortest import ShortestIsland

EPOCH = 50  # work units between two looks at the others: a fraction of a second
BOUNDED = 0.2  # of the time is used up when a hybrid line is bounded no further
SHARE_EVERY = 40  # epochs, some seconds


_explored = partial(explore, epoch=EPOCH, share_every=SHARE_EVERY)


def solve_line(
    line: FlowLine,
    *,
    budget: Budget,
    seed: int,
    workers: int = 1,
    start: LinePlan | None = None,
    on_better: Callable[[LinePlan], None] | None = None,
) -> LinePlan:
    """Search for the best order of a line without passing.

    Parameters
    ----------
    budget
        A work unit is a million elementary steps of each worker's search; see the islands.
    start
        A plan to go on from; the answer is never worse.
    on_better
        Told of each improvement as it happens.

    Returns
    -------
    The same plan for the same line, start, work units, seed and number of workers.

    Raises
    ------
    ValueError
        If ``start`` does not have each job of the line once.
    """
    if start is not None and sorted(start.order.tolist()) != list(range(line.jobs)):
        raise ValueError(f"The start is no order of {line.jobs} jobs. Expected each of them once.")

    def tell(_: Worth, order: Ints) -> None:
        if on_better is not None:
            on_better(line_plan(line, order))

    if line.jobs <= _fewest(line):  # there a step costs no work, so a search would not end
        budget = Budget(0)
    ways = ways_of(line) if line.no_wait and line.aim is Aim.MAKESPAN else None
    islands = [_island(line, ways, seed, stream) for stream in range(workers)]
    if start is not None:
        for island in islands:
            island.adopt(start.order)
    least = least_of_line(line, trip=ways and ways.least)
    best = _explored(islands, budget=budget, least=least, on_better=tell)
    return line_plan(line, best)


def solve_hybrid(
    line: HybridLine,
    *,
    budget: Budget,
    seed: int,
    workers: int = 1,
    start: HybridPlan | None = None,
    on_better: Callable[[HybridPlan], None] | None = None,
) -> HybridPlan:
    """Search for the shortest plan of a hybrid line; parameters as in `solve_line`.

    Raises
    ------
    ValueError
        If ``start`` does not hold.
    """
    if start is not None:
        _refuse_unfit_start(line, start)

    def tell(_: Worth, plan: HybridPlan) -> None:
        if on_better is not None:
            on_better(plan)

    islands = [
        HybridIsland(line, seed=seed, stream=stream, start=start) for stream in range(workers)
    ]
    least = least_of_hybrid(line, should_stop=partial(_is_bounded_long_enough, budget))
    return _explored(islands, budget=budget, least=least, on_better=tell)


def _is_bounded_long_enough(budget: Budget) -> bool:
    """A bound may end the search sooner, so it is worth a part of the time, and not all of it."""
    return budget.progress is not None and budget.progress() > BOUNDED


def _refuse_unfit_start(line: HybridLine, start: HybridPlan) -> None:
    if start.start.shape != line.durations.shape:
        raise ValueError(f"The start has shape {start.start.shape}. Expected that of the line.")
    wrong = list(faults_of_hybrid(line, start.start, start.machine))
    if wrong:
        raise ValueError(f"The start does not hold: {wrong[0]} Expected a plan that does.")


def _fewest(line: FlowLine) -> int:
    """The number of jobs whose best order the first look finds."""
    return 2 if line.no_wait and line.aim is Aim.MAKESPAN else 1


def _island(line: FlowLine, ways: Ways | None, seed: int, stream: int) -> Island[Ints]:
    if line.aim is not Aim.MAKESPAN:
        return PunctualIsland(line, seed=seed, stream=stream)
    if ways is not None:
        return NoWaitIsland(ways, seed=seed, stream=stream)
    return ShortestIsland(line, seed=seed, stream=stream)
