"""Plans of plain shops of thousands to a million operations: a rule first, then windows."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..budget import Budget
from ..plain import PlainPlan, PlainShop
from ..plain.fitting import LONGEST
from ..plain.given import refuse_unfit_start
from ..plain.shop import frozen_ints32
from .kernels.side import Ints32, Ints64
from .load import shared_load
from .rerouting import RerouteSearch
from .rules import Lister, Rule, RuleSearch
from .windows import WindowSearch, is_fixed_chains

# Rules are tried so often, or for so much of the budget; windows follow. Where a rule comes
# near the bound, machines wait little, and rules gain more than windows that only swap.
RULE_STEPS, RULE_SHARE = 200, 0.15
NEAR, NEAR_SHARE = 1.03, 0.6
MOVES = 15.0  # tried per operation each time that a window is open


@dataclass(frozen=True)
class Course:
    """How windows are annealed.

    Attributes
    ----------
    softness, reach
        In mean runs: below ``softness`` of slack all paths count nearly alike; see `anneal`.
    hot, cold
        Temperatures, in mean runs per machine: the more machines, the less one of them is in the
        cost.
    """

    softness: float
    reach: float
    hot: float
    cold: float


SWAPS = Course(softness=0.2, reach=0.6, hot=2.0, cold=0.3)
# Where machines can change there are many more ways to make a plan a little worse, so it is cold.
CHOICES = Course(softness=0.1, reach=0.6, hot=0.03, cold=0.001)
# Beyond so many operations there is no time to mend what a hot start spoils.
ROOMY = 10_000


def first_plan(shop: PlainShop) -> PlainPlan:
    """List the operations by one good rule, in O(N log M).

    The bound of the plan is the longest chain after its release, or the greatest load of a machine.

    Raises
    ------
    ValueError
        If the shop has setups, or an operation waits for itself.
    """
    _refuse_setups(shop)
    lister = Lister(shop, backward=False)
    makespan = lister.list(Rule())
    chains = shop.release + lister.work_left
    bound = max(int(chains.max(initial=0)), _greatest_load(shop))
    return PlainPlan(frozen_ints32(lister.way), frozen_ints32(lister.start), makespan, bound)


def solve_large(
    shop: PlainShop,
    *,
    budget: Budget,
    seed: int,
    workers: int,
    start: PlainPlan | None = None,
    elapsed: Callable[[], float] | None = None,
    on_better: Callable[[PlainPlan], None] | None = None,
) -> PlainPlan:
    """Plan a large plain shop for least makespan.

    First rules of list scheduling are tried and varied, from both ends of the shop. Then sequences
    are annealed in windows of time, ever colder, and machines with them where there is a choice.
    The plan is the same for equal ``budget.work_units``, seed and workers if ``elapsed`` is not
    given.

    Parameters
    ----------
    budget
        A work unit is one operation listed or one move tried: 0.3 or 0.07 microseconds of a core.
        ``should_stop`` is asked at least about once a second.
    start
        A plan to go on from; then no more rules are tried.
    elapsed
        How much of the time is over, from 0 to 1, which sets the temperature; by default how much
        of the work. Give it where time ends the search.
    on_better
        Told of the first plan, which comes at once, and of each better one.

    Raises
    ------
    ValueError
        If the shop has setups, an operation waits for itself, or ``start`` is no plan of the shop.
    """
    if start is not None:
        _refuse_setups(shop)
        refuse_unfit_start(shop, start)
    run = _Run(shop, start or first_plan(shop), budget, elapsed, on_better)
    if has_choice(shop):
        run.know(shared_load(shop))
    if start is None:
        _try_rules(run, seed, workers)
    if not run.is_over() and run.best.makespan < LONGEST:  # windows count with 32 bits
        _anneal_windows(run, seed, workers)
    return run.best


def has_choice(shop: PlainShop) -> bool:
    """Whether any operation can go more than one way."""
    return len(shop.machine) > len(shop)


def window_size(shop: PlainShop) -> int:
    """Operations in a window: some runs of every machine, and not too few to swap."""
    return min(len(shop), max(200, min(4 * shop.machines, 4000)))


def _refuse_setups(shop: PlainShop) -> None:
    if shop.has_setups:
        raise ValueError("The shop has setups. Expected one without; use the search with setups.")


class _Run:
    """The best plan so far, and what is left of the budget."""

    def __init__(
        self,
        shop: PlainShop,
        first: PlainPlan,
        budget: Budget,
        elapsed: Callable[[], float] | None,
        on_better: Callable[[PlainPlan], None] | None,
    ) -> None:
        self.shop, self.best = shop, first
        self._budget, self._elapsed, self._on_better = budget, elapsed, on_better
        self._spent = 0
        if on_better is not None:
            on_better(first)

    def offer(self, makespan: int, start: Ints64, way: Ints32) -> None:
        """Keep a schedule if it is better."""
        if makespan >= self.best.makespan:
            return
        bound = self.best.bound
        self.best = PlainPlan(frozen_ints32(way), frozen_ints32(start), makespan, bound)
        if self._on_better is not None:
            self._on_better(self.best)

    def know(self, bound: int) -> None:
        """Take over a bound if it says more."""
        if bound > self.best.bound:
            self.best = replace(self.best, bound=bound)

    def spend(self, work: int) -> None:
        """Count work units."""
        self._spent += work

    def share(self) -> float:
        """How much of the budget is used, from 0 to 1."""
        if self._elapsed is not None:
            return min(1.0, max(0.0, self._elapsed()))
        return min(1.0, self._spent / max(1, self._budget.work_units))

    def is_over(self) -> bool:
        """Whether the budget is used up, or nothing is left to gain."""
        is_optimal = self.best.makespan <= self.best.bound
        return is_optimal or self._spent >= self._budget.work_units or self._budget.should_stop()


def _try_rules(run: _Run, seed: int, workers: int) -> None:
    """Look for a good rule, for a part of the budget."""
    chooses = has_choice(run.shop)
    search, steps = RuleSearch(run.shop, workers=workers, seed=seed), 0
    while not run.is_over():
        is_near = not chooses and run.best.makespan < NEAR * run.best.bound
        is_enough = (
            run.share() > NEAR_SHARE
            if is_near
            else (steps >= RULE_STEPS or run.share() > RULE_SHARE)
        )
        if is_enough:
            break
        run.offer(*search.step())
        run.spend(search.work)
        steps += 1
    search.close()


def _anneal_windows(run: _Run, seed: int, workers: int) -> None:
    """Spend the rest of the budget on windows, ever colder."""
    shop, begun = run.shop, run.share()
    search = _windows(shop, run.best, seed, workers)
    course = CHOICES if has_choice(shop) else SWAPS
    mean = max(1.0, float(shop.duration[run.best.way].mean()))
    unit = mean / shop.machines
    hot = max(course.cold, course.hot * min(1.0, (ROOMY / len(shop)) ** 0.4))
    leftward = False
    while not run.is_over():
        cooled = (run.share() - begun) / max(1.0 - begun, 1e-9)
        sweep = search.sweep(
            moves=MOVES,
            softness=course.softness * mean,
            reach=course.reach * mean,
            temperature=hot * (course.cold / hot) ** cooled * unit,
            leftward=leftward,
        )
        for work in sweep:
            run.spend(work)
            if run.is_over():
                break
        search.settle()
        run.offer(search.makespan, *search.plan())
        leftward = not leftward
    search.close()


def _windows(
    shop: PlainShop, plan: PlainPlan, seed: int, workers: int
) -> WindowSearch | RerouteSearch:
    """The search that fits: chains without a choice of machines have a faster one."""
    size = window_size(shop)
    kind = WindowSearch if is_fixed_chains(shop) else RerouteSearch
    return kind(shop, plan.start, plan.way, size=size, workers=workers, seed=seed)


def _greatest_load(shop: PlainShop) -> int:
    """The load of any machine with operations that run nowhere else [s]."""
    only = shop.first_alternative[:-1][shop.alternatives == 1]
    load = np.bincount(shop.machine[only], shop.duration[only], minlength=1)
    return int(load.max(initial=0))
